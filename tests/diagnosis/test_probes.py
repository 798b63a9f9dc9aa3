"""What is found out about this machine, and about one that something is wrong with."""

import io
import socket
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

import ota_dev
from ota_dev.control_client import announced
from ota_dev.dev_server import DevServer, ServerSettings
from ota_dev.diagnosis import (
    Fact,
    folders,
    keys,
    port,
    servers,
    surroundings,
    system,
    terminal,
    variables,
    versions,
    watching,
)
from ota_dev.operating_system import own_folders
from ota_dev.signing import PRIVATE_KEY_VARIABLE, personal_test_key

TOKEN = "a-token-of-somebody-else"  # noqa: S105 # nobody's


def found(facts: Iterator[Fact]) -> dict[str, str]:
    return {fact.name: fact.value for fact in facts}


def problems(facts: Iterator[Fact]) -> list[str]:
    return [fact.problem for fact in facts if fact.problem]


@pytest.fixture
def taken() -> Iterator[int]:
    """Give a port that somebody listens on who is no server of ours."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield int(other.getsockname()[1])


def test_everything_that_ota_dev_needs_is_named_with_its_version() -> None:
    facts = found(versions())

    assert facts["ota-dev"] == ota_dev.__version__
    assert sys.executable in facts["Python"]
    assert {"aiohttp", "cryptography", "typer", "watchdog"} <= facts.keys()


def test_a_dependency_that_is_missing_is_a_problem_unless_only_others_need_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(surroundings, "requires", lambda _: ["rich>=13", "tomli; python_version < '3.11'"])
    monkeypatch.setattr(surroundings, "version", missing)

    assert problems(versions()) == ["rich is not installed: install ota-dev anew, with pip"]


def test_a_source_tree_that_is_not_installed_has_no_list_of_dependencies(monkeypatch: pytest.MonkeyPatch) -> None:
    def not_installed(name: str) -> list[str]:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(surroundings, "requires", not_installed)

    assert list(found(versions())) == ["ota-dev", "Python"]


def test_the_system_is_told_with_its_encodings() -> None:
    assert list(found(system())) == ["system", "architecture", "language", "encodings"]


def test_a_stream_that_is_closed_or_no_terminal_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="cp1252"))

    facts = found(terminal({"TERM": "dumb"}))

    assert (facts["stdin"], facts["stdout"], facts["TERM"]) == ("closed", "no terminal, cp1252", "dumb")


def test_variables_are_named_without_their_values() -> None:
    environment = {
        "OTA_DEV_TOKEN": TOKEN,
        "https_proxy": "http://ada:secret@proxy.example",
        "OTA_DEV_KEY": "",
        "A": "1",
    }

    assert found(variables(environment)) == {"set": "OTA_DEV_TOKEN, https_proxy"}


def test_keys_are_said_to_be_there_and_nothing_more() -> None:
    personal_test_key()

    facts = found(keys({PRIVATE_KEY_VARIABLE: "c2VjcmV0"}))

    assert facts == {PRIVATE_KEY_VARIABLE: "set", "test key": "made"}


def test_the_test_key_is_not_made_to_tell_of_it() -> None:
    assert found(keys({}))["test key"] == "not made yet: serve --sign makes it"
    assert found(keys({}))["test key"] == "not made yet: serve --sign makes it"


def test_a_folder_that_is_not_there_yet_is_not_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(own_folders.DATA_FOLDER_VARIABLE, str(tmp_path / "data" / "ota-dev"))
    monkeypatch.setenv(own_folders.CACHE_FOLDER_VARIABLE, str(tmp_path))

    facts = found(folders())

    assert facts["data"] == f"{tmp_path / 'data' / 'ota-dev'}, not there yet, can be made"
    assert facts["cache"] == f"{tmp_path}, writable"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_a_problem_with_its_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(own_folders.CACHE_FOLDER_VARIABLE, str(tmp_path))

    def refuse(dir: Path) -> None:  # the name is the standard library's
        if dir == tmp_path:
            raise PermissionError(13, "Permission denied", str(dir))
        raise FileNotFoundError(2, "No such file or directory", str(dir))

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)

    assert (
        f"the cache folder {tmp_path} cannot be written (Permission denied): name another with OTA_DEV_CACHE_DIR"
        in problems(folders())
    )


def test_a_user_without_a_home_is_told_to_name_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(own_folders.CACHE_FOLDER_VARIABLE)
    monkeypatch.setattr(own_folders, "user_cache_path", lambda *_, **__: Path("~", ".cache"))

    assert problems(folders()) == ["there is no cache folder: name one with OTA_DEV_CACHE_DIR"]


def test_a_new_file_is_told_by_this_system() -> None:
    facts = found(watching(timedelta(seconds=10)))

    assert facts["events come from"]
    assert facts["a new file is told"].startswith("after ")


def test_a_system_that_tells_nothing_is_a_problem() -> None:
    assert problems(watching(timedelta())) == ["no event of a new file came within 0 s: use serve --poll"]


def test_a_free_port_is_free_and_stays_so(taken: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        number = listening.getsockname()[1]

    assert number != taken
    assert found(port(number)) == {f"127.0.0.1:{number}": "free"}
    assert found(port(number)) == {f"127.0.0.1:{number}": "free"}


def test_a_port_that_somebody_else_has_is_a_problem(taken: int) -> None:
    [problem] = problems(port(taken))

    assert problem.startswith(f"port {taken} cannot be used (")
    assert problem.endswith("end who has it, or serve on another with --port")


def test_a_running_server_is_found_and_its_port_is_no_problem(dist: Path) -> None:
    with DevServer(ServerSettings(folder=dist, port=0)) as server, announced(server.url, server.token):
        told, [of_port] = list(servers()), list(port(server.port))

    assert [(fact.name, fact.value.partition(", ")[2]) for fact in told] == [(server.url, "answers")]
    assert (of_port.value, of_port.problem) == ("taken by ota-dev serve", "")
    assert all(server.token not in fact.value for fact in told)


def test_a_server_that_was_killed_is_told_to_be_gone() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        number = listening.getsockname()[1]
    with announced(f"http://127.0.0.1:{number}", TOKEN):
        [fact] = servers()

    assert fact.value.endswith("gone: it was killed")
    assert not fact.problem


def test_no_server_is_said_to_be_none() -> None:
    assert found(servers()) == {"running": "none"}
