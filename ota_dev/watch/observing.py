"""What watchdog sees in one folder, told in the few words that matter for landing. Starts and stops its threads."""

import logging
import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from watchdog.events import (
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

from ota_dev.watch.changes import Change, Hearing, Tell

__all__ = ["NATIVE_EVENTS", "Observation"]

_POLLING = Hearing(closing=False, every_change=False)
# watchdog chooses the best observer that this system has; what each can tell is told by no attribute.
NATIVE_EVENTS = Observer.__module__.rpartition(".")[2]
_NATIVE = Hearing(
    closing=NATIVE_EVENTS == "inotify",
    every_change=NATIVE_EVENTS != "polling",
    folders=NATIVE_EVENTS != "read_directory_changes",
)


class Observation(FileSystemEventHandler):
    """One folder under observation, from the constructor to `stop`."""

    def __init__(self, folder: Path, tell: Tell, *, recursive: bool, poll_every: timedelta | None) -> None:
        """Begin; *poll_every* compares the folder at that interval instead of asking the system for its events.

        *tell* is called on watchdog's threads, with paths below *folder*.

        Raises:
            OSError, RuntimeError, SystemError: the folder cannot be observed (in this way).
        """
        self.hearing = _NATIVE if poll_every is None else _POLLING
        self._folder, self._tell, self._recursive = folder, tell, recursive
        # Given a link, the system would watch the link itself and not the folder it leads to.
        self._root = os.path.realpath(folder)
        self._overheard = _Overheard(lambda: tell(Change.UNCLEAR, folder))
        self._observer = _native_observer() if poll_every is None else _polling_observer(poll_every)
        self._observer.schedule(self, self._root, recursive=recursive, event_filter=_wanted_events(self.hearing))
        logging.getLogger("watchdog").addHandler(self._overheard)
        try:
            self._observer.start()
        except BaseException:
            self.stop()
            raise

    @property
    def is_alive(self) -> bool:
        """Say whether events still come."""
        return self._observer.is_alive() and all(emitter.is_alive() for emitter in self._observer.emitters)

    def stop(self) -> None:
        """End the observation and its threads; no call of *tell* comes after."""
        self._observer.stop()
        if self._observer.is_alive():
            self._observer.join()
        logging.getLogger("watchdog").removeHandler(self._overheard)

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Tell what watchdog saw."""
        for change, name in self._changes(event):
            path = Path(os.fsdecode(name))
            if path.is_relative_to(self._root):
                relative = path.relative_to(self._root)
                if self._recursive or len(relative.parts) <= 1:
                    self._tell(change, self._folder / relative)

    def _changes(self, event: FileSystemEvent) -> Iterator[tuple[Change, str | bytes]]:
        match event:
            case DirDeletedEvent() | DirMovedEvent() if event.src_path == self._root:
                yield Change.LOST, self._root
            case DirDeletedEvent() | DirMovedEvent() if self._recursive:
                yield Change.UNCLEAR, self._root
            case FileClosedEvent():
                yield Change.SETTLED, event.src_path
            case FileMovedEvent():
                # Either end is empty when it lies outside the folder. Polling concludes moves from inode numbers,
                # which are used again.
                yield Change.SETTLED, event.src_path
                yield Change.SETTLED if self.hearing.every_change else Change.APPEARED, event.dest_path
            case FileDeletedEvent():
                yield Change.SETTLED, event.src_path
                if self._recursive and not self.hearing.folders:
                    yield Change.UNCLEAR, self._root
            case FileCreatedEvent() | FileModifiedEvent():
                yield Change.APPEARED, event.src_path


class _Overheard(logging.Handler):
    """Listens to watchdog's log, the only place where it tells of an overflow or a failed look: of missed events."""

    def __init__(self, missed: Callable[[], None]) -> None:
        super().__init__(logging.WARNING)
        self._missed = missed

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002 # whatever it says, a look at everything is safe
        self._missed()


def _native_observer() -> BaseObserver:
    if _NATIVE.closing:
        # Otherwise a file moved in from elsewhere looks like one that has just been made.
        return Observer(generate_full_events=True)  # type: ignore[call-arg] # only the one for Linux has it
    return Observer()


def _polling_observer(poll_every: timedelta) -> BaseObserver:
    return PollingObserver(timeout=poll_every.total_seconds())


def _wanted_events(hearing: Hearing) -> list[type[FileSystemEvent]]:
    # A long copy is thousands of modified events: where its end is heard, they are not even asked for.
    writing: type[FileSystemEvent] = FileClosedEvent if hearing.closing else FileModifiedEvent
    return [writing, FileCreatedEvent, FileMovedEvent, FileDeletedEvent, DirMovedEvent, DirDeletedEvent]
