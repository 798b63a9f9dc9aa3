"""The `ota_server` fixture of pytest: a mock update server for each test that wants one.

    @pytest.mark.ota(dir="dist", scenario="no-update", faults=["slow-3g"])
    def test_an_app_without_an_update_says_so(ota_server): ...

pytest finds it by its entry point. Every pytest run of whoever has ota-dev installed imports this, so it imports the
server only where the fixture is used.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from ota_dev.dev_server import DevServer

__all__ = ["ota_server", "pytest_configure"]

_KEYWORDS = frozenset({"dir", "scenario", "faults", "sign"})
_MARKER = (
    "ota(dir=None, scenario=None, faults=(), sign=False): what `ota_server` serves: a folder, from the root of the "
    "tests (else an empty one, `ota_server.folder`), under a scenario and faults, signed with a new key (`sign=True`), "
    "with that in a file (`sign=FILE`), or not at all."
)


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker."""
    config.addinivalue_line("markers", _MARKER)


@pytest.fixture
def ota_server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> "Iterator[DevServer]":
    """Serve a folder of installers on a free port, until the test is over; `@pytest.mark.ota` says which, and how."""
    said = _said(request.node)
    chosen = said.pop("dir", None)
    folder = request.config.rootpath / chosen if chosen else tmp_path_factory.mktemp("ota-server")
    if not folder.is_dir():
        pytest.fail(f"{folder} is no folder: build the app first, or correct dir= of @pytest.mark.ota", pytrace=False)
    from ota_dev.dev_server import DevServer
    from ota_dev.errors import SigningError, UsageError

    if not isinstance(said.get("sign", False), bool):
        said["sign"] = request.config.rootpath / said["sign"]
    try:
        server = DevServer(folder, **said)
    except (SigningError, UsageError) as error:
        pytest.fail(f"@pytest.mark.ota: {error}", pytrace=False)
    with server:
        yield server


def _said(node: pytest.Item) -> dict[str, Any]:
    """Give what the marks of a test, its class and its module say; the closest one has the last word."""
    marks = list(node.iter_markers("ota"))
    said = {name: value for mark in reversed(marks) for name, value in mark.kwargs.items()}
    if any(mark.args for mark in marks) or not said.keys() <= _KEYWORDS:
        pytest.fail(f"@pytest.mark.ota takes nothing but {', '.join(sorted(_KEYWORDS))}, each by name", pytrace=False)
    return said
