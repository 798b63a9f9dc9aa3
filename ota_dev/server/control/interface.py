"""What a group of routes and the pages for browsers look like, and how one refuses. Pure."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Protocol

from ota_dev.server.messages import Request, Response

__all__ = ["Handler", "Pages", "Routes", "refused"]

Handler = Callable[[Request], Awaitable[Response]]
Routes = Mapping[tuple[str, str], Handler]  # by method and path below the root; `{number}` is any whole number


class Pages(Protocol):
    """What browsers are shown."""

    async def home(self, request: Request, *, is_signed_in: bool, is_refused: bool = False) -> Response:
        """Answer with the page at `/`, or with how to sign in, after a wrong token too."""

    async def part(self, request: Request, name: str) -> Response:
        """Answer whoever is signed in with a part of that page: a panel, an asset."""


_NO_HEADERS: Mapping[str, str] = MappingProxyType({})


def refused(status: int, sentence: str, headers: Mapping[str, str] = _NO_HEADERS) -> Response:
    """Answer with an error, for people and programs."""
    return Response.json(status, {"error": sentence}, headers)
