"""From a request below `/_ota/` to the route that answers it, past the check of who asks. GET changes nothing."""

from collections import ChainMap

from ota_dev.errors import UsageError
from ota_dev.server.control.access import Access
from ota_dev.server.control.interface import Pages, Routes, refused
from ota_dev.server.messages import CONTROL, Request, Response

__all__ = ["PAGES", "ROOT", "ControlApi"]

ROOT = f"{CONTROL}api/v1/"
PAGES = f"{CONTROL}dashboard/"  # what the page at `/` is made of


class ControlApi:
    """Answer the requests below `/_ota/`: by groups of routes, and *pages* for browsers."""

    def __init__(self, access: Access, *groups: Routes, pages: Pages | None = None) -> None:
        self.access, self.pages = access, pages
        self.routes: Routes = dict(ChainMap(*map(dict, groups)))

    async def answer(self, request: Request) -> Response:
        """Answer one request whose path begins with `/_ota/`."""
        if (refusal := self.access.refusal(request)) is not None:
            return refusal
        if self.pages and request.method == "GET" and request.path.startswith(PAGES):
            return await self.pages.part(request, request.path.removeprefix(PAGES))
        route = _route_of(request.path)
        if (handler := self.routes.get((request.method, route))) is None:
            return self._missing(request, route)
        try:
            return await handler(request)
        except UsageError as error:
            return refused(400, error.sentence)

    async def home(self, request: Request) -> Response | None:
        """Answer a browser at `/` with its page, and whoever brings the token with a cookie; `None` for all others."""
        if request.is_downgraded:  # The token must not travel in the open.
            return None
        signing_in = self.access.sign_in(request)
        is_refused = signing_in is not None and signing_in.status == 401
        is_browser = "text/html" in (request.headers.get("accept") or "").lower()
        if self.pages and is_browser and (signing_in is None or is_refused):
            is_signed_in = not is_refused and self.access.is_signed_in(request)
            return await self.pages.home(request, is_signed_in=is_signed_in, is_refused=is_refused)
        return signing_in

    def _missing(self, request: Request, route: str) -> Response:
        allowed = ", ".join(method for method, path in self.routes if path == route)
        if allowed:
            return refused(405, f"{request.path} is for {allowed}.", {"Allow": allowed})
        known = ", ".join(sorted({path for _, path in self.routes}))
        return refused(404, f"There is nothing at {request.path}; below {ROOT} there are {known}.")


def _route_of(path: str) -> str:
    """Give what *path* has below the root, with `{number}` in the place of a whole number; else an empty text."""
    if not path.startswith(ROOT):
        return ""
    parts = path.removeprefix(ROOT).split("/")
    return "/".join("{number}" if part.isascii() and part.isdigit() else part for part in parts)
