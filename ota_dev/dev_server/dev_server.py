"""Puts the rooms together: a folder, what is published of it, and the sockets that offer it."""

import os
import secrets
import ssl
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from ota_dev.config import ServerSettings, checked_base_url, feeds_of, local_url
from ota_dev.dashboard import Dashboard
from ota_dev.dev_server.chosen_settings import chosen_settings
from ota_dev.dev_server.dashboard_pages import DashboardPages
from ota_dev.dev_server.dashboard_state import StateReader
from ota_dev.dev_server.event_teller import EventTeller
from ota_dev.dev_server.feed_linting import FeedLinter
from ota_dev.dev_server.folder_publishing import FolderPublishing
from ota_dev.dev_server.http_thread import HttpThread
from ota_dev.dev_server.lasting_token import token_for
from ota_dev.dev_server.observer import NoObserver, Observer
from ota_dev.dev_server.problems import Problems
from ota_dev.dev_server.waiting import TIMEOUT, wait_for
from ota_dev.errors import UsageError
from ota_dev.journal import Exchange, Journal, Transfer
from ota_dev.lint import CurrentFindings
from ota_dev.publishing import LivePublication, Publication, PublishedFile, Publisher, WantedDigests
from ota_dev.publishing.static_feeds import StaticFeedReader
from ota_dev.scenarios.syntax import parse_spec
from ota_dev.server.adapter import HttpServer
from ota_dev.server.application import Application
from ota_dev.server.bending import Bending
from ota_dev.server.control import ROOT, Access, Changing, Choosing, ControlApi, Events, Linting, Watching, WhatIf
from ota_dev.server.guard import Guard
from ota_dev.server.in_force import Conditions
from ota_dev.server.messages import Request, Response
from ota_dev.server.stalls import Stalls
from ota_dev.server.tls import server_context
from ota_dev.store import Store

if TYPE_CHECKING:
    from ota_dev.server.missigning import FeedSigning
    from ota_dev.simulated_client.profile import TrustedKey

__all__ = ["DevServer"]


