"""When a file that appeared has landed. Reads the clock nowhere; looks at files only when told to."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from ota_dev.operating_system import open_for_writing
from ota_dev.watch.changes import Hearing

__all__ = ["LandingFiles"]

_SHORTLY = 0.02  # seconds; a file is made a moment before it is open for writing
_LONG = 20  # times quiet


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sighting:
    state: tuple[int, int] | None  # size in bytes, mtime_ns
    since: float
    next_look: float


class LandingFiles:
    """The files that appeared and have not landed yet.

    1. A file that is gone has nothing more to wait for.
    2. A file that someone has open for writing has not landed.
    3. A file that is known to be open by nobody has landed once two looks shortly after each other find it the same.
       A network drive knows only this machine's writers, so that does not count there.
    4. Any other has landed once its size and date held still for *quiet*; for long where its closing should have been
       heard, because then its writer is more likely to pause.

    Times are seconds on one clock that never goes back.
    """

    def __init__(
        self, hearing: Hearing, quiet: float, *, is_written: Callable[[Path], bool | None] = open_for_writing
    ) -> None:
        self._hearing, self._quiet, self._is_written = hearing, quiet, is_written
        self._sightings: dict[Path, _Sighting] = {}

    @property
    def paths(self) -> frozenset[Path]:
        """Give the files that have not landed yet."""
        return frozenset(self._sightings)

    @property
    def next_look(self) -> float | None:
        """Give the time of the next look, `None` when there is nothing to look at."""
        return min((sighting.next_look for sighting in self._sightings.values()), default=None)

    def appeared(self, path: Path, now: float) -> None:
        """Begin to watch a file, or notice that it was written to again."""
        seen = self._sightings.get(path)
        self._sightings[path] = replace(seen, since=now) if seen else _Sighting(state=None, since=now, next_look=now)

    def forget(self, path: Path) -> None:
        """Stop watching a file, because it settled in another way."""
        self._sightings.pop(path, None)

    def look(self, now: float) -> set[Path]:
        """Look at the files whose time has come; give those that landed, and forget them."""
        due = [path for path, sighting in self._sightings.items() if sighting.next_look <= now]
        landed = {path for path in due if self._has_landed(path, now)}
        for path in landed:
            self.forget(path)
        return landed

    def _has_landed(self, path: Path, now: float) -> bool:
        seen = self._sightings[path]
        # Opening first makes a network drive fetch the size anew.
        is_written = self._is_written(path)
        try:
            status = path.stat()
            expects_closing = self._hearing.closing and status.st_nlink == 1 and not path.is_symlink()
        except OSError:
            return True
        state = (status.st_size, status.st_mtime_ns)
        if state != seen.state:
            wait = _SHORTLY if seen.state is None else self._quiet / 2
            self._sightings[path] = _Sighting(state=state, since=now, next_look=now + wait)
            return False
        self._sightings[path] = replace(seen, next_look=now + self._quiet / 2)
        if is_written is False and self._hearing.every_change:
            return True
        patience = self._quiet * (_LONG if expects_closing else 1)
        return is_written is not True and now - seen.since >= patience
