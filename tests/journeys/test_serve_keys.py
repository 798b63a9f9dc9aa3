"""`ota-dev serve` on a terminal, where scenarios are chosen by typing."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import requests

from tests.journeys.serving import LIMIT, Serving

# What a shell does with `ota-dev serve &` on its terminal; the exit code is 99 where the server was suspended.
SHELL = """
import os, subprocess, sys
os.close(os.open(os.ttyname(0), os.O_RDWR))  # The first terminal that the leader of a session opens is the session's.
server = subprocess.Popen([sys.executable, "-m", "ota_dev", "serve", *sys.argv[1:]], process_group=0)
_, status = os.waitpid(server.pid, os.WUNTRACED)
if os.WIFSTOPPED(status):
    server.kill()
    sys.exit(99)
sys.exit(os.waitstatus_to_exitcode(status))
"""


def items(url: str) -> int:
    with requests.Session() as session:
        session.trust_env = False
        return session.get(f"{url}/appcast.xml", timeout=LIMIT).text.count("<item>")


if sys.platform != "win32":

    @pytest.fixture
    def terminal() -> Iterator[tuple[int, int]]:
        """Give the end of a terminal that one types at, and the end that a program reads."""
        ours, theirs = os.openpty()
        yield ours, theirs
        os.close(ours)
        os.close(theirs)

    @pytest.fixture
    def serving(terminal: tuple[int, int], tmp_path: Path, notes: Path) -> Iterator[Serving]:
        assert notes.exists()
        with closing(Serving(("--port", "0"), tmp_path, {}, stdin=terminal[1])) as serving:
            yield serving

    @pytest.fixture
    def type_line(terminal: tuple[int, int]) -> Callable[[str], int]:
        return lambda line: os.write(terminal[0], f"{line}\n".encode())

    def test_a_scenario_is_chosen_taken_back_and_the_server_ended_by_typing(
        serving: Serving, type_line: Callable[[str], int]
    ) -> None:
        url = serving.url()
        assert items(url) == 1

        type_line("s no-update")
        serving.wait_for("scenario no-update")
        assert items(url) == 0

        type_line("n")
        serving.wait_for("all is normal; was: no-update")
        assert items(url) == 1

        type_line("q")
        assert serving.end() == 0
        assert serving.said("  keys      h=help o=open u=urls r=rescan s=scenarios n=normal c=clear q=quit")

    def test_ctrl_c_ends_the_server_while_the_terminal_is_read(
        serving: Serving, type_line: Callable[[str], int]
    ) -> None:
        serving.url()
        type_line("h")
        serving.wait_for("nothing is in force any more")

        assert serving.stop(signal.SIGINT) == 0
        assert not serving.said("Error")

    def test_a_server_in_the_background_of_a_shell_is_not_suspended(terminal: tuple[int, int], tmp_path: Path) -> None:
        until = ("--until-expectation", "must-not-download", "--timeout", "1s")
        shell = subprocess.run(
            [sys.executable, "-c", SHELL, "--port", "0", *until],
            cwd=tmp_path,
            stdin=terminal[1],
            stderr=subprocess.PIPE,
            start_new_session=True,
            timeout=LIMIT,
            check=False,
        )

        assert b"  keys  " in shell.stderr
        assert b"not seen" in shell.stderr
        assert shell.returncode == 1


def test_without_a_terminal_nothing_is_read(serve: Callable[..., Serving]) -> None:
    serving = serve()
    serving.url()

    assert not serving.said("  keys  ")
    assert serving.stop() == 0
