"""Sends a stream chunk by chunk, and closes it as soon as the client is gone or the server stops."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager

from aiohttp import web

from ota_dev.server.adapter.sink import Progress, Sink, drain
from ota_dev.server.bodies import StreamBody

__all__ = ["send_stream"]


async def send_stream(
    body: StreamBody, outgoing: web.StreamResponse, incoming: web.BaseRequest, sink: Sink, progress: Progress
) -> web.StreamResponse:
    """Send *outgoing* with what *body* gives, and note in *progress* how far that got."""
    try:
        async with _until(sink.gone), aclosing(body.open()) as chunks:
            await outgoing.prepare(incoming)
            async for chunk in chunks:
                await outgoing.write(chunk)
                await drain(incoming)
                progress.sent += len(chunk)
                sink.delivered += len(chunk)
            await outgoing.write_eof()
    except (ConnectionError, TimeoutError):
        progress.abort("the client went away")
        sink.wire.abort()
    return outgoing


@asynccontextmanager
async def _until(gone: asyncio.Event) -> AsyncIterator[None]:
    """Raise `TimeoutError` in the block once the client is *gone*."""
    async with asyncio.timeout(None) as end:

        async def end_when_gone() -> None:
            await gone.wait()
            end.reschedule(0)

        watching = asyncio.create_task(end_when_gone())
        try:
            yield
        finally:
            watching.cancel()
