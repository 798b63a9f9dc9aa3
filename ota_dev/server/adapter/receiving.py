"""Receives the body of a request, within the limits on its size and time."""

import asyncio

from aiohttp import web

from ota_dev.server.limits import Limits
from ota_dev.server.messages import Response

__all__ = ["receive_body", "too_large"]


async def receive_body(incoming: web.BaseRequest, limits: Limits) -> bytes | Response:
    """Give the whole body, or the answer to a request whose body is too large or does not come."""
    body = bytearray()
    try:
        async with asyncio.timeout(limits.body_time):
            async for chunk in incoming.content.iter_any():
                body += chunk
                if len(body) > limits.request_body:
                    return too_large(limits)
    except TimeoutError:
        return Response.plain(408, f"The body of the request did not arrive within {limits.body_time:g} s.")
    except (web.RequestPayloadError, ConnectionError):
        return Response.plain(400, "The body of the request cannot be read, or ended too early.")
    return bytes(body)


def too_large(limits: Limits) -> Response:
    """Refuse a body that is larger than *limits* allow."""
    return Response.plain(413, f"A request may carry at most {limits.request_body} bytes.")
