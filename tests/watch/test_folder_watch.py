"""The watch says which files settled; by the system's events, and by polling."""

import errno
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from ota_dev.operating_system import writers
from ota_dev.watch import FolderWatch, observing

LIMIT = 10  # seconds; far more than anything here takes
Report = frozenset[Path] | None


class Reports:
    """The calls of `settled`, which a test can wait for."""

    def __init__(self) -> None:
        self.calls: list[Report] = []
        self._changed = threading.Condition()

    def __call__(self, paths: Report) -> None:
        with self._changed:
            self.calls.append(paths)
            self._changed.notify_all()

    def wait_until(self, is_so: Callable[[list[Report]], bool]) -> list[Report]:
        with self._changed:
            assert self._changed.wait_for(lambda: is_so(self.calls), LIMIT), f"only {self.calls}"
            return list(self.calls)

    def wait_for(self, *paths: Path) -> list[Report]:
        """Wait until each path was reported by itself, not as a part of everything."""
        return self.wait_until(lambda calls: set(paths) <= reported(calls))

    def wait_for_everything(self) -> list[Report]:
        return self.wait_until(lambda calls: None in calls)


class Shelf:
    """A folder to drop files into, and what is said about them."""

    def __init__(self, folder: Path, stack: ExitStack, *, poll: bool) -> None:
        self.folder, self.poll, self.reports = folder, poll, Reports()
        self.notes: list[str] = []
        self._stack, self._sentinels = stack, 0

    def watch(
        self,
        settled: Callable[[Report], None] | None = None,
        *,
        recursive: bool = False,
        quiet: float = 0.05,
        burst: float = 0.05,
    ) -> FolderWatch:
        return self._stack.enter_context(
            FolderWatch(
                self.folder,
                concerns=lambda path: path.suffix in (".dmg", ".md"),
                settled=settled or self.reports,
                note=self.notes.append,
                recursive=recursive,
                poll=self.poll,
                poll_every=timedelta(milliseconds=50),
                quiet=timedelta(seconds=quiet),
                burst=timedelta(seconds=burst),
            )
        )

    def drop(self, name: str, content: bytes = b"koly") -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path

    def reported_before_a_sentinel(self) -> set[Path]:
        """Land one more file, wait until it is reported, and say what was reported besides."""
        self._sentinels += 1
        sentinel = self.drop(f"sentinel-{self._sentinels}.dmg")
        return {path for path in reported(self.reports.wait_for(sentinel)) if "sentinel" not in path.name}


def calls(*groups: set[Path]) -> list[Report]:
    return [frozenset(group) for group in groups]


def reported(reports: list[Report]) -> set[Path]:
    return {path for call in reports if call is not None for path in call}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "dist"
    path.mkdir()
    return path


@pytest.fixture(params=[False, True], ids=["events", "polling"])
def shelf(folder: Path, request: pytest.FixtureRequest) -> Iterator[Shelf]:
    before = set(threading.enumerate())
    with ExitStack() as stack:
        yield Shelf(folder, stack, poll=request.param)
    assert set(threading.enumerate()) <= before, "a thread outlives the watch"


def test_a_file_that_is_written_at_once_is_reported(shelf: Shelf) -> None:
    shelf.watch()

    path = shelf.drop("Acme-Notes-1.0.dmg")

    assert shelf.reports.wait_for(path) == calls({path})


def test_a_slow_copy_is_reported_once_it_is_closed_and_not_before(shelf: Shelf) -> None:
    watch = shelf.watch(quiet=0.01)
    path = shelf.folder / "Acme-Notes-1.0.dmg"

    with path.open("wb") as file:
        early: set[Path] = set()
        for _ in range(3):
            file.write(bytes(1000))
            file.flush()
            early |= shelf.reported_before_a_sentinel()  # which takes longer than the quiet period
        landing = watch.landing

    assert early == set()
    assert landing == {path}
    shelf.reports.wait_for(path)


