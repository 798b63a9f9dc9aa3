"""What holds for every test, and the builders that several rooms share."""

import hashlib
import inspect
import io
import os
import plistlib
import random
import threading
import time
import zipfile
from collections.abc import Callable, Generator, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

from ota_dev.control_client import TOKEN_VARIABLE
from ota_dev.operating_system.own_folders import (
    CACHE_FOLDER_VARIABLE,
    DATA_FOLDER_VARIABLE,
    RUNTIME_FOLDER_VARIABLE,
)
from ota_dev.signing import PRIVATE_KEY_VARIABLE
from tests.kept import kept

LIMIT = 10  # seconds; far more than anything here takes
_numbers = count()


# What packs and judges installers here and does not come with Python; .ci/system-packages installs them all.
TOOLS = frozenset(
    (
        *("7z", "bash", "bzip2", "chromium", "curl", "dpkg-deb", "gzip", "makensis", "minisign", "mksquashfs"),
        *("msiinfo", "nginx", "node", "npm", "openssl", "rpm", "rpmbuild", "sha256sum", "tar", "unsquashfs", "wixl"),
        *("x86_64-w64-mingw32-ld", "x86_64-w64-mingw32-windres", "xorriso", "xz", "zip", "zstd"),
    )
)
IS_CI = "CI" in os.environ
# A machine with much else to do is no reason to fail.
settings.register_profile("ota-dev", deadline=None, derandomize=IS_CI)
settings.load_profile("ota-dev")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """Skip a test whose builders need a tool that is not installed."""
    yield from _skipping_what_lacks_a_tool(item)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Skip a test that needs a tool that is not installed."""
    yield from _skipping_what_lacks_a_tool(item)


def _skipping_what_lacks_a_tool(item: pytest.Item) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        if error.filename in TOOLS and not IS_CI:
            pytest.skip(f"{error.filename} is not installed: .ci/system-packages names what {item.name} needs")
        raise


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Make a skipped test a failure in CI, where everything that tests need is installed."""
    report = yield
    if IS_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped at {call.when}, and CI skips nothing: {report.longrepr}"
    return report


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
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("own")


@pytest.fixture(autouse=True)
def _nothing_of_the_users(_own_folders: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what is remembered, and keys, away from the user's own, and from the other tests."""
    folder = _own_folders / str(next(_numbers))
    monkeypatch.setenv(CACHE_FOLDER_VARIABLE, str(folder / "cache"))
    monkeypatch.setenv(DATA_FOLDER_VARIABLE, str(folder / "data"))
    monkeypatch.setenv(RUNTIME_FOLDER_VARIABLE, str(folder / "runtime"))
    monkeypatch.delenv(TOKEN_VARIABLE, raising=False)
    monkeypatch.delenv(PRIVATE_KEY_VARIABLE, raising=False)


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """Give an empty folder for installers."""
    folder = tmp_path / "dist"
    folder.mkdir()
    return folder


def build_mac_zip(
    version: str, *, name: str = "Acme Notes", size: int = 0, public_key: str = "", build: str = ""
) -> bytes:
    """Build a zip with a Mac app in it, and *size* bytes that do not compress; the same words give the same bytes."""
    info = {
        "CFBundleName": name,
        "CFBundleIdentifier": f"com.example.{name.lower().replace(' ', '-')}",
        "CFBundleShortVersionString": version,
        "CFBundleVersion": build or version,
        **({"SUPublicEDKey": public_key} if public_key else {}),
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
def build(pytestconfig: pytest.Config) -> Callable[..., Path]:
    """Run a recipe, a function from an empty folder and its own arguments to the installer that it makes there.

    What it made is kept between runs, until the recipe, or anything that recipes may use, is changed.
    """
    shelf = pytestconfig.rootpath / ".build" / "installers"
    shared = b"".join(path.read_bytes() for path in sorted((Path(__file__).parent / "installers").glob("[rw]*/*.py")))

    def build_once(recipe: Callable[..., Path], *arguments: object, **options: object) -> Path:
        source = shared + Path(inspect.getfile(recipe)).read_bytes()
        key = hashlib.sha256(source + repr((recipe.__name__, arguments, options)).encode()).hexdigest()[:16]

        def make(folder: Path) -> None:
            recipe(folder, *arguments, **options).rename(folder / "installer")

        return kept(shelf / f"{recipe.__name__}-{key}", make) / "installer"

    return build_once


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
