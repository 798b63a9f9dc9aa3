"""The fixture as other people's tests use it, in a pytest of their own."""

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

import ota_dev.dev_server  # noqa: F401 - else each pytest within this one would import it anew
from ota_dev.demo import make_demo_folder
from ota_dev.signing import KeyFormat, PrivateKey, write_private_key

pytest_plugins = ["pytester"]

DOCUMENT = Path(__file__).parents[1] / "docs" / "how-to" / "testing.md"
GET = """
import pytest
from urllib.request import ProxyHandler, build_opener
def get(url):
    with build_opener(ProxyHandler({})).open(url, timeout=10) as answer:
        return answer.read()
"""
RunTests = Callable[[str], pytest.RunResult]


@pytest.fixture
def run_tests(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> RunTests:
    """Run somebody's tests with the plugin, whether ota-dev is installed or not."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")

    def run(tests: str) -> pytest.RunResult:
        pytester.makepyfile(GET + dedent(tests))
        return pytester.runpytest_inprocess("-p", "ota_dev.pytest_plugin", "--strict-markers", "-W", "error")

    return run


def test_every_test_has_a_server_and_an_empty_folder_of_its_own(run_tests: RunTests) -> None:
    result = run_tests(
        """
        seen = []
        @pytest.mark.parametrize("number", [1, 2])
        def test_app(ota_server, number):
            assert list(ota_server.folder.iterdir()) == []
            (ota_server.folder / f"Acme-Notes-{number}.0.0-macos.zip").write_bytes(b"")
            assert get(ota_server.feed_url)
            seen.append((ota_server.port, ota_server.folder))
        def test_all():
            assert len(set(seen)) == 2
    """
    )

    result.assert_outcomes(passed=3)


def test_the_mark_says_what_is_served_and_how(
    run_tests: RunTests, pytester: pytest.Pytester, mac_zip: Callable[..., bytes]
) -> None:
    dist = pytester.mkdir("dist")
    (dist / "Acme-Notes-1.3.0.zip").write_bytes(mac_zip("1.3.0"))

    result = run_tests(
        """
        pytestmark = pytest.mark.ota(dir="dist", scenario="no-update")
        def test_of_the_module(ota_server):
            assert b"<item>" not in get(ota_server.feed_url)
        @pytest.mark.ota(scenario="update-available:version=9.0", faults=["corrupt"], sign=True)
        def test_of_its_own(ota_server):
            assert b"9.0" in get(ota_server.feed_url)
            assert ota_server.public_key
            assert [str(spec) for spec in ota_server.settings.in_force] == ["update-available:version=9.0", "corrupt"]
    """
    )

    result.assert_outcomes(passed=2)


@pytest.mark.parametrize("file", ['"test.key"', 'Path("test.key")'], ids=["text", "path"])
def test_the_key_that_signs_is_looked_for_from_the_root_of_the_tests(
    run_tests: RunTests, pytester: pytest.Pytester, file: str
) -> None:
    key = PrivateKey.generate()
    write_private_key(pytester.path / "test.key", key, KeyFormat.PEM, replace=False)

    result = run_tests(
        f"""
        from pathlib import Path
        @pytest.fixture(autouse=True)
        def elsewhere(tmp_path, monkeypatch):
            monkeypatch.chdir(tmp_path)
        @pytest.mark.ota(sign={file})
        def test_app(ota_server):
            assert ota_server.public_key == {key.public_key.base64!r}
    """
    )

    result.assert_outcomes(passed=1)


MISUSE = {
    'sign="gone.key"': "@pytest.mark.ota: *gone.key*",
    'dir="nowhere"': "nowhere is no folder: build the app first, or correct dir= of @pytest.mark.ota",
    'scenario="no-updates"': "@pytest.mark.ota: no-updates: there is no such scenario or fault, did you mean no-update",
    'scenarios=["no-update"]': "@pytest.mark.ota takes nothing but dir, faults, scenario, sign, each by name",
    '"no-update"': "@pytest.mark.ota takes nothing but dir, faults, scenario, sign, each by name",
}


@pytest.mark.parametrize(("mark", "message"), MISUSE.items(), ids=MISUSE)
def test_a_mark_that_cannot_be_used_is_one_sentence(run_tests: RunTests, mark: str, message: str) -> None:
    result = run_tests(f"@pytest.mark.ota({mark})\ndef test_app(ota_server): pass\n")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([f"*{message.replace('[', '[[]')}*"])
    result.stdout.no_fnmatch_line("*Traceback*")


def opened() -> set[str]:
    """Give the open files and sockets of this process, where the system tells."""
    folder = "/proc/self/fd"
    if not Path(folder).exists():
        return set()
    links = (Path(folder, name) for name in os.listdir(folder))  # noqa: PTH208 - a path would keep the folder open
    return {os.readlink(link) for link in links if link.is_symlink()}  # noqa: PTH115 - sockets are no paths


def test_the_fixture_leaves_nothing_behind(run_tests: RunTests) -> None:
    threads, files = set(threading.enumerate()), opened()

    result = run_tests(
        """
        @pytest.mark.parametrize("number", range(5))
        def test_app(ota_server, number):
            get(ota_server.feed_url)
    """
    )

    result.assert_outcomes(passed=5)
    assert set(threading.enumerate()) == threads
    assert opened() == files


def test_a_pytest_run_that_uses_no_server_imports_none() -> None:
    probe = "import sys, ota_dev.pytest_plugin; print(*(name for name in sys.modules if name.startswith('ota_dev')))"
    loaded = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True, timeout=30)

    assert set(loaded.stdout.split()) == {"ota_dev", "ota_dev.pytest_plugin"}


def test_the_mark_is_listed_by_pytest(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")

    result = pytester.runpytest_inprocess("-p", "ota_dev.pytest_plugin", "--markers")

    result.stdout.fnmatch_lines(["@pytest.mark.ota(dir=None, scenario=None, faults=(), sign=False): *"])


def test_the_worked_example_in_the_manual_runs(pytester: pytest.Pytester, run_tests: RunTests) -> None:
    text = DOCUMENT.read_text("utf-8")
    [example] = re.findall(r"<!-- runs: test_updates.py -->\n```python\n(.*?)```", text, re.DOTALL)
    make_demo_folder(pytester.mkdir("dist"))
    shutil.copytree(DOCUMENT.parents[2] / "examples", pytester.path / "examples")

    result = run_tests(example)

    result.assert_outcomes(passed=4)
