"""What stands on stdout and stderr, whatever the console makes of characters."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CONSOLES = ["utf-8", "cp1252", "cp437", "ascii"]  # of a terminal on Linux, of two on Windows, and of a bare container


def run(*arguments: str, encoding: str, cwd: Path) -> tuple[bytes, bytes]:
    completed = subprocess.run(
        [sys.executable, "-m", "ota_dev", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONIOENCODING": encoding, "NO_COLOR": "1"},
        capture_output=True,
        check=False,
        timeout=30,
    )
    return completed.stdout, completed.stderr


@pytest.mark.parametrize("encoding", CONSOLES)
def test_a_result_is_the_same_bytes_on_every_console(encoding: str, tmp_path: Path) -> None:
    out, _ = run("compare", "1.0 β", "1.0 更新", "--format", "text", encoding=encoding, cwd=tmp_path)

    assert out.splitlines(keepends=True)[0].endswith("  1.0 β is older than 1.0 更新\n".encode())


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("utf-8", "更新".encode()),
        ("cp1252", rb"\u66f4\u65b0"),
        ("cp437", rb"\u66f4\u65b0"),
        ("ascii", rb"\u66f4\u65b0"),
    ],
    ids=CONSOLES,
)
def test_what_a_console_cannot_show_is_escaped_and_no_error(encoding: str, shown: bytes, tmp_path: Path) -> None:
    _, said = run("hash", "更新.dmg", encoding=encoding, cwd=tmp_path)

    assert said.splitlines() == [b"ota-dev: " + shown + b".dmg does not exist: check its name"]
