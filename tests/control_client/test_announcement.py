"""What running servers leave for others to find."""

import json
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.control_client import Announcement, announced, is_loopback_url, read_announcements
from ota_dev.operating_system.own_folders import RUNTIME_FOLDER_VARIABLE

TOKEN = "t" * 43
GOOD = {"url": "http://127.0.0.1:8080", "token": TOKEN, "pid": 7}


@pytest.fixture
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of announcements, which is not there yet."""
    monkeypatch.setenv(RUNTIME_FOLDER_VARIABLE, str(tmp_path / "run" / "ota-dev"))
    return tmp_path / "run" / "ota-dev"


def put(runtime: Path, content: bytes, name: str = "server-8080.json") -> Path:
    runtime.mkdir(parents=True, exist_ok=True)
    path = runtime / name
    path.write_bytes(content)
    path.chmod(0o600)
    return path


def test_a_server_is_found_while_it_is_announced(runtime: Path) -> None:
    with announced("http://127.0.0.1:8080", TOKEN):
        found = read_announcements()
        assert [path.name for path in runtime.iterdir()] == ["server-8080.json"]

    assert found == (Announcement(url="http://127.0.0.1:8080", token=TOKEN, pid=os.getpid()),)
    assert read_announcements() == ()
    assert list(runtime.iterdir()) == []


@pytest.mark.usefixtures("runtime")
def test_the_servers_are_given_by_their_addresses() -> None:
    with announced("https://[::1]:8443", TOKEN), announced("http://127.0.0.1:8080", TOKEN):
        assert [each.url for each in read_announcements()] == ["http://127.0.0.1:8080", "https://[::1]:8443"]


def test_a_server_that_is_not_on_loopback_is_not_announced(runtime: Path) -> None:
    with announced("http://192.0.2.1:8080", TOKEN):
        assert not runtime.exists()


@pytest.mark.usefixtures("runtime")
def test_the_end_of_a_server_leaves_the_announcement_of_its_successor() -> None:
    with announced("http://127.0.0.1:8080", TOKEN):
        successor = Announcement(url="http://127.0.0.1:8080", token="s" * 43, pid=8)
        successor.write()

    assert read_announcements() == (successor,)


def test_an_announcement_as_it_should_be_is_read(runtime: Path) -> None:
    put(runtime, json.dumps(GOOD).encode())

    assert read_announcements() == (Announcement(url="http://127.0.0.1:8080", token=TOKEN, pid=7),)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[" * 3000,
        b"[]",
        json.dumps(GOOD).encode() + b" " * 5000,
        json.dumps({**GOOD, "pid": "7"}).encode(),
        json.dumps({**GOOD, "token": "x\r\nHost: evil"}).encode(),
        json.dumps({**GOOD, "url": "http://updates.example.com:8080"}).encode(),
        json.dumps({**GOOD, "url": "http://127.0.0.1:9090"}).encode(),
    ],
    ids=["empty", "no text", "deep", "no object", "too long", "no number", "no token", "elsewhere", "another port"],
)
def test_what_is_no_announcement_is_passed_over(content: bytes, runtime: Path) -> None:
    put(runtime, content)

    assert read_announcements() == ()


@pytest.mark.parametrize(
    ("url", "is_loopback"),
    [
        ("http://127.0.0.1:8080", True),
        ("https://localhost:8443", True),
        ("http://[::1]:1", True),
        ("http://127.0.0.1", False),
        ("http://127.0.0.1:8080/path", False),
        ("http://user@127.0.0.1:8080", False),
        ("http://127.0.0.1:99999", False),
        ("http://192.0.2.1:8080", False),
        ("http://127.0.0.1.example.com:80", False),
        ("file://127.0.0.1:80", False),
        ("http://[::1:80", False),
    ],
)
def test_only_this_machine_is_loopback(url: str, is_loopback: bool) -> None:
    assert is_loopback_url(url) is is_loopback


if sys.platform != "win32":

    def test_only_the_user_can_read_an_announcement(runtime: Path) -> None:
        with announced("http://127.0.0.1:8080", TOKEN):
            [path] = runtime.iterdir()
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
            assert [stat.S_IMODE(folder.stat().st_mode) for folder in (runtime, runtime.parent)] == [0o700, 0o700]

    def test_a_file_that_others_can_use_is_passed_over(runtime: Path) -> None:
        put(runtime, json.dumps(GOOD).encode()).chmod(0o644)

        assert read_announcements() == ()

    def test_a_pipe_is_passed_over_without_waiting(runtime: Path) -> None:
        runtime.mkdir(parents=True)
        os.mkfifo(runtime / "server-8080.json")

        assert read_announcements() == ()

    def test_nothing_is_written_into_a_folder_of_another_user(runtime: Path, disown: Callable[[], None]) -> None:
        runtime.mkdir(parents=True)
        disown()

        with pytest.raises(PermissionError, match="another user"):
            Announcement(url="http://127.0.0.1:8080", token=TOKEN, pid=7).write()

        assert list(runtime.iterdir()) == []

    @pytest.fixture
    def disown(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
        """Give every folder to another user, as far as this process can tell."""
        status = os.stat_result([0o40700, *[1] * 3, 4711, *[0] * 5])
        return lambda: monkeypatch.setattr(Path, "lstat", lambda _: status)
