"""What watchdog sees, told in the few words that matter for landing."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from watchdog import events

from ota_dev.watch.changes import Change, Hearing
from ota_dev.watch.observing import Observation

INOTIFY = Hearing(closing=True, every_change=True)
WINDOWS = Hearing(closing=False, every_change=True, folders=False)
POLLING = Hearing(closing=False, every_change=False)

Told = list[tuple[Change, str]]


class Observer:
    """An observation that hears only what a test feeds it."""

    def __init__(self, folder: Path, *, recursive: bool) -> None:
        self.folder = folder
        self.told: Told = []
        self.observation = Observation(folder, self._tell, recursive=recursive, poll_every=timedelta(hours=1))

    def _tell(self, change: Change, path: Path) -> None:
        self.told.append((change, path.relative_to(self.folder).as_posix()))

    def hears(self, kind: type[events.FileSystemEvent], source: str, destination: str = "") -> Told:
        """Feed one event with paths relative to the folder; an empty one is outside."""
        src_path, dest_path = (str(self.folder / name) if name else "" for name in (source, destination))
        self.observation.on_any_event(kind(src_path, dest_path))
        return self.told


@pytest.fixture
def flat(tmp_path: Path) -> Iterator[Observer]:
    observer = Observer(tmp_path, recursive=False)
    yield observer
    observer.observation.stop()


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[Observer]:
    observer = Observer(tmp_path, recursive=True)
    yield observer
    observer.observation.stop()


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (events.FileClosedEvent, [(Change.SETTLED, "a.dmg")]),
        (events.FileDeletedEvent, [(Change.SETTLED, "a.dmg")]),
        (events.FileCreatedEvent, [(Change.APPEARED, "a.dmg")]),
        (events.FileModifiedEvent, [(Change.APPEARED, "a.dmg")]),
        (events.FileOpenedEvent, []),
        (events.DirCreatedEvent, []),
        (events.DirDeletedEvent, []),
    ],
)
def test_an_event_is_told_in_one_word(kind: type[events.FileSystemEvent], told: Told, flat: Observer) -> None:
    assert flat.hears(kind, "a.dmg") == told


@pytest.mark.parametrize(
    ("source", "destination", "told"),
    [
        pytest.param("a.part", "a.dmg", [(Change.SETTLED, "a.part"), (Change.SETTLED, "a.dmg")], id="within"),
        pytest.param("", "a.dmg", [(Change.SETTLED, "a.dmg")], id="in"),
        pytest.param("a.dmg", "", [(Change.SETTLED, "a.dmg")], id="out"),
    ],
)
def test_a_moved_file_is_whole(source: str, destination: str, told: Told, flat: Observer) -> None:
    flat.observation.hearing = INOTIFY

    assert flat.hears(events.FileMovedEvent, source, destination) == told


def test_a_move_that_polling_concluded_may_be_another_file(flat: Observer) -> None:
    flat.observation.hearing = POLLING

    told = flat.hears(events.FileMovedEvent, "old.dmg", "new.dmg")

    assert told == [(Change.SETTLED, "old.dmg"), (Change.APPEARED, "new.dmg")]


@pytest.mark.parametrize("kind", [events.DirDeletedEvent, events.DirMovedEvent])
def test_the_folder_itself_can_be_lost(kind: type[events.FileSystemEvent], flat: Observer) -> None:
    assert flat.hears(kind, ".", "elsewhere") == [(Change.LOST, ".")]


@pytest.mark.parametrize("kind", [events.DirDeletedEvent, events.DirMovedEvent])
def test_a_subfolder_that_goes_is_unclear(kind: type[events.FileSystemEvent], deep: Observer) -> None:
    assert deep.hears(kind, "beta", "stable") == [(Change.UNCLEAR, ".")]


def test_a_file_in_a_subfolder_is_told_by_its_path(deep: Observer) -> None:
    assert deep.hears(events.FileClosedEvent, "beta/a.dmg") == [(Change.SETTLED, "beta/a.dmg")]


def test_a_file_in_a_subfolder_is_not_told_when_only_the_folder_is_watched(flat: Observer) -> None:
    assert flat.hears(events.FileClosedEvent, "beta/a.dmg") == []


def test_windows_does_not_say_whether_a_folder_was_deleted(deep: Observer) -> None:
    deep.observation.hearing = WINDOWS

    assert (Change.UNCLEAR, ".") in deep.hears(events.FileDeletedEvent, "beta")


@pytest.mark.parametrize("level", [logging.WARNING, logging.ERROR], ids=logging.getLevelName)
def test_what_watchdog_only_logs_is_unclear(level: int, flat: Observer) -> None:
    logging.getLogger("watchdog.observers.inotify_c").log(level, "Inotify queue overflowed")

    assert flat.told == [(Change.UNCLEAR, ".")]


def test_what_watchdog_mentions_in_passing_is_not_told(flat: Observer) -> None:
    logging.getLogger("watchdog.observers.inotify_c").info("Snapshot succeeded again")

    assert flat.told == []


def test_after_stopping_nothing_is_overheard(flat: Observer) -> None:
    flat.observation.stop()

    logging.getLogger("watchdog.observers.inotify_c").warning("Inotify queue overflowed")

    assert flat.told == []


def test_a_folder_that_is_not_there_cannot_be_observed(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Observer(tmp_path / "dist", recursive=False)
