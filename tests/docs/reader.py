"""A reader who tries what a page shows, from top to bottom, in a folder with the installers of Acme Notes.

The port 8080 of the pages is that of a server on a free port; nothing else than loopback is reached.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.request import ProxyHandler, Request, build_opener

from docs.making.blocks import Block
from tests.journeys.serving import Serving

LIMIT = 300  # seconds; far more than any block takes, even one that packs an app
SHOWN_SERVER = "http://127.0.0.1:8080"
SHOWN_SITE = "https://updates.example.com"
PYTEST = ("-m", "pytest", "-q", "--strict-markers", "-p", "no:cacheprovider", "-p", "ota_dev.pytest_plugin")
COMMANDS = {
    "ota-dev": Path(__file__).with_name("ota_dev_for_readers.py"),
    "python": "",
    "pytest": " ".join(PYTEST),
    "pyinstaller": Path(__file__).with_name("pyinstaller_for_readers.py"),
}
NOWHERE = "http://127.0.0.1:9"


class Reader:
    """Runs blocks in a folder, and checks what they print where the page shows it."""

    def __init__(self, folder: Path, served: tuple[str, ...] = ()) -> None:
        """Go to *folder*, where `ota-dev serve` runs with the options *served* once a block speaks of its address."""
        self.folder = folder
        self._served = served
        self._server: Serving | None = None
        self._commands = folder / "commands"
        self._commands.mkdir()
        for name, script in COMMANDS.items():
            command = self._commands / name
            command.write_text(f'#!/bin/sh\nexec "{sys.executable}" {script} "$@"\n')
            command.chmod(0o755)

    def close(self) -> None:
        if self._server:
            self._server.close()

    def follow(self, block: Block) -> None:
        if block.file:
            file = self.folder / block.file
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, "utf-8")
            return
        match block.language:
            case "sh":
                self._run(["bash", "-euo", "pipefail", "-c", self._local(block.text)])
            case "console":
                for command, shown in sessions(self._local(block.text)):
                    # What a page shows of a failure is what it is about.
                    printed = self._run(["bash", "-c", command], may_fail=bool(shown.strip()))
                    assert re.fullmatch(pattern(shown), without_keys(printed.strip())), printed
            case "python" if "def test_" in block.text:
                (self.folder / "test_page.py").write_text(self._local(block.text), "utf-8")
                self._run([sys.executable, *PYTEST, "test_page.py"])
            case "python":
                self._run([sys.executable, "-c", self._local(block.text)])

    def _run(self, command: list[str], *, may_fail: bool = False) -> str:
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self._environment(command[-1]),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=LIMIT,
            check=False,
            text=True,
            encoding="utf-8",
        )
        assert may_fail or done.returncode == 0, f"{command[-1]}\n{done.stdout}"
        return done.stdout

    def _environment(self, text: str) -> Mapping[str, str]:
        asked = self._ready() if "CONTROL" in text or "scenario set" in text else {}
        return {
            **os.environ,
            "PATH": os.pathsep.join([str(self._commands), os.environ["PATH"]]),
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), str(self.folder)]),
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # so that it is the same whether ota-dev is installed or not
            "CONTROL": asked.get("control", ""),
            "TOKEN": asked.get("token", ""),
            "no_proxy": "127.0.0.1",
            **dict.fromkeys(("http_proxy", "https_proxy"), NOWHERE),
        }

    def _local(self, text: str) -> str:
        """Give *text* with the addresses of a server that is there."""
        for shown in (SHOWN_SERVER, SHOWN_SITE):
            if re.search(rf"(curl|check|lint|--update) .*{re.escape(shown)}", text):
                text = text.replace(shown, self._ready()["url"])
        return text

    def _ready(self) -> dict[str, str]:
        """Give what the server that the page speaks of says once it listens; start it where it does not run."""
        options = ("--port", "0", "--log-format", "json", *self._served)
        self._server = self._server or Serving(options, self.folder, {})
        self._server.wait_for('"published"')
        ready: dict[str, str] = json.loads(self._server.wait_for('"ready"'))
        self._put_on_offer(ready)
        return ready

    def _put_on_offer(self, ready: Mapping[str, str]) -> None:
        """Have what a block has just built on offer, as it is by the time that a reader comes to the next one."""
        token = {"Authorization": f"Bearer {ready['token']}", "Content-Type": "application/json"}
        request = Request(f"{ready['control']}rescan", b"{}", token)  # noqa: S310 - loopback
        with build_opener(ProxyHandler({})).open(request, timeout=LIMIT) as answer:
            answer.read()


def sessions(text: str) -> list[tuple[str, str]]:
    """Split what a terminal showed into commands, and what each printed."""
    return [(command, shown) for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n?)*)", text, re.MULTILINE)]


def pattern(shown: str) -> str:
    """Give the pattern of what was shown, in which an ellipsis stands for anything; nothing shown is anything."""
    text = re.escape(without_keys(shown.strip()))
    return re.sub(r"…|\\\.\\\.\\\.", "(?s:.*)", text) if text else "(?s:.*)"


def without_keys(text: str) -> str:
    """Give *text* with the same word for every key and signature, which is another each time, shortened or not."""
    return re.sub(r"[A-Za-z0-9+/]{40,}={0,2}|[A-Za-z0-9+/]{8,}…[A-Za-z0-9+/]+={0,2}", "KEY", text)
