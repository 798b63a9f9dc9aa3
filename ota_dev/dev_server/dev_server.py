"""Puts the rooms together: a folder, what is published of it, and the sockets that offer it."""

import os
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from ota_dev.config import ServerSettings, feeds_of, local_url
from ota_dev.dev_server.answering import application_for, http_server_for
from ota_dev.dev_server.chosen_settings import chosen_settings
from ota_dev.dev_server.controlling import control_api_for
from ota_dev.dev_server.event_teller import EventTeller
from ota_dev.dev_server.http_thread import HttpThread
from ota_dev.dev_server.lasting_token import token_for
from ota_dev.dev_server.observer import NoObserver, Observer
from ota_dev.dev_server.offering import Offering
from ota_dev.dev_server.problems import Problems
from ota_dev.dev_server.server_state import ServerState
from ota_dev.dev_server.waiting import TIMEOUT, wait_for
from ota_dev.journal import Exchange, Journal
from ota_dev.lint import CurrentFindings
from ota_dev.publishing import Publication
from ota_dev.scenarios.syntax import parse_spec
from ota_dev.server.control import ROOT
from ota_dev.server.in_force import Conditions
from ota_dev.server.messages import Request, Response

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
        self.token = token_for(settings)  # of the control API
        self._state = state = ServerState.beginning(settings)
        self._feeds = feeds_of(settings.template)
        self._observer = EventTeller(state.events, observer or NoObserver())
        self._offering = Offering(settings, state, self._feeds.main, self._observer, lambda: self.url)
        control = control_api_for(
            settings,
            state,
            self._feeds,
            token=self.token,
            url=lambda: self.url,
            preview=self._preview,
            rescan=self.rescan,
        )
        self._application = application_for(settings, state, self._feeds, self._offering.digests_of, control)
        self._http = http_server_for(settings, state, self._application, self._observer)
        self._resources = ExitStack()

    def __enter__(self) -> Self:
        """Start.

        Raises:
            ServerError: the address cannot be listened on.
        """
        with ExitStack() as resources:
            resources.enter_context(HttpThread(self._http))
            self._observer.listening(self.url, self.token)
            resources.enter_context(self._offering)
            self._resources = resources.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._resources.close()

    async def _preview(self, request: Request) -> Response:
        # The control API is part of the application that it asks.
        return await self._application.preview(request)

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
    def journal(self) -> Journal:
        """Give the exchanges seen."""
        return self._state.journal

    @property
    def conditions(self) -> Conditions:
        """Give the scenarios and faults in force."""
        return self._state.conditions

    @property
    def problems(self) -> Problems:
        """Give what is wrong now."""
        return self._state.problems

    @property
    def findings(self) -> CurrentFindings:
        """Give what is wrong in the feeds on offer."""
        return self._state.findings

    @property
    def publication(self) -> Publication | None:
        """Give what is on offer now, `None` until the folder was read for the first time."""
        return self._state.live.current

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
        self._offering.rescan()

    def clear_journal(self) -> None:
        """Forget the exchanges; numbers go on counting."""
        self.journal.clear()
        self._state.events.add("cleared", {})

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
