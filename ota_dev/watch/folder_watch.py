"""The thread that watches one folder and says what settled in it."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple, Self

from ota_dev.catalog.temporary_names import is_temporary_name
from ota_dev.operating_system import open_for_writing
from ota_dev.watch.burst import Burst
from ota_dev.watch.changes import Change, Hearing
from ota_dev.watch.landing import LandingFiles
from ota_dev.watch.lookout import Lookout

__all__ = ["FolderWatch"]

_FOLDER_CHECK = 0.25  # seconds between looks at whether the folder is still the same one
_CLOSING_LIMIT = 5.0  # seconds
_log = logging.getLogger(__name__)


class _Told(NamedTuple):
    change: Change
    path: Path
    at: float


class FolderWatch:
    """Says which files in *folder* settled: landed whole, were replaced, renamed or deleted.

    Use it as a context manager: what settles after `__enter__` is reported. The folder may come, go and come back.

    *concerns* chooses the files that matter by their path; temporary names never do. *settled* is called on one thread,
    with paths below *folder* that settled together, or with `None` when everything must be looked at (the folder or a
    subfolder came, went or moved, or events were missed). What settles meanwhile causes another call.
    *poll* compares the folder every *poll_every*, for drives whose changes the system does not report; where a system
    refuses to report any, that happens by itself, and *note* is told in one sentence. *quiet* is how long a file must
    hold still where no system can say that its writer is done; *burst* is the pause that ends a burst.
    """

    def __init__(
        self,
        folder: Path,
        *,
        concerns: Callable[[Path], bool],
        settled: Callable[[frozenset[Path] | None], None],
        note: Callable[[str], None] = _log.warning,
        recursive: bool = False,
        poll: bool = False,
        poll_every: timedelta = timedelta(seconds=1),
        quiet: timedelta = timedelta(milliseconds=500),
        burst: timedelta = timedelta(milliseconds=50),
    ) -> None:
        self._folder, self._concerns, self._settled = folder, concerns, settled
        self._poll_every, self._quiet = poll_every, quiet
        self._lookout = Lookout(folder, self._tell, note, recursive=recursive, poll=poll, poll_every=poll_every)
        self._told: queue.SimpleQueue[_Told | None] = queue.SimpleQueue()
        self._landing = self._nothing_landing()
        self._burst = Burst(burst.total_seconds())
        self._next_check = 0.0
        self._is_closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="folder watch", daemon=True)

    def __enter__(self) -> Self:
        self._lookout.keep()
        self._landing = self._nothing_landing()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop watching; waits for a call of *settled* that is under way, but not for a drive that hangs."""
        self._is_closing.set()
        self._told.put(None)
        self._thread.join(_CLOSING_LIMIT)

    @property
    def landing(self) -> frozenset[Path]:
        """Give the files that appeared and have not landed yet; they are reported once they have."""
        return self._landing.paths

    def _run(self) -> None:
        try:
            while not self._is_closing.is_set():
                self._listen()
                self._check_folder()
                self._look_at_landing_files()
                self._report()
        finally:
            self._lookout.end()

    def _listen(self) -> None:
        moments = (self._next_check, self._landing.next_look, self._burst.due)
        wait = min(moment for moment in moments if moment is not None) - time.monotonic()
        with suppress(queue.Empty):
            told = self._told.get(timeout=max(wait, 0))
            while told is not None:
                self._take_in(told)
                told = self._told.get_nowait()

    def _tell(self, change: Change, path: Path) -> None:
        self._told.put(_Told(change, path, time.monotonic()))

    def _take_in(self, told: _Told) -> None:
        match told.change:
            case Change.LOST:
                self._lookout.end()
                self._landing = self._nothing_landing()
                self._burst.add_everything(told.at)
                self._next_check = told.at
            case Change.UNCLEAR:
                self._burst.add_everything(told.at)
            case Change.SETTLED if self._matters(told.path):
                self._landing.forget(told.path)
                self._burst.add(told.path, told.at)
            case Change.APPEARED if self._matters(told.path):
                self._landing.appeared(told.path, told.at)
                self._burst.discard(told.path)

    def _matters(self, path: Path) -> bool:
        names = path.relative_to(self._folder).parts
        return bool(names) and not any(map(is_temporary_name, names)) and self._concerns(path)

    def _check_folder(self) -> None:
        now = time.monotonic()
        if now < self._next_check:
            return
        self._next_check = now + _FOLDER_CHECK
        if self._lookout.keep():
            self._landing = self._nothing_landing()
            self._burst.add_everything(now)

    def _nothing_landing(self) -> LandingFiles:
        hearing = self._lookout.hearing or Hearing(closing=False, every_change=False)
        # Between two comparisons of a folder nothing is heard, so that a pause there is no stillness.
        quiet = self._quiet if hearing.every_change else max(self._quiet, 2 * self._poll_every)
        return LandingFiles(hearing, quiet.total_seconds())

    def _look_at_landing_files(self) -> None:
        now = time.monotonic()
        for path in self._landing.look(now):
            self._burst.add(path, now)

    def _report(self) -> None:
        now = time.monotonic()
        if self._burst.due is None or now < self._burst.due:
            return
        paths = self._burst.take()
        if paths is not None:
            paths = self._without_reopened(paths, now)
        if paths is None or paths:
            try:
                self._settled(paths)
            except Exception:
                _log.exception("What settled in %s could not be handled", self._folder)

    def _without_reopened(self, paths: frozenset[Path], now: float) -> frozenset[Path]:
        """Put back what someone has opened for writing since it settled, as `touch` and then `cp` do."""
        reopened = {path for path in paths if open_for_writing(path)}
        for path in reopened:
            self._landing.appeared(path, now)
        return paths - reopened