def test_a_file_moved_in_from_outside_is_reported(shelf: Shelf, tmp_path: Path) -> None:
    outside = tmp_path / "Acme-Notes-1.0.dmg"
    outside.write_bytes(b"koly")
    shelf.watch()

    path = outside.rename(shelf.folder / outside.name)

    assert shelf.reports.wait_for(path) == calls({path})


def test_a_hard_link_is_reported(shelf: Shelf, tmp_path: Path) -> None:
    outside = tmp_path / "Acme-Notes-1.0.dmg"
    outside.write_bytes(b"koly")
    shelf.watch()
    path = shelf.folder / outside.name

    path.hardlink_to(outside)

    assert shelf.reports.wait_for(path) == calls({path})


@pytest.mark.parametrize("target", ["there.dmg", "nowhere.dmg"])
def test_a_symbolic_link_is_reported(target: str, shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "there.dmg").write_bytes(b"koly")
    shelf.watch()
    path = shelf.folder / "newest.dmg"

    path.symlink_to(tmp_path / target)

    if shelf.poll and target == "nowhere.dmg":  # polling does not see what leads to nothing
        assert shelf.reported_before_a_sentinel() == set()
    else:
        assert shelf.reports.wait_for(path) == calls({path})


def test_a_file_replaced_by_a_rename_is_reported(shelf: Shelf) -> None:
    path = shelf.drop("Acme-Notes-1.0.dmg")
    shelf.watch()

    shelf.drop(".upload.part", b"another").replace(path)

    assert shelf.reports.wait_for(path) == calls({path})


def test_a_file_rewritten_in_place_is_reported(shelf: Shelf) -> None:
    path = shelf.drop("Acme-Notes-1.0.dmg")
    shelf.watch()

    shelf.drop(path.name, b"another content")

    assert shelf.reports.wait_for(path) == calls({path})


def test_a_renamed_file_is_reported_under_both_names(shelf: Shelf) -> None:
    old = shelf.drop("Acme-Notes-1.0.dmg")
    shelf.watch()

    new = old.rename(shelf.folder / "Acme-Notes-1.0.1.dmg")

    assert reported(shelf.reports.wait_for(old, new)) == {old, new}


def test_a_deleted_file_is_reported(shelf: Shelf) -> None:
    path = shelf.drop("Acme-Notes-1.0.dmg")
    shelf.watch()

    path.unlink()

    assert shelf.reports.wait_for(path) == calls({path})


def test_a_file_moved_away_is_reported(shelf: Shelf, tmp_path: Path) -> None:
    path = shelf.drop("Acme-Notes-1.0.dmg")
    shelf.watch()

    path.rename(tmp_path / path.name)

    assert shelf.reports.wait_for(path) == calls({path})


def test_a_file_that_is_deleted_and_copied_anew_is_reported_once_it_landed(shelf: Shelf) -> None:
    path = shelf.drop("Acme-Notes-1.0.dmg")
    shelf.watch(quiet=0.01, burst=0.3)

    path.unlink()
    with path.open("wb") as file:
        file.write(b"half")
        file.flush()
        early = shelf.reported_before_a_sentinel()

    assert early == set()
    shelf.reports.wait_for(path)


def test_a_file_that_is_touched_before_it_is_written_is_reported_once_it_landed(shelf: Shelf) -> None:
    shelf.watch(quiet=0.01, burst=0.3)
    path = shelf.folder / "Acme-Notes-1.0.dmg"

    path.touch()
    with path.open("wb") as file:
        file.write(b"half")
        file.flush()
        early = shelf.reported_before_a_sentinel()

    assert early == set()
    shelf.reports.wait_for(path)


def test_a_burst_is_one_call(shelf: Shelf) -> None:
    shelf.watch(burst=0.5)

    paths = {shelf.drop(f"Acme-Notes-1.{number}.dmg") for number in range(100)}

    assert shelf.reports.wait_for(*paths) == calls(paths)


