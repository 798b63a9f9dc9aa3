"""What a group of routes looks like, and how one refuses. Pure."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from ota_dev.server.messages import Request, Response

__all__ = ["Handler", "Routes", "refused"]

Handler = Callable[[Request], Awaitable[Response]]
Routes = Mapping[tuple[str, str], Handler]  # by method and path below the root; `{number}` is any whole number

_NO_HEADERS: Mapping[str, str] = MappingProxyType({})


def refused(status: int, sentence: str, headers: Mapping[str, str] = _NO_HEADERS) -> Response:
    """Answer with an error, for people and programs."""
    return Response.json(status, {"error": sentence}, headers)