class DevServer:
    """Serves a folder of installers as a live update feed; `with` starts and stops it.

    It listens at once; until the folder is read for the first time, feeds wait. Leaves no thread and no socket behind.
    """

    def __init__(
        self,
        served: ServerSettings | str | os.PathLike[str],
        observer: Observer | None = None,
        *,
        scenario: str | None = None,
        faults: str | Iterable[str] = (),
        sign: bool | str | os.PathLike[str] = False,
    ) -> None:
        """Check what is *served*: a folder as tests want it, on a free port and remembering nothing, or full settings.

        *scenario* and *faults* are written as for `ota-dev serve`; with *sign* everything is signed, with a new key or
        with that in the file named.

        Raises:
            UsageError, ConfigurationError, SigningError, ServerError: a setting cannot be used.
        """
        self.settings = settings = chosen_settings(served, scenario=scenario, faults=faults, sign=sign)
        self.journal = Journal()
        self.problems = Problems()
        self.findings = CurrentFindings()  # in the feeds on offer
        self.token = token_for(settings)  # of the control API
        self._run = secrets.token_hex(4)  # tells this run of the server from every other
        self._events, self._stalls = Events(self._run), Stalls()
        self._observer = EventTeller(self._events, observer or NoObserver())
        self._live = LivePublication()
        self._publishing: FolderPublishing | None = None
        self._static = _static(settings)
        self._resources = ExitStack()
        base_url = checked_base_url(settings.base_url) if settings.base_url else None
        self._feeds = feeds_of(settings.template)
        signing = _signing(settings)
        self.conditions = Conditions(
            settings.scenarios,
            seed=settings.seed,
            has_key=signing is not None,
            has_tls=settings.tls_cert is not None,
        )
        self.conditions.choose(settings.in_force)
        allowed = [*settings.allowed_hosts, *([urlsplit(base_url).hostname or ""] if base_url else [])]
        self._application = Application(
            self._live,
            self._feeds,
            guard=Guard.of(settings.host, allowed),
            digests_of=self._digests_of,
            base_url=base_url,
            links_notes=settings.links_notes,
            signing=signing,
            conditions=self.conditions,
            bending=Bending(signing.resign) if signing else None,
            control=self._control(),
        )
        self._http = HttpServer(
            self._application.answer,
            settings.host,
            settings.port,
            tls=_tls(settings),
            stalls=self._stalls,
            record=self.journal.record,
            follow=self._follow,
            debug=settings.debug,
        )
        self.journal.subscribe(self._observer.exchanged)

    def __enter__(self) -> Self:
        """Start.

        Raises:
            ServerError: the address cannot be listened on.
        """
        settings = self.settings
        with ExitStack() as resources:
            resources.enter_context(HttpThread(self._http))
            self._observer.listening(self.url, self.token)
            store = Store.open(note=self._observer.noted) if settings.remember else Store.nowhere()
            publisher = Publisher.of_folder(
                settings.folder,
                resources.enter_context(store),
                signer=settings.key.file_signer if settings.key else None,
                sign_notes=settings.key.sign if settings.key and settings.links_notes else None,
                app=settings.app,
                recursive=settings.recursive,
                follow_links=settings.follow_links,
                version_from=settings.version_from,
                rules=settings.rules,
                static=self._static,
                newest=settings.newest,
            )
            self._wanted = resources.enter_context(WantedDigests(publisher.digester))
            self._publishing = resources.enter_context(
                FolderPublishing(
                    publisher,
                    self._live,
                    self._observer,
                    required=self._feeds.main.required_digests,
                    examine=self._linter(),
                    problems=self.problems,
                    poll=settings.poll,
                )
            )
            self._resources = resources.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._resources.close()

    def _control(self) -> ControlApi:
        watching = Watching(self._live, self.journal, self._events)
        choosing = Choosing(self.conditions, self._events)
        changing = Changing(
            self._live,
            self.journal,
            self._events,
            self._stalls,
            rescan=self.rescan,
            resets=[self.conditions.reset],
        )
        read = StateReader(
            run=self._run,
            url=lambda: self.url,
            folder=str(self.folder),
            feeds=self._feeds,
            live=self._live,
            journal=self.journal,
            conditions=self.conditions,
            changing=changing,
            stalls=self._stalls,
            findings=self.findings,
            public_key=self.public_key,
        )
        pages = DashboardPages(Dashboard(read), self._asked, self.settings.language)
        what_if = WhatIf(self._preview, _trusted(self.settings))
        groups = (
            watching.routes,
            changing.routes,
            choosing.routes,
            what_if.routes,
            Linting(self.findings, self._events).routes,
        )
        self._api = ControlApi(Access(self.token), *groups, pages=pages)
        return self._api

    async def _asked(self, request: Request) -> Response:
        """Answer what the dashboard asks on behalf of whoever looks at it."""
        return await (self._api.answer(request) if request.is_for_control else self._preview(request))

    async def _preview(self, request: Request) -> Response:
        return await self._application.preview(request)

    def _linter(self) -> FeedLinter:
        return FeedLinter.of(
            self.settings,
            self.url,
            self._feeds.main,
            self.findings,
            note=self._observer.noted,
            report=partial(self.problems.report, "findings"),
        )

    def _follow(self, transfers: tuple[Transfer, ...]) -> None:
        self.journal.follow(transfers)
        self._observer.transferring(transfers)

    def _digests_of(self, file: PublishedFile, algorithms: frozenset[str]) -> Future[Mapping[str, str]]:
        # A file is published only after `__enter__` made what reads its digests.
        return self._wanted.digests_of(file, algorithms)

    @property
    def port(self) -> int:
        """Give the port in use."""
        return self._http.port

    @property
    def url(self) -> str:
        """Give the address of the server, without a final slash."""
        return local_url(self.settings.host, self.port, is_https=self.settings.tls_cert is not None)

    @property
    def control_url(self) -> str:
        """Give the address of the control API, with a final slash; whoever asks it sends the token."""
        return f"{self.url}{ROOT}"

    @property
    def feed_url(self) -> str:
        """Give the address of the feed that is meant where nobody names another: the appcast."""
        return f"{self.url}/{self._feeds.main.format.file_name}"

    @property
    def folder(self) -> Path:
        """Give the folder that is served."""
        return self.settings.folder

    @property
    def public_key(self) -> str | None:
        """Give the public half of the key in force in base64, as an app carries it; `None` without a key."""
        return self.settings.key.public_key if self.settings.key else None

    @property
    def publication(self) -> Publication | None:
        """Give what is on offer now, `None` until the folder was read for the first time."""
        return self._live.current

    def choose(self, *specs: str) -> None:
        """Put scenarios and faults in force for everyone, in the place of what was; none of them is back to normal.

        Raises:
            UsageError: one of them cannot be used, or not on this server; nothing has changed then.
        """
        self.conditions.choose(map(parse_spec, specs))

    def with_(self, *specs: str) -> str:
        """Give the address under which *specs* are in force, and no others; it stands in the place of `url`.

        Raises:
            UsageError: one of them cannot be used, or not on this server.
        """
        address = "+".join(parse_spec(spec).url for spec in specs)
        self.conditions.under(address)
        return f"{self.url}/with/{address}"

    def rescan(self) -> None:
        """Look at the whole folder again, and return when what is in it is on offer.

        Who has just filled the folder need not wait until it settles then.
        """
        if self._publishing:  # Before, the first look at the folder is still to come.
            self._publishing.rescan()

    def clear_journal(self) -> None:
        """Forget the exchanges; numbers go on counting."""
        self.journal.clear()
        self._events.add("cleared", {})

    def wait_for(
        self, wanted: str | Callable[[Exchange], bool], *, timeout: float = TIMEOUT, since: int = 0
    ) -> Exchange:
        """Wait for the first exchange after number *since* that is *wanted*, for *timeout* seconds.

        *wanted* is `feed`, `signature`, `notes` or `download`, or says of an exchange whether it is the one. What
        came before the call counts too: a client may have been quicker.

        Raises:
            NotSeenError: none came in time; it names what did. It is a `TimeoutError`.
            UsageError: nothing of that name is ever asked for.
        """
        return wait_for(self.journal, wanted, timeout=timeout, since=since)


def _signing(settings: ServerSettings) -> "FeedSigning | None":
    if settings.key is None:
        return None
    from ota_dev.server.missigning import FeedSigning  # noqa: PLC0415 - it brings the crypto library with it

    return FeedSigning(settings.key, settings.folder)


def _trusted(settings: ServerSettings) -> "TrustedKey | None":
    if settings.key is None:
        return None
    from ota_dev.simulated_client.verification import AppKey  # noqa: PLC0415 - so does this

    return AppKey(settings.key.key.public_key)


def _static(settings: ServerSettings) -> StaticFeedReader | None:
    if settings.rewrite_urls and not settings.static:
        raise UsageError("--rewrite-urls is about the feed of --static: give both")
    sign = settings.key.sign_whole if settings.key else None
    return StaticFeedReader(points_here=settings.rewrite_urls, sign=sign) if settings.static else None


def _tls(settings: ServerSettings) -> ssl.SSLContext | None:
    if settings.tls_cert is None and settings.tls_key is None:
        return None
    if settings.tls_cert is None or settings.tls_key is None:
        raise UsageError("--tls-cert and --tls-key belong together: give both, or neither for plain http")
    return server_context(settings.tls_cert, settings.tls_key)
