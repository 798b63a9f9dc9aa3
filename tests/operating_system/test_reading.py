"""Reading from memory only, or waiting for the disk."""

import errno
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ota_dev.operating_system import read_at, read_cached, reading

CONTENT = bytes(range(256)) * 1024
Reader = Callable[[int, int, int], bytes | None]
READERS = [
    pytest.param(read_at, id="read_at"),
    pytest.param(reading.seek_and_read, id="seek_and_read"),
    pytest.param(read_cached, id="read_cached"),
]


@pytest.fixture
def fd(tmp_path: Path) -> Iterator[int]:
    path = tmp_path / "Acme-Notes-1.0.dmg"
    path.write_bytes(CONTENT)  # so that it is in memory
    descriptor = os.open(path, os.O_RDONLY)
    yield descriptor
    os.close(descriptor)


class RefusingSystem:
    """Stands in for `os` on a system where the call fails."""

    def __init__(self, number: int) -> None:
        self.number = number

    def preadv(self, *_: object) -> int:
        raise OSError(self.number, os.strerror(self.number))


@pytest.mark.parametrize("read", READERS)
def test_the_bytes_at_the_offset_are_given(read: Reader, fd: int) -> None:
    assert read(fd, 1000, 4000) == CONTENT[4000:5000]


@pytest.mark.parametrize("read", READERS)
def test_a_read_that_crosses_the_end_gives_what_is_there(read: Reader, fd: int) -> None:
    assert read(fd, 1000, len(CONTENT) - 10) == CONTENT[-10:]


@pytest.mark.parametrize("read", READERS)
def test_a_read_at_the_end_gives_nothing(read: Reader, fd: int) -> None:
    assert read(fd, 1000, len(CONTENT)) == b""


def test_a_later_read_leaves_the_bytes_of_an_earlier_one_alone(fd: int) -> None:
    first = read_cached(fd, 1000, 0)
    read_cached(fd, 1000, 1001)

    assert first == CONTENT[:1000]


def test_a_small_read_after_a_large_one_gives_only_what_was_asked_for(fd: int) -> None:
    read_cached(fd, len(CONTENT), 0)

    assert read_cached(fd, 7, 3) == CONTENT[3:10]


@pytest.mark.parametrize("number", [errno.EAGAIN, errno.EOPNOTSUPP, errno.ENOSYS], ids=errno.errorcode.get)
def test_bytes_that_are_not_in_memory_are_not_waited_for(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "os", RefusingSystem(number))

    assert read_cached(0, 10, 0) is None


def test_a_disk_error_is_not_mistaken_for_bytes_that_are_not_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "os", RefusingSystem(errno.EIO))

    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        read_cached(0, 10, 0)


def test_a_system_without_such_a_call_cannot_tell(fd: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_NO_WAITING", None)

    assert read_cached(fd, 10, 0) is None


def test_threads_that_seek_in_one_file_do_not_disturb_each_other(fd: int) -> None:
    wrong: list[int] = []

    def read_often(offset: int) -> None:
        expected = CONTENT[offset : offset + 100]
        wrong.extend(offset for _ in range(300) if reading.seek_and_read(fd, 100, offset) != expected)

    threads = [threading.Thread(target=read_often, args=(offset,)) for offset in (0, 7, 1013, 99_991)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not wrong
