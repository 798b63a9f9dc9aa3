"""Whether some process is still writing a file."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.operating_system import open_for_writing, writers
from tests.operating_system.windows import INVALID_HANDLE, FakeKernel32

WRITER = """
import sys
with open(sys.argv[1], "ab"):
    print("open", flush=True)
    sys.stdin.readline()
print("closed", flush=True)
sys.stdin.readline()
"""
OPEN, CLOSED = (None, None) if sys.platform == "darwin" else (True, False)
SHARING_VIOLATION, ACCESS_DENIED, FILE_NOT_FOUND = 32, 5, 2


@pytest.fixture
def installer(tmp_path: Path) -> Path:
    path = tmp_path / "Acme-Notes-1.0.dmg"
    path.write_bytes(b"koly")
    return path


def test_another_process_that_writes_is_noticed_until_it_closes_the_file(installer: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, installer], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdin is not None
        assert writer.stdout is not None
        writer.stdout.readline()
        while_open = open_for_writing(installer)
        print(file=writer.stdin, flush=True)
        writer.stdout.readline()
        after_closing = open_for_writing(installer)
        writer.stdin.close()

    assert (while_open, after_closing) == (OPEN, CLOSED)


def test_a_writer_in_this_process_is_noticed_too(installer: Path) -> None:
    with installer.open("ab"):
        while_open = open_for_writing(installer)

    assert (while_open, open_for_writing(installer)) == (OPEN, CLOSED)


def test_a_reader_is_not_a_writer(installer: Path) -> None:
    with installer.open("rb"):
        assert open_for_writing(installer) is CLOSED


def test_a_link_is_asked_about_its_target(installer: Path, tmp_path: Path) -> None:
    link = tmp_path / "newest.dmg"
    link.symlink_to(installer)

    with installer.open("ab"):
        assert open_for_writing(link) is OPEN


def test_nobody_can_tell_about_a_file_that_is_gone(installer: Path) -> None:
    installer.unlink()

    assert open_for_writing(installer) is None


def test_nobody_can_tell_about_a_folder(tmp_path: Path) -> None:
    assert open_for_writing(tmp_path) is None


def test_asking_leaves_the_file_free_for_the_next_writer(installer: Path) -> None:
    open_for_writing(installer)

    with installer.open("ab") as file:
        assert file.write(b"!") == 1


if sys.platform == "linux":
    import fcntl

    @pytest.fixture
    def refuse(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
        def refuse_leases(number: int) -> None:
            def fail(_descriptor: int, command: int, _argument: int) -> int:
                if command == fcntl.F_SETLEASE:
                    raise OSError(number, os.strerror(number))
                return 0

            monkeypatch.setattr(fcntl, "fcntl", fail)

        return refuse_leases

    def test_the_file_of_another_user_cannot_be_judged(installer: Path, refuse: Callable[[int], None]) -> None:
        refuse(13)  # EACCES: only the owner gets a lease

        assert open_for_writing(installer) is None

    def test_a_pipe_without_a_writer_is_not_waited_for(tmp_path: Path) -> None:
        pipe = tmp_path / "Acme-Notes.zip"
        os.mkfifo(pipe)

        assert open_for_writing(pipe) is None

    def test_a_refusal_on_a_network_drive_says_nothing(
        installer: Path, refuse: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        refuse(11)  # EAGAIN: a writer, or a server that grants nothing
        monkeypatch.setattr(writers, "is_network_drive", lambda _device: True)

        assert open_for_writing(installer) is None

    @pytest.mark.parametrize(
        ("kind", "is_network"),
        [("nfs4", True), ("nfs", True), ("cifs", True), ("smb3", True), ("ext4", False), ("overlay", False)],
    )
    def test_a_network_drive_is_known_by_its_kind(kind: str, is_network: bool, tmp_path: Path) -> None:
        mounts = tmp_path / "mountinfo"
        mounts.write_text(
            "22 1 254:0 / / rw,relatime - ext4 /dev/root rw\n"
            f"36 22 0:45 / /mnt/builds rw,noatime shared:1 - {kind} builds:/share rw\n"
        )

        assert writers.is_network_drive(os.makedev(0, 45), mounts) is is_network

    def test_a_system_that_lists_no_mounts_has_no_network_drives(tmp_path: Path) -> None:
        assert not writers.is_network_drive(os.makedev(0, 45), tmp_path / "missing")


def test_windows_refuses_to_share_a_file_that_is_being_written(installer: Path) -> None:
    kernel32 = FakeKernel32(handle=INVALID_HANDLE)

    assert writers.ask_by_sharing(installer, kernel32, lambda: SHARING_VIOLATION) is True
    assert kernel32.closed == []


@pytest.mark.parametrize("reason", [ACCESS_DENIED, FILE_NOT_FOUND], ids=["access denied", "file not found"])
def test_any_other_refusal_of_windows_says_nothing(reason: int, installer: Path) -> None:
    assert writers.ask_by_sharing(installer, FakeKernel32(handle=INVALID_HANDLE), lambda: reason) is None


def test_a_file_that_windows_opens_without_other_writers_has_none(installer: Path) -> None:
    kernel32 = FakeKernel32(handle=44)

    assert writers.ask_by_sharing(installer, kernel32, lambda: 0) is False
    assert kernel32.closed == [44]


def test_windows_is_asked_to_deny_writers_and_nobody_else(installer: Path) -> None:
    kernel32 = FakeKernel32(handle=44)

    writers.ask_by_sharing(installer, kernel32, lambda: 0)

    [(path, (access, sharing, _, disposition, _, _))] = kernel32.opened
    assert path == str(installer)
    assert access == 0x80000000  # GENERIC_READ
    assert sharing == 0x1 | 0x4  # FILE_SHARE_READ | FILE_SHARE_DELETE, without FILE_SHARE_WRITE
    assert disposition == 3  # OPEN_EXISTING
