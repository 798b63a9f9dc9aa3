"""The SQLite file of the store: opened, made, or made anew, and what is damage to it."""

import sqlite3
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

__all__ = ["delete_database", "is_damage", "open_database"]

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

_DAMAGE = {
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_ERROR,  # the statements are right, so the table has other columns
}


def open_database(path: Path, patience: timedelta) -> sqlite3.Connection:
    """Open the file at *path*, and make it and its folder if they are missing; *patience* is for others' writing.

    Raises:
        sqlite3.Error, OSError: it cannot be opened, or is no file of this program's.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    connection = sqlite3.connect(path, timeout=patience.total_seconds(), isolation_level=None, check_same_thread=False)
    try:
        _prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def delete_database(path: Path) -> None:
    """Delete the file, and those that SQLite keeps beside it.

    Raises:
        OSError: one of them cannot be deleted.
    """
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def is_damage(error: sqlite3.Error | OSError) -> bool:
    """Say whether making the file anew would help."""
    code: int | None = getattr(error, "sqlite_errorcode", None)  # what Python itself raises has none
    return code is not None and code & 0xFF in _DAMAGE  # the higher bits only refine it


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
