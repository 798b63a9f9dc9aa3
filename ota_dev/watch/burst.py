"""Changes that come together, so that they are reported together. Reads no clock."""

from pathlib import Path

__all__ = ["Burst"]


class Burst:
    """What settled and is not reported yet; due once nothing more came for *pause*, or *limit* after the first.

    Times are seconds on one clock that never goes back.
    """

    def __init__(self, pause: float, limit: float = 1.0) -> None:
        self._pause, self._limit = pause, limit
        self._clear()

    @property
    def due(self) -> float | None:
        """Give the time to report, `None` when there is nothing to report."""
        if not self._paths and not self._everything:
            return None
        return min(self._latest + self._pause, self._first + self._limit)

    def add(self, path: Path, now: float) -> None:
        """Add a path that settled."""
        self._extend(now)
        self._paths.add(path)

    def add_everything(self, now: float) -> None:
        """Ask for a look at everything."""
        self._extend(now)
        self._everything = True

    def discard(self, path: Path) -> None:
        """Take a path back, because it changes again."""
        self._paths.discard(path)

    def take(self) -> frozenset[Path] | None:
        """Give what there is to report, `None` for everything, and start anew."""
        taken = None if self._everything else frozenset(self._paths)
        self._clear()
        return taken

    def _extend(self, now: float) -> None:
        if self.due is None:
            self._first = now
        self._latest = now

    def _clear(self) -> None:
        self._paths: set[Path] = set()
        self._everything = False
        self._first = self._latest = 0.0
