"""What stays in sight at the bottom of the terminal of `serve`, below the lines that scroll. Draws nothing."""

from collections.abc import Callable
from threading import Lock

__all__ = ["BottomLines"]


class BottomLines:
    """Keep lines under keys, such as `problems`, in the order in which they were set; any thread may change them."""

    def __init__(self, changed: Callable[[], None] = lambda: None) -> None:
        """Begin with none; *changed* is called after every change, on the thread that made it, and must be quick."""
        self._lines: dict[str, tuple[str, ...]] = {}
        self._changed, self._lock = changed, Lock()

    @property
    def lines(self) -> tuple[str, ...]:
        """Give all lines, from top to bottom."""
        with self._lock:
            return tuple(line for lines in self._lines.values() for line in lines)

    def set(self, key: str, *lines: str) -> None:
        """Show *lines* under *key*, in the place of what was there; they are safe to show, and cut where too long."""
        if not lines:
            self.clear(key)
            return
        with self._lock:
            if self._lines.get(key) == lines:
                return
            self._lines[key] = lines
        self._changed()

    def clear(self, key: str) -> None:
        """Show nothing under *key* any more."""
        with self._lock:
            if self._lines.pop(key, None) is None:
                return
        self._changed()
