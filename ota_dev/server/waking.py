"""Wakes a coroutine from any thread."""

import asyncio
from contextlib import suppress

__all__ = ["Waking"]


class Waking:
    """Wakes the coroutine that made it; a call before it waits is not lost."""

    def __init__(self) -> None:
        self._loop, self._woken = asyncio.get_running_loop(), asyncio.Event()

    def wake(self, *_: object) -> None:
        """Wake it, from any thread."""
        with suppress(RuntimeError):  # The loop is closed, so nobody waits any more.
            self._loop.call_soon_threadsafe(self._woken.set)

    async def wait(self, longest: float) -> bool:
        """Wait until woken, for *longest* seconds at most; say whether that happened since the last wait."""
        with suppress(TimeoutError):
            async with asyncio.timeout(longest):
                await self._woken.wait()
        is_woken = self._woken.is_set()
        self._woken.clear()
        return is_woken
