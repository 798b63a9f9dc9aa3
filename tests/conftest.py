"""What holds for every test, and the builders that several rooms share."""

import io
import plistlib
import random
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from ota_dev.store import FOLDER_VARIABLE

LIMIT = 10  # seconds; far more than anything here takes
_numbers = count()


@pytest.fixture(autouse=True)
def _no_thread_outlives_the_test() -> Iterator[None]:
    """Fail a test that leaves a thread behind, which would keep a user's program from ending."""
    before = set(threading.enumerate())
    yield
    leaked = [thread for thread in threading.enumerate() if thread not in before and not thread.daemon]
    for thread in leaked:
        thread.join(1)  # It may be on its last lines.
    assert [thread.name for thread in leaked if thread.is_alive()] == []


@pytest.fixture(scope="session")
def _caches(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("caches")


@pytest.fixture(autouse=True)
def _own_cache(_caches: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what is remembered between runs away from the user's own, and from the other tests."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(_caches / str(next(_numbers))))


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """Give an empty folder for installers."""
    folder = tmp_path / "dist"
    folder.mkdir()
    return folder


def build_mac_zip(version: str, *, name: str = "Acme Notes", size: int = 0) -> bytes:
    """Build a zip with a Mac app in it, and *size* bytes that do not compress; the same words give the same bytes."""
    info = {
        "CFBundleName": name,
        "CFBundleIdentifier": f"com.example.{name.lower().replace(' ', '-')}",
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
    }
    ballast = random.Random(f"{name} {version} {size}").randbytes(size)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo(f"{name}.app/Contents/Info.plist"), plistlib.dumps(info))
        archive.writestr(zipfile.ZipInfo(f"{name}.app/Contents/MacOS/{name}"), ballast)
    return buffer.getvalue()


@pytest.fixture(scope="session")
def mac_zip() -> Callable[..., bytes]:
    """Build the bytes of an installer: `mac_zip("1.3.0", name="Acme Notes", size=100_000)`."""
    return build_mac_zip


@pytest.fixture(scope="session")
def wait_until() -> Callable[[Callable[[], object]], None]:
    """Wait until a condition holds, and fail when it does not in time."""

    def wait(is_so: Callable[[], object]) -> None:
        deadline = time.monotonic() + LIMIT
        pause = threading.Event()
        while not is_so():
            assert time.monotonic() < deadline, "it did not happen in time"
            pause.wait(0.01)

    return wait
