"""The store, whatever happens to its file: where it cannot be used, one that remembers nothing.

One store may be used by several threads of a process, which take turns, and one file by several processes.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from ota_dev.catalog.artifacts import FileIdentity
from ota_dev.operating_system.own_folders import cache_folder
from ota_dev.store.database import delete_database, is_damage, open_database
from ota_dev.store.rows import Row, read_folder, read_value, write_rows

__all__ = ["Store"]

_LONGEST_VALUE = 64 * 1024  # characters

_Result = TypeVar("_Result")


class Store:
    """What was learned about files: by path and by what it is (`sha256`, `facts/3`), for one identity of the file.

    A file that was replaced has another identity, and then nothing is known of it. Only so many rows are kept, and the
    oldest go first.
    """

    def __init__(self, path: Path | None, note: Callable[[str], None], patience: timedelta) -> None:
        self._path = path
        self._note = note
        self._patience = patience
        self._turn = threading.Lock()
        self._is_rebuilt = False
        self._connection = self._connect()

    @classmethod
    def open(
        cls,
        path: Path | None = None,
        *,
        note: Callable[[str], None] = lambda _: None,
        patience: timedelta = timedelta(seconds=2),
    ) -> Self:
        """Open the file at *path*, and make it and its folder if they are missing.

        Without *path* it is in the folder that `OTA_DEV_CACHE_DIR` names, else in the user's cache folder. *note* is
        given one sentence when the store cannot be used, or was damaged and made anew; it is called by the thread that
        meets the trouble, and must not use the store. *patience* is how long to wait for another process's writing.
        """
        return cls(path or _usual_path(), note, patience)

    @classmethod
    def nowhere(cls) -> Self:
        """Give a store that remembers nothing."""
        return cls(None, lambda _: None, timedelta())

    def close(self) -> None:
        """Close the file; from then on nothing is remembered."""
        with self._turn:
            self._disconnect()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def recall(self, path: Path, identity: FileIdentity, what: str) -> str | None:
        """Give what is known of the file at *path* while it has this *identity*, `None` when nothing is."""
        return self._use(lambda connection: read_value(connection, path, identity, what))

    def recall_folder(self, folder: Path, what: str) -> dict[str, tuple[FileIdentity, str]]:
        """Give at once all that is known of the files below *folder*: by path, for which identity, and what."""
        return self._use(lambda connection: read_folder(connection, folder, what)) or {}

    def remember(self, path: Path, identity: FileIdentity, learned: Mapping[str, str]) -> None:
        """Remember values of one file, by what they are; for many files, `remember_all` is faster by far."""
        self.remember_all([(path, identity, learned)])

    def remember_all(self, learned: Iterable[tuple[Path, FileIdentity, Mapping[str, str]]]) -> None:
        """Remember values of several files: all of them, or none."""
        rows = [
            Row(what, path, identity, value)
            for path, identity, values in learned
            for what, value in values.items()
            if len(value) <= _LONGEST_VALUE
        ]
        if rows:
            self._use(lambda connection: write_rows(connection, rows))

    def _use(self, use: Callable[[sqlite3.Connection], _Result]) -> _Result | None:
        with self._turn:
            if self._connection is None:
                return None
            try:
                return use(self._connection)
            except sqlite3.Error as error:
                self._disconnect()
                self._connection = self._recover(error)
                return None

    def _connect(self) -> sqlite3.Connection | None:
        if self._path is None:
            return None
        try:
            return open_database(self._path, self._patience)
        except (sqlite3.Error, OSError) as error:
            return self._recover(error)

    def _recover(self, error: sqlite3.Error | OSError) -> sqlite3.Connection | None:
        """Make a damaged file anew, once; what is damaged again, or is no damage, is left alone and gone on without."""
        if self._path is None or self._is_rebuilt or not is_damage(error):
            self._note(f"{self._path} cannot be used ({error}), so nothing is remembered this time")
            return None
        self._is_rebuilt = True
        self._note(f"{self._path} is damaged ({error}) and is made anew, so every file is read once more")
        try:
            delete_database(self._path)
        except OSError as refusal:
            return self._recover(refusal)
        return self._connect()

    def _disconnect(self) -> None:
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None


def _usual_path() -> Path | None:
    folder = cache_folder()
    return folder / "learned.sqlite3" if folder else None
