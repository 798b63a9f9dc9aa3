"""`ota-dev serve` on a terminal of its own, as people see it."""

import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import requests

from tests.cli.serving.terminal_rows import rows_of
from tests.journeys.serving import LIMIT

PROBLEM = "! 1 problem: Acme-Notes-1.4.0.zip is not on offer"

if sys.platform != "win32":
    import fcntl
    import struct
    import termios

    class Person:
        """Sits at a terminal in which `serve` runs."""

        def __init__(self, folder: Path, *, columns: int = 100, environment: dict[str, str] | None = None) -> None:
            self._ours, theirs = os.openpty()
            fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
            plain = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES", "NO_COLOR"}}
            self.process = subprocess.Popen(
                [sys.executable, "-m", "ota_dev", "serve", "--port", "0"],
                cwd=folder,
                env={**plain, "TERM": "xterm", "LC_ALL": "C.UTF-8", **(environment or {})},
                stdin=theirs,
                stderr=theirs,
            )
            os.close(theirs)
            self.shown = b""

        def see(self, part: str) -> str:
            """Look at the terminal until *part* is there, and give all that it shows."""
            return self._look_until(lambda: part in self.seen)

        def see_no(self, part: str) -> None:
            """Look at the terminal until *part* is gone."""
            self._look_until(lambda: part not in self.seen)

        def _look_until(self, is_so: Callable[[], bool]) -> str:
            deadline = time.monotonic() + LIMIT
            while not is_so():
                ready, _, _ = select.select([self._ours], [], [], max(0, deadline - time.monotonic()))
                assert ready, self.seen
                self.shown += os.read(self._ours, 10_000)
            return self.seen

        @property
        def seen(self) -> str:
            return "\n".join(rows_of(self.shown.decode(errors="replace")))

        def type(self, line: str) -> None:
            os.write(self._ours, f"{line}\n".encode())

        def url(self) -> str:
            self.see("serving   ")
            match = re.search(r"feed +(http\S+)/appcast.xml", self.seen)
            assert match
            return match[1]

        def leave(self) -> None:
            if self.process.poll() is None:
                self.process.terminate()
            with suppress(OSError):
                while data := os.read(self._ours, 10_000):  # Until nobody holds the other end.
                    self.shown += data
            self.process.wait(LIMIT)
            os.close(self._ours)

    @pytest.fixture
    def sit(notes: Path, tmp_path: Path) -> Iterator[Callable[..., Person]]:
        assert notes.exists()
        people: list[Person] = []

        def begin(**options: object) -> Person:
            people.append(Person(tmp_path, **options))  # type: ignore[arg-type]  # as it takes them
            return people[-1]

        yield begin
        for person in people:
            person.leave()

    def ask(url: str, user_agent: str = "Acme Notes/1.2.0 Sparkle/2.9.0") -> None:
        with requests.Session() as session:
            session.trust_env = False
            session.get(f"{url}/appcast.xml", headers={"User-Agent": user_agent}, timeout=LIMIT)

    def test_what_is_wrong_stays_below_the_requests_until_it_is_right(
        sit: Callable[..., Person], tmp_path: Path, mac_zip: Callable[..., bytes]
    ) -> None:
        person = sit()
        url = person.url()
        broken = tmp_path / "dist" / "Acme-Notes-1.4.0.zip"
        broken.write_bytes(b"PK\3\4 short")
        person.see(PROBLEM)

        ask(url)
        seen = person.see("SULastCheckTime\n" + PROBLEM)  # below the hint about Sparkle
        assert re.search(r"GET  /appcast.xml +200 .* offered 1.3.0 to 1.2.0\n", seen)

        person.type("u")
        person.see("> u\n  feed  ")
        broken.write_bytes(mac_zip("1.4.0"))
        person.see("now offers 1.4.0")
        person.see_no(PROBLEM)

        person.type("q")
        assert person.process.wait(LIMIT) == 0

    def test_a_download_stays_below_the_requests_until_it_gets_a_line_of_its_own(sit: Callable[..., Person]) -> None:
        person = sit()
        url = person.url()
        stalled = "    Acme-Notes-1.3.0.zip  "

        with requests.get(f"{url}/with/stall/downloads/Acme-Notes-1.3.0.zip", stream=True, timeout=LIMIT):
            person.see("stalled")
            ask(url)
            seen = person.see("offered 1.3.0 to 1.2.0")
            assert seen.rstrip().splitlines()[-1].startswith(stalled)

        person.see("aborted at")
        person.see_no(stalled)

    def test_a_terminal_in_chinese_is_spoken_to_in_chinese_and_the_log_stays_english(
        sit: Callable[..., Person],
    ) -> None:
        person = sit(environment={"LC_ALL": "zh_CN.UTF-8", "PYTHONUTF8": "1"})
        person.see("  当前提供  ")
        match = re.search(r"更新源 +(http\S+)/appcast.xml", person.seen)
        assert match

        ask(match[1])

        person.see("offered 1.3.0 to 1.2.0")
        person.see("  提示      Sparkle ")

    def test_a_narrow_terminal_gets_two_rows_for_a_request(sit: Callable[..., Person]) -> None:
        person = sit(columns=60)

        ask(person.url())

        seen = person.see("offered 1.3.0 to 1.2.0")
        assert re.search(r"\d  Acme Notes 1.2.0  GET  /appcast.xml +200\n {10}\S+ k?B +\d+ ms  offered", seen)

    @pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"OTA_DEV_COLOR": "never"}, {"TERM": "dumb"}])
    def test_colour_can_be_refused(sit: Callable[..., Person], environment: dict[str, str]) -> None:
        person = sit(environment=environment)

        ask(person.url())

        person.see("offered 1.3.0 to 1.2.0")
        assert b"\x1b[" not in person.shown

    @pytest.mark.parametrize("encoding", ["cp1252", "cp936"])
    def test_an_old_code_page_is_no_obstacle(sit: Callable[..., Person], tmp_path: Path, encoding: str) -> None:
        person = sit(environment={"PYTHONIOENCODING": encoding})
        url = person.url()

        (tmp_path / "dist" / "笔记🎉.zip").write_bytes(b"PK\3\4 short")
        person.see(r"\U0001f389.zip is not on offer")
        ask(url)

        person.see("offered 1.3.0 to 1.2.0")
        assert person.process.poll() is None

    def test_a_browser_is_opened_by_a_key(sit: Callable[..., Person], tmp_path: Path) -> None:
        opened = tmp_path / "opened"
        browser = tmp_path / "browser"
        browser.write_text(f'#!/bin/sh\necho "$1" > "{opened}"\n')
        browser.chmod(0o755)
        person = sit(environment={"BROWSER": f"{browser} %s"})
        url = person.url()

        person.type("o")

        person.see("the dashboard opens in a browser")
        assert opened.read_text().startswith(f"{url}/?token=")
