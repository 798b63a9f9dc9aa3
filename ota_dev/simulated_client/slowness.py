"""How slow a download may be before a client gives it up. Reads the clock that it is given."""

from collections.abc import Callable
from time import monotonic

from ota_dev.errors import FetchingError

__all__ = ["SlownessCheck"]

_WINDOW = 15  # seconds


class SlownessCheck:
    """Adds up what arrives; gives up once it was below *least* bytes per second for 15 seconds."""

    def __init__(self, url: str, least: int, clock: Callable[[], float] = monotonic) -> None:
        self._url, self._least, self._clock = url, least, clock
        self._begun, self._size = clock(), 0

    def add(self, size: int) -> None:
        """Take note of the next bytes.

        Raises:
            FetchingError: they come too slowly.
        """
        self._size += size
        passed = self._clock() - self._begun
        if passed < _WINDOW:
            return
        if self._size < self._least * passed:
            raise FetchingError(
                f"{self._url} comes with {self._size / passed / 1000:.0f} kB/s, and this client gives up below "
                f"{self._least / 1000:.0f} kB/s over {_WINDOW} seconds"
            )
        self._begun, self._size = self._clock(), 0
