"""Colour is added to the lines of `serve`; their words stay the same."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ota_dev.cli.console import say
from ota_dev.cli.serving.colors import Color, say_in_color

REQUEST = "12:04:05  Acme Notes 1.2.0      GET  /appcast.xml              {}    2.4 kB     2 ms"
LINES = [
    "ota-dev 0.1.0, a mock update server: for development and testing, not for production",
    "  feed      http://127.0.0.1:8080/appcast.xml",
    "  更新源    http://127.0.0.1:8080/appcast.xml",
    "            and when you are done: defaults delete BUNDLE-ID SUFeedURL",
    "  skipped   a [bold]b[/bold] :smile: 200.zip: it is cut short",
    "+ Acme-Notes-1.3.0.dmg -> /appcast.xml now offers 1.3.0",
    "! a.zip is not on offer: it is cut short",
    REQUEST.format(200) + "  offered 1.3.0 to 1.2.0",
    REQUEST.format(404) + "  " + "very long " * 100,
]
CODES = {"green": "32", "red": "31", "yellow": "33", "cyan": "36", "bold": "1"}


def in_color(line: str, capsys: pytest.CaptureFixture[str]) -> str:
    say_in_color(Color.ALWAYS)(line)
    return capsys.readouterr().err


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[:20])
def test_the_words_stay_the_same_on_one_line(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    shown = in_color(line, capsys)

    assert re.sub(r"\x1b\[[\d;]*m", "", shown) == f"{line}\n"


@pytest.mark.parametrize(
    ("line", "color", "part"),
    [
        (REQUEST.format(200), "green", "200"),
        (REQUEST.format(304), "cyan", "304"),
        (REQUEST.format(404), "red", "404"),
        (REQUEST.format(503), "red", "503"),
        (f"{REQUEST.format(200)}  aborted at 41%", "red", "aborted at 41%"),
        ("+ a.zip, - b.zip -> /appcast.xml now offers 1.0", "green", "+ a.zip, - b.zip"),
        ("! something", "yellow", "! something"),
        ("  skipped   a.zip: why", "yellow", "skipped"),
        ("  serving   1 installer", "cyan", "serving"),
        ("  已跳过    a.zip: why", "yellow", "已跳过"),
        ("  更新源    http://127.0.0.1:8080/appcast.xml", "cyan", "更新源"),
        ("ota-dev 0.1.0，模拟更新服务器", "bold", "ota-dev 0.1.0"),
    ],
    ids=lambda value: value[-24:],
)
def test_what_matters_stands_out(line: str, color: str, part: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert f"\x1b[{CODES[color]}m{part}\x1b[" in in_color(line, capsys)


@pytest.mark.parametrize(
    ("color", "is_terminal", "environment", "is_colored"),
    [
        (Color.AUTO, True, {}, True),
        (Color.AUTO, False, {}, False),
        (Color.AUTO, True, {"NO_COLOR": "1"}, False),
        (Color.AUTO, True, {"TERM": "dumb"}, False),
        (Color.NEVER, True, {}, False),
        (Color.ALWAYS, False, {"NO_COLOR": "1"}, True),
    ],
    ids=["terminal", "file", "NO_COLOR", "dumb terminal", "never", "always"],
)
def test_colour_is_used(
    monkeypatch: pytest.MonkeyPatch, color: Color, is_terminal: bool, environment: dict[str, str], is_colored: bool
) -> None:
    for name, value in {"NO_COLOR": "", "TERM": "xterm", **environment}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: is_terminal)

    assert (say_in_color(color) is not say) == is_colored


if sys.platform != "win32":

    def test_a_terminal_is_recognised(tmp_path: Path) -> None:
        ours, theirs = os.openpty()
        environment = {**os.environ, "TERM": "xterm", "NO_COLOR": ""}
        command = [sys.executable, "-m", "ota_dev", "serve", "--port", "0"]
        with (
            os.fdopen(ours, "rb", buffering=0) as terminal,
            subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=theirs) as process,
        ):
            os.close(theirs)
            shown = b""
            while b"serving" not in shown:
                shown += terminal.read(1000)
            process.terminate()
            assert process.wait(10) == 0

        assert b"\x1b[1mota-dev" in shown
