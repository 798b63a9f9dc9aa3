"""What was learned about files, remembered between runs: digests, facts, signatures. Reads and writes one SQLite file.

A memory is worth only the time it saves, so nothing that happens to the file is ever fatal. Where it cannot be used,
one sentence goes to the *note* callback, and the store goes on as one that remembers nothing.

One store may be used by several threads of a process, which take turns, and one file by several processes.
"""

import os
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

__all__ = ["Store"]

_SCHEMA_VERSION = 1
_SCHEMA = """
CREATE TABLE learned (
    number   INTEGER PRIMARY KEY,  -- grows with every row that is written
    what     TEXT NOT NULL,
    path     BLOB NOT NULL,        -- neither names nor what installers say need be valid Unicode
    identity TEXT NOT NULL,        -- inode numbers may be larger than SQLite's integers
    value    BLOB NOT NULL,
    UNIQUE (what, path)
)
"""
_RECALL = "SELECT identity, value FROM learned WHERE what = ? AND path = ?"
_RECALL_FOLDER = "SELECT path, identity, value FROM learned WHERE what = ? AND path > ? AND path < ?"
_REMEMBER = "INSERT OR REPLACE INTO learned (what, path, identity, value) VALUES (?, ?, ?, ?)"
_FORGET = "DELETE FROM learned WHERE number <= (SELECT max(number) FROM learned) - ?"

_MOST_ROWS = 100_000
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
        row = self._use(lambda connection: connection.execute(_RECALL, (what, _key(path))).fetchone())
        return _decode(row[1]) if row and row[0] == _text(identity) else None

    def recall_folder(self, folder: Path, what: str) -> dict[str, tuple[FileIdentity, str]]:
        """Give at once all that is known of the files below *folder*: by path, for which identity, and what."""
        return self._use(lambda connection: _read_folder(connection, folder, what)) or {}

    def remember(self, path: Path, identity: FileIdentity, learned: Mapping[str, str]) -> None:
        """Remember values of one file, by what they are; for many files, `remember_all` is faster by far."""
        self.remember_all([(path, identity, learned)])

    def remember_all(self, learned: Iterable[tuple[Path, FileIdentity, Mapping[str, str]]]) -> None:
        """Remember values of several files: all of them, or none."""
        rows = [
            (what, _key(path), _text(identity), _encode(value))
            for path, identity, values in learned
            for what, value in values.items()
            if len(value) <= _LONGEST_VALUE
        ]
        if rows:
            self._use(lambda connection: _write(connection, rows))

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
            return _open_database(self._path, self._patience)
        except (sqlite3.Error, OSError) as error:
            return self._recover(error)

    def _recover(self, error: sqlite3.Error | OSError) -> sqlite3.Connection | None:
        """Make a damaged file anew, once; what is damaged again, or is no damage, is left alone and gone on without."""
        if self._path is None or self._is_rebuilt or not _is_damage(error):
            self._note(f"{self._path} cannot be used ({error}), so nothing is remembered this time")
            return None
        self._is_rebuilt = True
        self._note(f"{self._path} is damaged ({error}) and is made anew, so every file is read once more")
        try:
            _delete_database(self._path)
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


def _open_database(path: Path, patience: timedelta) -> sqlite3.Connection:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    connection = sqlite3.connect(path, timeout=patience.total_seconds(), isolation_level=None, check_same_thread=False)
    try:
        _prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    # Readers and a writer do not wait for each other, and a write needs no flush to the disk. Two processes that make
    # this change to a new file at once get in each other's way; it is kept in the file, so one of them is enough.
    with suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    if _schema_version(connection) != _SCHEMA_VERSION:
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            _make_table(connection)


def _make_table(connection: sqlite3.Connection) -> None:
    version = _schema_version(connection)  # another process may have been faster
    if version > _SCHEMA_VERSION:
        raise sqlite3.DatabaseError("a newer ota-dev wrote it")
    if version < _SCHEMA_VERSION:
        connection.execute("DROP TABLE IF EXISTS learned")
        connection.execute(_SCHEMA)
        connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")


def _schema_version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def _delete_database(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


_DAMAGE = {
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_ERROR,  # the statements are right, so the table has other columns
}


def _is_damage(error: sqlite3.Error | OSError) -> bool:
    code: int | None = getattr(error, "sqlite_errorcode", None)  # what Python itself raises has none
    return code is not None and code & 0xFF in _DAMAGE  # the higher bits only refine it


def _read_folder(connection: sqlite3.Connection, folder: Path, what: str) -> dict[str, tuple[FileIdentity, str]]:
    start = str(folder / "_")[:-1]  # what all paths below it begin with: nothing, where it is "."
    first, last = _keys_below(folder)
    # Row by row, since thousands of rows at once would be looked through by the garbage collector again and again.
    return {
        start + _decode(key[len(first) :]): (_identity(identity), _decode(value))
        for key, identity, value in connection.execute(_RECALL_FOLDER, (what, first, last))
    }


def _write(connection: sqlite3.Connection, rows: Iterable[tuple[str, bytes, str, bytes]]) -> None:
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(_REMEMBER, rows)
        connection.execute(_FORGET, [_MOST_ROWS])


def _key(path: Path) -> bytes:
    return _encode(os.path.abspath(path))  # noqa: PTH100 # unlike resolve(), asks no disk


def _keys_below(folder: Path) -> tuple[bytes, bytes]:
    """Give what the keys of all files below *folder* begin with, and the first key after them."""
    start = _key(folder / "_")[:-1]
    return start, start[:-1] + bytes([start[-1] + 1])


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _decode(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def _text(identity: FileIdentity) -> str:
    return f"{identity.size} {identity.modified_ns} {identity.changed_ns} {identity.inode} {identity.device}"


def _identity(text: str) -> FileIdentity:
    return FileIdentity(*map(int, text.split(" ")))
