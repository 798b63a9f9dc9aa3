"""`ota-dev scenario set`: which server it finds, what it says, and its exit codes."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from ota_dev.cli.app import run
from ota_dev.control_client import TOKEN_VARIABLE, Announcement, announced, read_announcements
from ota_dev.dev_server import DevServer, ServerSettings

Start = Callable[[], DevServer]
Set = Callable[..., tuple[int, str, str]]


@pytest.fixture
def start(dist: Path) -> Iterator[Start]:
    """Start a server that announces itself."""
    with ExitStack() as stack:

        def start_one() -> DevServer:
            server = stack.enter_context(DevServer(ServerSettings(folder=dist, port=0)))
            stack.enter_context(announced(server.url, server.token))
            return server

        yield start_one


@pytest.fixture
def set_scenario(capfdbinary: pytest.CaptureFixture[bytes]) -> Set:
    """Run the command; give its exit code, its result and what else it says."""

    def run_command(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            run(["scenario", "set", *arguments])
        out, err = capfdbinary.readouterr()
        return int(ended.value.code or 0), out.decode(), err.decode()

    return run_command


def test_the_only_server_is_found_and_says_what_is_in_force(start: Start, set_scenario: Set) -> None:
    server = start()

    code, result, _ = set_scenario("critical", "phased:interval=2d", "--fault", "latency", "--seed", "4")

    assert code == 0
    assert result == (
        f"in force  {server.url}\nscenario  critical\nscenario  phased:interval=2d\nfault     latency\nseed      4\n"
    )


def test_a_fault_alone_needs_no_scenario(start: Start, set_scenario: Set) -> None:
    server = start()
    set_scenario("critical")

    code, result, _ = set_scenario("--fault", "latency", "--seed", "4")

    assert (code, result) == (0, f"in force  {server.url}\nscenario  normal\nfault     latency\nseed      4\n")


def test_nothing_to_choose_changes_nothing_and_says_how_to_go_back(start: Start, set_scenario: Set) -> None:
    server = start()
    set_scenario("critical")

    code, _, said = set_scenario()

    assert (code, said) == (
        2,
        "ota-dev: there is nothing to choose: give a NAME or --fault NAME, or normal to go back\n",
    )
    assert server.conditions.current


def test_normal_is_back_to_normal(start: Start, set_scenario: Set) -> None:
    server = start()
    set_scenario("critical", "--fault", "latency")

    assert set_scenario("normal") == (0, f"in force  {server.url}\nscenario  normal\n", "")
    assert not server.conditions.current


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nonsense",), "nonsense: there is no such scenario"),
        (("latency",), "it is a fault: use --fault"),
        (("normal", "--fault", "critical"), "critical: there is no such fault"),
        (("wrong-key",), "--sign or --key FILE"),
        (("normal", "--server", "nonsense"), "nonsense is not the address of a server"),
    ],
)
def test_what_cannot_be_used_ends_with_2(
    start: Start, set_scenario: Set, arguments: tuple[str, ...], sentence: str
) -> None:
    server = start()

    code, result, said = set_scenario(*arguments)

    assert (code, result) == (2, "")
    assert sentence in said
    assert not server.conditions.current


def test_without_a_server_it_ends_with_3(set_scenario: Set) -> None:
    assert set_scenario("normal") == (
        *(3, ""),
        "ota-dev: no ota-dev serve is running here: start one, or name another with --server URL\n",
    )


def test_of_several_servers_one_is_to_be_chosen(start: Start, set_scenario: Set) -> None:
    first, second = start(), start()

    code, _, said = set_scenario("critical")
    chosen, _, _ = set_scenario("critical", "--server", f"http://localhost:{second.port}/")

    assert (code, chosen) == (2, 0)
    assert "2 servers are running" in said
    assert first.url in said
    assert second.url in said
    assert (first.conditions.current.names, second.conditions.current.names) == ((), ("critical",))


def test_what_a_killed_server_left_behind_is_removed(start: Start, set_scenario: Set, dist: Path) -> None:
    server = start()
    with DevServer(ServerSettings(folder=dist, port=0)) as killed:
        Announcement(url=killed.url, token=killed.token, pid=1).write()

    assert set_scenario("critical")[0] == 0
    assert [each.url for each in read_announcements()] == [server.url]


def test_a_server_that_nobody_announced_needs_its_token(
    dist: Path, set_scenario: Set, monkeypatch: pytest.MonkeyPatch
) -> None:
    with DevServer(ServerSettings(folder=dist, port=0)) as server:
        without, _, said = set_scenario("critical", "--server", server.url)
        monkeypatch.setenv(TOKEN_VARIABLE, server.token)
        with_token, _, _ = set_scenario("critical", "--server", server.url)

    assert (without, with_token) == (3, 0)
    assert "OTA_DEV_TOKEN" in said


def test_a_wrong_token_is_refused_and_the_announcement_stays(
    start: Start, set_scenario: Set, monkeypatch: pytest.MonkeyPatch
) -> None:
    start()
    monkeypatch.setenv(TOKEN_VARIABLE, "another")

    code, _, said = set_scenario("critical")

    assert code == 3
    assert "refuses the token" in said
    assert len(read_announcements()) == 1
