"""The journal as a file of JSON lines, rotated. Writes that file and its older ones, on a thread of its own.

`logging` does the rotating and the queue; it is used for nothing else here, and no logger of the program is touched.
"""

import json
import logging
from contextlib import suppress
from logging.handlers import QueueHandler, QueueListener, RotatingFileHandler
from pathlib import Path
from queue import Full, Queue
from typing import Self

from ota_dev.errors import ServerError
from ota_dev.journal.exchanges import Exchange, described

__all__ = ["JournalFile"]

LARGEST_FILE = 10_000_000  # bytes
KEPT_FILES = 3  # besides the one that is written
MOST_WAITING = 10_000  # lines; what does not fit is counted, since the server waits for no disk


class _Rotated(RotatingFileHandler):
    """Counts what cannot be written, where `logging` would print a traceback."""

    failed = 0

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802  # logging's signature
        self.failed += 1


class JournalFile:
    """Writes exchanges to a file, one JSON object a line; `with` opens and closes it."""

    def __init__(self, path: Path, largest: int = LARGEST_FILE, kept: int = KEPT_FILES) -> None:
        """Open *path* for appending; beyond *largest* bytes it is renamed, and *kept* older ones stay.

        Raises:
            ServerError: the file cannot be written.
        """
        self._overflowed = 0
        try:
            self._file = _Rotated(path, maxBytes=largest, backupCount=kept, encoding="ascii")
        except OSError as error:
            raise ServerError(f"{path} cannot be written ({error.strerror or error}): check --journal") from error
        self._lines: Queue[logging.LogRecord] = Queue(MOST_WAITING)
        self._listener = QueueListener(self._lines, self._file)
        self._entrance = QueueHandler(self._lines)

    @property
    def dropped(self) -> int:
        """Give how many exchanges are not in the file: they came too fast, or the disk is full."""
        return self._overflowed + self._file.failed

    def __enter__(self) -> Self:
        self._listener.start()
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(Full):  # The disk has hung for long, and the thread that writes is left to itself.
            self._listener.stop()
        self._file.close()

    def record(self, exchange: Exchange) -> None:
        """Write *exchange* soon."""
        # ASCII, with every control character escaped: nothing that a client sends can begin another line.
        line = json.dumps(described(exchange))
        record = logging.LogRecord("ota-dev", logging.INFO, __file__, 0, line, None, None)
        try:
            self._entrance.enqueue(record)
        except Full:
            self._overflowed += 1
