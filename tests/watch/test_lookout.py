"""A folder is kept under observation, whatever the system refuses."""

import errno
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from ota_dev.watch import lookout
from ota_dev.watch.changes import Hearing
from ota_dev.watch.lookout import Lookout


class System:
    """Stands in for observations: refuses native ones, polling ones, or none."""

    hearing = Hearing(closing=False, every_change=True)
    is_alive = True

    def __init__(self, native: Exception | None = None, polling: Exception | None = None) -> None:
        self.native, self.polling, self.begun = native, polling, 0

    def __call__(self, *_: object, recursive: bool, poll_every: timedelta | None) -> "System":  # noqa: ARG002 # as Observation
        if refusal := self.polling if poll_every else self.native:
            raise refusal
        self.begun += 1
        return self

    def stop(self) -> None:
        self.is_alive = True


@pytest.fixture
def notes() -> list[str]:
    return []


@pytest.fixture
def look(tmp_path: Path, notes: list[str], monkeypatch: pytest.MonkeyPatch) -> Callable[[System], Lookout]:
    def under(system: System) -> Lookout:
        monkeypatch.setattr(lookout, "Observation", system)
        return Lookout(
            tmp_path,
            lambda _change, _path: None,
            notes.append,
            recursive=False,
            poll=False,
            poll_every=timedelta(seconds=1),
        )

    return under


def test_a_folder_that_stays_is_observed_once(look: Callable[[System], Lookout]) -> None:
    system = System()
    kept = look(system)

    assert [kept.keep(), kept.keep()] == [True, False]
    assert system.begun == 1


def test_an_observation_that_died_begins_anew(look: Callable[[System], Lookout]) -> None:
    system = System()
    kept = look(system)
    kept.keep()

    system.is_alive = False

    assert kept.keep()
    assert system.begun == 2


@pytest.mark.parametrize(
    "refusal",
    [
        OSError(errno.ENOSPC, "inotify watch limit reached"),
        SystemError("Cannot start fsevents stream"),
        RuntimeError("can't start new thread"),
    ],
    ids=repr,
)
def test_a_refusal_is_told_once_with_its_reason(
    refusal: Exception, look: Callable[[System], Lookout], notes: list[str], tmp_path: Path
) -> None:
    kept = look(System(native=refusal))

    kept.keep()
    kept.end()
    kept.keep()

    [note] = notes
    assert note.startswith(f"{tmp_path} is looked through every 1 s")
    assert str(refusal) in note


def test_an_exhausted_limit_is_told_with_the_remedy(look: Callable[[System], Lookout], notes: list[str]) -> None:
    look(System(native=OSError(errno.ENOSPC, "inotify watch limit reached"))).keep()

    assert "fs.inotify.max_user_watches" in notes[0]


def test_a_folder_that_cannot_even_be_polled_is_tried_again(look: Callable[[System], Lookout]) -> None:
    system = System(native=OSError(errno.EIO, "Input/output error"), polling=OSError(errno.EIO, "Input/output error"))
    kept = look(system)
    before = kept.keep()

    system.polling = None

    assert (before, kept.keep()) == (False, True)


def test_a_folder_that_goes_just_before_it_is_observed_is_not_there(
    look: Callable[[System], Lookout], notes: list[str]
) -> None:
    kept = look(System(native=FileNotFoundError()))

    assert not kept.keep()
    assert kept.hearing is None
    assert notes == []
