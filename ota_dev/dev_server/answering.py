"""What answers, as settings want it: the application, and the HTTP server around it. Reads the TLS files."""

import ssl
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ota_dev.config import ServerSettings, checked_base_url
from ota_dev.dev_server.observer import Observer
from ota_dev.dev_server.server_state import ServerState
from ota_dev.errors import UsageError
from ota_dev.feeds.formats import Feeds
from ota_dev.journal import Transfer
from ota_dev.server.adapter import HttpServer
from ota_dev.server.application import Application
from ota_dev.server.awaited_digests import DigestsOf
from ota_dev.server.bending import Bending
from ota_dev.server.control import ControlApi
from ota_dev.server.feed_making import FeedMaking
from ota_dev.server.guard import Guard
from ota_dev.server.tls import server_context

if TYPE_CHECKING:
    from ota_dev.server.missigning import FeedSigning

__all__ = ["application_for", "http_server_for"]


def application_for(
    settings: ServerSettings, state: ServerState, feeds: Feeds, digests_of: DigestsOf, control: ControlApi
) -> Application:
    """Put together what answers every request.

    Raises:
        UsageError: links cannot begin with the base URL.
    """
    base_url = checked_base_url(settings.base_url) if settings.base_url else None
    allowed = [*settings.allowed_hosts, *([urlsplit(base_url).hostname or ""] if base_url else [])]
    signing = _signing(settings)
    return Application(
        state.live,
        FeedMaking(
            feeds=feeds,
            digests_of=digests_of,
            base_url=base_url,
            links_notes=settings.links_notes,
            signing=signing,
        ),
        guard=Guard.of(settings.host, allowed),
        conditions=state.conditions,
        bending=Bending(signing.resign) if signing else None,
        control=control,
    )


def http_server_for(
    settings: ServerSettings, state: ServerState, application: Application, observer: Observer
) -> HttpServer:
    """Put the sockets around *application*; the journal and *observer* hear of every exchange.

    Raises:
        UsageError, ServerError: https is asked for and cannot be spoken.
    """

    def follow(transfers: tuple[Transfer, ...]) -> None:
        state.journal.follow(transfers)
        observer.transferring(transfers)

    state.journal.subscribe(observer.exchanged)
    return HttpServer(
        application.answer,
        settings.host,
        settings.port,
        tls=_tls(settings),
        stalls=state.stalls,
        record=state.journal.record,
        follow=follow,
        debug=settings.debug,
    )


def _signing(settings: ServerSettings) -> "FeedSigning | None":
    if settings.key is None:
        return None
    from ota_dev.server.missigning import FeedSigning  # noqa: PLC0415 - it brings the crypto library with it

    return FeedSigning(settings.key, settings.folder)


def _tls(settings: ServerSettings) -> ssl.SSLContext | None:
    if settings.tls_cert is None and settings.tls_key is None:
        return None
    if settings.tls_cert is None or settings.tls_key is None:
        raise UsageError("--tls-cert and --tls-key belong together: give both, or neither for plain http")
    return server_context(settings.tls_cert, settings.tls_key)
