"""What the control API of a server is made of: its groups of routes, and the dashboard for browsers."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from ota_dev.config import ServerSettings
from ota_dev.dashboard import Dashboard
from ota_dev.dev_server.dashboard_pages import DashboardPages
from ota_dev.dev_server.dashboard_state import StateReader
from ota_dev.dev_server.server_state import ServerState
from ota_dev.feeds.formats import Feeds
from ota_dev.server.control import Access, Changing, Choosing, ControlApi, Linting, Preview, Watching, WhatIf
from ota_dev.server.messages import Request, Response

if TYPE_CHECKING:
    from ota_dev.simulated_client.profile import TrustedKey

__all__ = ["control_api_for"]


def control_api_for(
    settings: ServerSettings,
    state: ServerState,
    feeds: Feeds,
    *,
    token: str,
    url: Callable[[], str],
    preview: Preview,
    rescan: Callable[[], None],
) -> ControlApi:
    """Put together the control API of the server at *url*, for whoever knows *token*."""
    changing = Changing(
        state.live, state.journal, state.events, state.stalls, rescan=rescan, resets=[state.conditions.reset]
    )
    groups = (
        Watching(state.live, state.journal, state.events).routes,
        changing.routes,
        Choosing(state.conditions, state.events).routes,
        WhatIf(preview, _trusted(settings)).routes,
        Linting(state.findings, state.events).routes,
    )

    async def asked(request: Request) -> Response:
        # What the dashboard asks on behalf of whoever looks at it.
        return await (api.answer(request) if request.is_for_control else preview(request))

    read = StateReader(settings=settings, state=state, feeds=feeds, changing=changing, url=url)
    api = ControlApi(Access(token), *groups, pages=DashboardPages(Dashboard(read), asked, settings.language))
    return api


def _trusted(settings: ServerSettings) -> "TrustedKey | None":
    if settings.key is None:
        return None
    from ota_dev.simulated_client.verification import AppKey  # noqa: PLC0415 - it brings the crypto library with it

    return AppKey(settings.key.key.public_key)