def test_a_temporary_name_is_reported_once_it_is_renamed(shelf: Shelf) -> None:
    shelf.watch()
    temporary = shelf.drop("Acme-Notes-1.0.dmg.part")
    hidden = shelf.drop(".Acme-Notes-1.0.dmg")
    early = shelf.reported_before_a_sentinel()

    path = temporary.rename(shelf.folder / "Acme-Notes-1.0.dmg")

    assert early == set()
    assert hidden not in reported(shelf.reports.wait_for(path))


def test_a_file_that_does_not_matter_wakes_nobody(shelf: Shelf) -> None:
    shelf.watch()

    shelf.drop("appcast.xml")
    shelf.drop("appcast.xml").unlink()

    assert shelf.reported_before_a_sentinel() == set()


def test_a_change_during_a_call_causes_exactly_one_more(shelf: Shelf) -> None:
    is_rebuilding, may_finish = threading.Event(), threading.Event()

    def rebuild(paths: Report) -> None:
        is_rebuilding.set()
        may_finish.wait(LIMIT)
        shelf.reports(paths)

    shelf.watch(rebuild)
    first = shelf.drop("Acme-Notes-1.0.dmg")
    assert is_rebuilding.wait(LIMIT)

    meanwhile = {shelf.drop(f"Acme-Notes-1.{number}.dmg") for number in (1, 2, 3)}
    may_finish.set()

    assert shelf.reports.wait_for(*meanwhile) == calls({first}, meanwhile)


def test_a_call_that_fails_does_not_end_the_watch(shelf: Shelf) -> None:
    has_failed = threading.Event()

    def rebuild(paths: Report) -> None:
        if not has_failed.is_set():
            has_failed.set()
            raise RuntimeError("the disk is full")
        shelf.reports(paths)

    shelf.watch(rebuild)
    shelf.drop("Acme-Notes-1.0.dmg")
    assert has_failed.wait(LIMIT)

    path = shelf.drop("Acme-Notes-1.1.dmg")

    shelf.reports.wait_for(path)


def test_a_folder_that_comes_later_is_looked_at_and_watched(shelf: Shelf) -> None:
    shelf.folder.rmdir()
    shelf.watch()

    shelf.folder.mkdir()
    shelf.reports.wait_for_everything()
    path = shelf.drop("Acme-Notes-1.0.dmg")

    shelf.reports.wait_for(path)


def test_a_folder_that_is_removed_is_looked_at(shelf: Shelf) -> None:
    shelf.drop("Acme-Notes-1.0.dmg")
    shelf.watch()

    shutil.rmtree(shelf.folder)

    shelf.reports.wait_for_everything()


@pytest.mark.parametrize("is_moved", [False, True], ids=["removed", "moved"])
def test_a_folder_that_is_replaced_is_looked_at_and_watched(is_moved: bool, shelf: Shelf) -> None:
    shelf.watch()
    if is_moved:
        shelf.folder.rename(shelf.folder.with_name("dist.old"))
    else:
        shelf.folder.rmdir()
    shelf.reports.wait_for_everything()

    shelf.folder.mkdir()
    shelf.reports.wait_until(lambda calls: calls.count(None) >= 2)
    path = shelf.drop("Acme-Notes-1.0.dmg")

    shelf.reports.wait_for(path)


def test_a_folder_that_is_a_link_is_watched_under_its_name(shelf: Shelf) -> None:
    link = shelf.folder.with_name("public")
    link.symlink_to(shelf.folder)
    shelf.folder = link
    shelf.watch()

    path = shelf.drop("Acme-Notes-1.0.dmg")

    assert shelf.reports.wait_for(path) == calls({path})


def test_a_link_that_leads_to_another_folder_is_looked_at_and_watched(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "1.1").mkdir()
    link = tmp_path / "current"
    link.symlink_to(shelf.folder)
    shelf.folder = link
    shelf.watch()

    (tmp_path / "next").symlink_to(tmp_path / "1.1")
    (tmp_path / "next").replace(link)
    shelf.reports.wait_for_everything()
    path = shelf.drop("Acme-Notes-1.1.dmg")

    shelf.reports.wait_for(path)


