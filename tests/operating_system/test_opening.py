"""Opening a file that others replace meanwhile."""

import os
from pathlib import Path

import pytest

from ota_dev.operating_system.opening import open_shared, open_sharing_everything
from tests.operating_system.windows import INVALID_HANDLE, FakeKernel32


def test_a_file_that_is_replaced_while_it_is_open_can_be_read_to_its_end(tmp_path: Path) -> None:
    installer, newer = tmp_path / "Acme.dmg", tmp_path / "newer.dmg"
    installer.write_bytes(b"old")
    newer.write_bytes(b"new")

    with open_shared(installer) as file:
        newer.replace(installer)
        content = file.read()

    assert content == b"old"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes in folders")
def test_a_named_pipe_does_not_hold_whoever_opens_it(tmp_path: Path) -> None:
    pipe = tmp_path / "Acme.dmg"
    os.mkfifo(pipe)

    with open_shared(pipe) as file:
        assert file.fileno() >= 0


def test_windows_is_asked_to_share_reading_writing_and_deleting() -> None:
    kernel32 = FakeKernel32(handle=44)

    descriptor = open_sharing_everything("C:\\Acme.dmg", kernel32, lambda handle: handle + 1, OSError)

    assert descriptor == 45
    assert kernel32.opened == [("C:\\Acme.dmg", (0x80000000, 0x7, None, 3, 0, None))]


def test_a_file_that_windows_does_not_open_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        open_sharing_everything("C:\\Acme.dmg", FakeKernel32(handle=INVALID_HANDLE), int, FileNotFoundError)
