"""Answers browsers with the dashboard."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from ota_dev.dashboard import PAGE_POLICY, SIGN_IN_POLICY, Answer, Dashboard, asset_named, sign_in_page
from ota_dev.server.messages import Request, Response
from ota_dev.translations import LANGUAGES, preferred

__all__ = ["DashboardPages"]

_ASSETS = "assets/"
_KEPT = "private, max-age=31536000, immutable"  # the address of an asset changes with its content
_NO_REFERRER: Mapping[str, str] = MappingProxyType({"Referrer-Policy": "no-referrer", "Vary": "Accept, Cookie"})


class DashboardPages:
    """The pages of one server; templates are rendered on a thread, so that clients are answered meanwhile."""

    def __init__(
        self, dashboard: Dashboard, ask: Callable[[Request], Awaitable[Response]], language: str | None = None
    ) -> None:
        """Speak *language*, or without one what the browser prefers; *ask* the server what panels show of it."""
        self._dashboard, self._ask, self._language = dashboard, ask, language

    async def home(self, request: Request, *, is_signed_in: bool, is_refused: bool = False) -> Response:
        """Answer with the dashboard, or with how to sign in."""
        language = self._language_for(request)
        if not is_signed_in:
            page = await asyncio.to_thread(sign_in_page, language, is_refused=is_refused)
            return _html(401, page, {"Content-Security-Policy": SIGN_IN_POLICY})
        page = await asyncio.to_thread(self._dashboard.page, language, request.query)
        return _html(200, page, {"Content-Security-Policy": PAGE_POLICY})

    async def part(self, request: Request, name: str) -> Response:
        """Answer with an asset, the requests to keep, or a panel."""
        if name.startswith(_ASSETS):
            return _asset(name.removeprefix(_ASSETS))
        if name == "export":
            return _download(await asyncio.to_thread(self._dashboard.export, request.query), "requests.json")
        language, answer = self._language_for(request), await self._answer(request, name)
        panel = await asyncio.to_thread(self._dashboard.panel, name, language, request.query, answer)
        return Response.plain(404, "There is no such part of the dashboard.") if panel is None else _html(200, panel)

    async def _answer(self, request: Request, name: str) -> Answer | None:
        if (target := self._dashboard.asked(name, request.query)) is None:
            return None
        # All header fields stay, so that whoever may see the panel may ask what it asks.
        response = await self._ask(replace(request.for_target(target), headers=request.headers))
        response.close()
        return Answer(
            status=response.status,
            media_type=response.headers.get("Content-Type", ""),
            content=response.body if isinstance(response.body, bytes) else b"",
            in_force=response.in_force,
        )

    def _language_for(self, request: Request) -> str:
        if (wanted := request.query.get("language")) in LANGUAGES:
            return str(wanted)
        return self._language or preferred(request.headers.get("accept-language"))


def _html(status: int, content: bytes, headers: Mapping[str, str] = _NO_REFERRER) -> Response:
    fields = {**_NO_REFERRER, "Content-Type": "text/html; charset=utf-8", **headers}
    return Response(status=status, headers=fields, body=content, is_journalled=False)


def _download(content: bytes, name: str) -> Response:
    fields = {"Content-Type": "application/json", "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(status=200, headers=fields, body=content)


def _asset(name: str) -> Response:
    if (asset := asset_named(name)) is None:
        return Response.plain(404, "There is no such asset.")
    return Response(status=200, headers={"Content-Type": asset.media_type, "Cache-Control": _KEPT}, body=asset.content)