def test_a_file_in_a_subfolder_is_not_reported(shelf: Shelf) -> None:
    (shelf.folder / "beta").mkdir()
    shelf.watch()

    shelf.drop("beta/Acme-Notes-1.0.dmg")

    assert shelf.reported_before_a_sentinel() == set()


def test_subfolders_are_watched_when_asked_for(shelf: Shelf) -> None:
    (shelf.folder / "beta").mkdir()
    shelf.watch(recursive=True)

    path = shelf.drop("beta/Acme-Notes-1.0.dmg")

    assert shelf.reports.wait_for(path) == calls({path})


def test_a_subfolder_that_comes_later_is_watched(shelf: Shelf) -> None:
    shelf.watch(recursive=True)

    (shelf.folder / "beta").mkdir()
    path = shelf.drop("beta/Acme-Notes-1.0.dmg")

    shelf.reports.wait_for(path)


def test_a_subfolder_that_is_moved_is_looked_at(shelf: Shelf) -> None:
    (shelf.folder / "beta").mkdir()
    shelf.drop("beta/Acme-Notes-1.0.dmg")
    shelf.watch(recursive=True)

    (shelf.folder / "beta").rename(shelf.folder / "stable")

    shelf.reports.wait_for_everything()


def test_a_hidden_subfolder_wakes_nobody(shelf: Shelf) -> None:
    (shelf.folder / ".git").mkdir()
    shelf.watch(recursive=True)

    shelf.drop(".git/Acme-Notes-1.0.dmg")

    assert shelf.reported_before_a_sentinel() == set()


def test_an_empty_watch_ends_at_once(shelf: Shelf) -> None:
    watch = shelf.watch()

    watch.close()

    assert shelf.reports.calls == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EMFILE], ids=errno.errorcode.get)
def test_a_system_that_refuses_to_report_is_polled_and_that_is_told(
    number: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise OSError(number, "inotify watch limit reached")

    monkeypatch.setattr(observing, "_native_observer", refuse)

    with ExitStack() as stack:
        shelf = Shelf(folder, stack, poll=False)
        shelf.watch()
        path = shelf.drop("Acme-Notes-1.0.dmg")
        shelf.reports.wait_for(path)

    [note] = shelf.notes
    assert str(folder) in note
    assert "inotify watch limit reached" in note


if sys.platform == "linux":

    @pytest.fixture
    def anothers_shelf(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
        """Give a folder into which another user writes, of whose files nobody can tell whether they are open."""
        monkeypatch.setattr(writers, "ask_by_lease", lambda _path: None)
        with ExitStack() as stack:
            yield Shelf(folder, stack, poll=False)

    def test_the_closing_of_another_users_copy_is_waited_for(anothers_shelf: Shelf) -> None:
        path = anothers_shelf.drop("Acme-Notes-1.0.dmg")
        anothers_shelf.watch(quiet=0.2, burst=0.3)

        path.unlink()
        with path.open("wb") as file:
            file.write(b"half")
            file.flush()
            early = anothers_shelf.reported_before_a_sentinel()

        assert early == set()
        anothers_shelf.reports.wait_for(path)

    def test_another_users_file_that_is_moved_in_needs_no_waiting(anothers_shelf: Shelf, tmp_path: Path) -> None:
        outside = tmp_path / "Acme-Notes-1.0.dmg"
        outside.write_bytes(b"koly")
        anothers_shelf.watch(quiet=LIMIT)

        path = outside.rename(anothers_shelf.folder / outside.name)

        assert anothers_shelf.reports.wait_for(path) == calls({path})

    def test_a_name_that_is_not_text_is_reported(shelf: Shelf) -> None:
        shelf.watch()

        path = shelf.drop(os.fsdecode(b"Acme-N\xf6tes-1.0.dmg"))

        assert shelf.reports.wait_for(path) == calls({path})
