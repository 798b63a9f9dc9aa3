"""`ota-dev serve` as a real process, and what it says."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

LIMIT = 10  # seconds; far more than anything here takes


class Serving:
    """A process that serves, what it says, and a client for it."""

    def __init__(
        self, arguments: tuple[str, ...], folder: Path, environment: dict[str, str], stdin: int = subprocess.DEVNULL
    ) -> None:
        self.lines: list[str] = []
        self._changed = threading.Condition()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ota_dev", "serve", *arguments],
            cwd=folder,
            env={**os.environ, **environment},
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def wait_for(self, part: str) -> str:
        """Wait until a line is said that holds *part*, and give it."""
        with self._changed:
            said = self._changed.wait_for(lambda: self.said(part) or self.process.poll() is not None, LIMIT)
            assert said, self.lines
            assert self.said(part), self.lines
            return self.said(part)[0]

    def said(self, part: str) -> list[str]:
        return [line for line in self.lines if part in line]

    def url(self) -> str:
        """Wait until it listens, and give its address."""
        self.wait_for("serving   ")
        return self.wait_for("feed      ").split()[1].removesuffix("/appcast.xml")

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.end()

    def end(self) -> int:
        code = self.process.wait(LIMIT)
        self._thread.join(LIMIT)
        return code

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.end()
        for stream in (self.process.stdout, self.process.stderr):
            if stream:
                stream.close()

    def _listen(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            with self._changed:
                self.lines.append(line.decode().rstrip("\n"))
                self._changed.notify_all()
