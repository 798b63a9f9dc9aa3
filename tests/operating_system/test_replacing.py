"""The one atomic writer."""

import os
import stat
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from ota_dev.operating_system import replace_atomically, replacing

OLD, NEW = b"<rss>old</rss>\n", b"<rss>new</rss>\n"


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    path = tmp_path / "appcast.xml"
    path.write_bytes(OLD)
    return path


class Refusing:
    """Refuses to replace a file for a while, as Windows does while someone reads it."""

    def __init__(self, times: int) -> None:
        self.times = times

    def __call__(self, source: Path, target: Path) -> None:
        self.times -= 1
        if self.times >= 0:
            raise PermissionError(13, "The process cannot access the file", str(target))
        source.replace(target)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def permissions(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_content_is_replaced(feed: Path) -> None:
    replace_atomically(feed, NEW)

    assert feed.read_bytes() == NEW


def test_a_file_that_was_not_there_is_made_and_stands_alone(tmp_path: Path) -> None:
    replace_atomically(tmp_path / "appcast.xml", NEW)

    assert (tmp_path / "appcast.xml").read_bytes() == NEW
    assert names(tmp_path) == ["appcast.xml"]


def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "ordinary").touch()

    replace_atomically(tmp_path / "appcast.xml", NEW)

    assert permissions(tmp_path / "appcast.xml") == permissions(tmp_path / "ordinary")


def test_an_existing_file_keeps_its_permissions(feed: Path) -> None:
    feed.chmod(0o640)
    before = permissions(feed)

    replace_atomically(feed, NEW)

    assert permissions(feed) == before


def test_someone_who_has_the_old_file_open_reads_it_to_its_end(feed: Path) -> None:
    with feed.open("rb") as reader:
        replacing_thread = threading.Thread(target=replace_atomically, args=(feed, NEW))
        replacing_thread.start()
        content = reader.read()
    replacing_thread.join()

    assert content == OLD
    assert feed.read_bytes() == NEW


def test_a_link_stays_and_its_target_is_replaced(feed: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "public"
    elsewhere.mkdir()
    link = elsewhere / "appcast.xml"
    link.symlink_to(feed)

    replace_atomically(link, NEW)

    assert link.is_symlink()
    assert feed.read_bytes() == NEW
    assert names(elsewhere) == ["appcast.xml"]


def test_a_link_to_nowhere_makes_its_target(tmp_path: Path) -> None:
    link = tmp_path / "appcast.xml"
    link.symlink_to(tmp_path / "real.xml")

    replace_atomically(link, NEW)

    assert (tmp_path / "real.xml").read_bytes() == NEW


@pytest.mark.parametrize(
    ("step", "owner"),
    [("fsync", os), ("replace_patiently", replacing)],
    ids=["the disk is full", "the file cannot be replaced"],
)
def test_a_failure_leaves_the_old_file_and_nothing_beside_it(
    step: str, owner: object, feed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(owner, step, fail)

    with pytest.raises(OSError, match="No space left"):
        replace_atomically(feed, NEW)
    assert feed.read_bytes() == OLD
    assert names(feed.parent) == ["appcast.xml"]


def test_the_file_being_written_has_a_name_that_nobody_takes_for_a_finished_file(
    feed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources: list[Path] = []
    monkeypatch.setattr(replacing, "replace_patiently", lambda source, _target: sources.append(source))

    replace_atomically(feed, NEW)

    [source] = sources
    assert source.parent == feed.parent
    assert source.name.startswith(".")
    assert source.name.endswith(".part")
    assert source.read_bytes() == NEW


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        replace_atomically(tmp_path, NEW)


def test_a_missing_folder_is_the_callers_business(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        replace_atomically(tmp_path / "missing" / "appcast.xml", NEW)


if sys.platform != "win32":

    def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
        pipe = tmp_path / "appcast.xml"
        os.mkfifo(pipe)
        reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

        replace_atomically(pipe, NEW)
        received = os.read(reader, 100)
        os.close(reader)

        assert received == NEW
        assert pipe.is_fifo()


def test_a_refusal_is_waited_out(feed: Path, tmp_path: Path) -> None:
    source = tmp_path / ".new.part"
    source.write_bytes(NEW)

    replacing.replace_patiently(source, feed, patience=timedelta(seconds=10), replace=Refusing(times=3))

    assert feed.read_bytes() == NEW


def test_a_refusal_that_lasts_is_told(feed: Path, tmp_path: Path) -> None:
    with pytest.raises(PermissionError):
        replacing.replace_patiently(
            tmp_path / ".new.part", feed, patience=timedelta(milliseconds=30), replace=Refusing(times=1_000_000)
        )


@pytest.fixture
def installer(tmp_path: Path) -> Path:
    path = tmp_path / "dist.dmg"
    path.write_bytes(NEW)
    os.utime(path, ns=(1, 1_700_000_000_000_000_000))
    return path


def refuse_links(*_: object) -> None:
    raise OSError(1, "Operation not permitted")


@pytest.mark.parametrize("can_link", [True, False], ids=["linked", "copied"])
def test_a_file_takes_the_content_of_another_in_one_step(
    feed: Path, installer: Path, can_link: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not can_link:
        monkeypatch.setattr(Path, "hardlink_to", refuse_links)

    with feed.open("rb") as reader:
        is_link = replacing.link_or_copy(installer, feed)
        assert reader.read() == OLD

    assert is_link == feed.samefile(installer) == can_link
    assert feed.read_bytes() == NEW
    assert feed.stat().st_mtime_ns == installer.stat().st_mtime_ns
    assert names(feed.parent) == [feed.name, installer.name]


def test_a_file_that_is_linked_already_leaves_nothing_beside_it(tmp_path: Path, installer: Path) -> None:
    assert replacing.link_or_copy(installer, tmp_path / "site.dmg")
    assert replacing.link_or_copy(installer, tmp_path / "site.dmg")

    assert names(tmp_path) == [installer.name, "site.dmg"]


def test_behind_a_symbolic_link_the_file_itself_is_linked(tmp_path: Path, installer: Path) -> None:
    (tmp_path / "latest.dmg").symlink_to(installer)

    replacing.link_or_copy(tmp_path / "latest.dmg", tmp_path / "site.dmg")

    assert not (tmp_path / "site.dmg").is_symlink()
    assert (tmp_path / "site.dmg").samefile(installer)


def test_a_copy_that_fails_leaves_what_was_there(feed: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        replacing.link_or_copy(tmp_path / "gone.dmg", feed)

    assert feed.read_bytes() == OLD
    assert names(tmp_path) == [feed.name]
