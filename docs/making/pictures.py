"""Takes the pictures in docs/pictures from the demo as it really is: `python -m docs.making.pictures`, in a checkout.

Needs Chromium and what the tests need. Writes only these pictures.
"""

import io
import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, ViewportSize
from rich.console import Console
from rich.text import Text

from tests.browser.chromium import chromium

FOLDER = Path(__file__).parents[1] / "pictures"
PORT = 8080  # what a reader will see, too
COLUMNS = 116
PATIENCE = 30.0  # seconds
SCREEN = ViewportSize(width=1280, height=600)

NEW, OLD = "Acme Notes/1.3.0 Sparkle/2.9.0", "Acme Notes/1.2.0 Sparkle/2.9.0"
REQUESTS = (
    (NEW, "/appcast.xml"),
    ("Acme Notes/1.2.0 WinSparkle/0.9.3", "/appcast.xml"),
    (OLD, "/with/status:code=503/appcast.xml"),
    (OLD, "/with/truncate/downloads/Acme-Notes-1.3.0-macos.zip"),
    (OLD, "/appcast.xml"),
    (OLD, "/downloads/Acme-Notes-1.3.0-macos.zip"),
)
IN_FORCE = "critical"
UNDER_WAY = "/with/stall/downloads/Acme-Notes-1.3.0-macos.zip"
OPENED = 4  # the number of the request that is shown: the transfer that was cut


def take_pictures(folder: Path, port: int = PORT) -> None:
    """Write every picture into *folder*."""
    folder.mkdir(exist_ok=True)
    with _demo(port) as (said, address):
        for agent, target in REQUESTS:
            _ask(_on_server(address, target), agent)
        _put_in_force(address)
        _ask(_on_server(address, "/appcast.xml"), OLD)
        with _under_way(address), chromium() as browser:
            for scheme in ("light", "dark"):
                page = browser.new_page(viewport=SCREEN, color_scheme=scheme, locale="en-GB", reduced_motion="reduce")
                page.goto(address)
                (folder / f"dashboard-{scheme}.png").write_bytes(_picture(page))
                page.goto(_on_server(address, f"/#request/{OPENED}"))
                page.locator("#request-title").wait_for()
                (folder / f"request-{scheme}.png").write_bytes(_picture(page))
        (folder / "terminal.svg").write_text(_terminal(said.read_text("utf-8")), "utf-8")


@contextmanager
def _demo(port: int) -> Iterator[tuple[Path, str]]:
    """Serve the demo, and give the file with what it says and the address that it prints."""
    command = [sys.executable, "-m", "ota_dev", "serve", "--demo", "--no-cache", "--color", "always", f"--port={port}"]
    with TemporaryDirectory() as folder:
        said = Path(folder, "said")
        with said.open("wb") as file:
            environment = {**os.environ, "COLUMNS": str(COLUMNS)}
            process = subprocess.Popen(command, stderr=file, stdin=subprocess.DEVNULL, env=environment)
        try:
            yield said, _printed_address(process, said)
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _printed_address(process: subprocess.Popen[bytes], said: Path) -> str:
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        text = said.read_text("utf-8", "replace")
        if "4 installers" in text and (match := re.search(r"http://\S+\?token=[\w-]+", text)):
            return match[0]
        time.sleep(0.05)
    raise RuntimeError(f"the demo did not start: {said.read_text('utf-8', 'replace')}")


def _ask(url: str, agent: str) -> None:
    request = urllib.request.Request(url, headers={"User-Agent": agent})  # noqa: S310 - of the demo
    with suppress(OSError, HTTPException), urllib.request.urlopen(request) as response:  # noqa: S310
        response.read()


def _on_server(address: str, target: str) -> str:
    return f"{address.partition('?')[0].rstrip('/')}{target}"


def _put_in_force(address: str) -> None:
    """Choose the scenario, as the dashboard does."""
    headers = {"Authorization": f"Bearer {address.rpartition('=')[2]}", "Content-Type": "application/json"}
    content = json.dumps({"scenarios": [IN_FORCE]}).encode()
    request = urllib.request.Request(_on_server(address, "/_ota/api/v1/scenario"), content, headers)  # noqa: S310
    with urllib.request.urlopen(request) as response:  # noqa: S310
        response.read()


@contextmanager
def _under_way(address: str) -> Iterator[None]:
    """Keep a download stalled, and wait until it is."""
    request = urllib.request.Request(_on_server(address, UNDER_WAY), headers={"User-Agent": OLD})  # noqa: S310
    with urllib.request.urlopen(request) as response:  # noqa: S310
        response.read(1)
        yield


def _picture(page: Page) -> bytes:
    page.locator('#connection[data-state="live"]').wait_for()
    page.locator(".moving .stalled").wait_for(state="attached")
    return page.screenshot()


def _terminal(said: str) -> str:
    """Draw what was said, without the token and without fonts from elsewhere."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(re.sub(r"token=[\w-]+", "token=…", said).rstrip()))
    drawn = console.export_svg(title="ota-dev serve --demo", unique_id="terminal")
    return re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)


if __name__ == "__main__":
    take_pictures(FOLDER)
