"""The thread with the event loop that all sockets live on."""

import asyncio
import threading
from concurrent.futures import Future
from typing import Self

from ota_dev.server.adapter import HttpServer

__all__ = ["HttpThread"]


class HttpThread:
    """Runs an `HttpServer` on a thread of its own; `with` starts and stops it."""

    def __init__(self, server: HttpServer) -> None:
        self._server = server
        self._listening: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, name="ota-dev-http")

    def __enter__(self) -> Self:
        """Listen.

        Raises:
            ServerError: the address cannot be listened on.
        """
        self._thread.start()
        try:
            self._listening.result()
        except BaseException:
            self._thread.join()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except Exception as error:
            # After listening there is nobody to tell; before, `__enter__` waits for it.
            if self._listening.done():
                raise
            self._listening.set_exception(error)

    async def _serve(self) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        async with self._server:
            self._listening.set_result(None)
            await self._stopping.wait()
