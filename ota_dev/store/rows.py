"""The rows of the store: what is known of which file, as it stands in the table.

Neither names of files nor what installers say need be valid Unicode, so all texts are kept as bytes.
"""

import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from ota_dev.catalog.artifacts import FileIdentity

__all__ = ["Row", "read_folder", "read_value", "write_rows"]

_RECALL = "SELECT identity, value FROM learned WHERE what = ? AND path = ?"
_RECALL_FOLDER = "SELECT path, identity, value FROM learned WHERE what = ? AND path > ? AND path < ?"
_REMEMBER = "INSERT OR REPLACE INTO learned (what, path, identity, value) VALUES (?, ?, ?, ?)"
_FORGET = "DELETE FROM learned WHERE number <= (SELECT max(number) FROM learned) - ?"

_MOST_ROWS = 100_000


class Row(NamedTuple):
    """One thing that is known of one file, while it has this identity."""

    what: str
    path: Path
    identity: FileIdentity
    value: str


def read_value(connection: sqlite3.Connection, path: Path, identity: FileIdentity, what: str) -> str | None:
    """Read what is known of one file, `None` when that is nothing, or is of another identity."""
    row = connection.execute(_RECALL, (what, _key(path))).fetchone()
    return _decode(row[1]) if row and row[0] == _text(identity) else None


def read_folder(connection: sqlite3.Connection, folder: Path, what: str) -> dict[str, tuple[FileIdentity, str]]:
    """Read all that is known of the files below *folder*: by path, for which identity, and what."""
    start = str(folder / "_")[:-1]  # what all paths below it begin with: nothing, where it is "."
    first, last = _keys_below(folder)
    # Row by row, since thousands of rows at once would be looked through by the garbage collector again and again.
    return {
        start + _decode(key[len(first) :]): (_identity(identity), _decode(value))
        for key, identity, value in connection.execute(_RECALL_FOLDER, (what, first, last))
    }


def write_rows(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Write all of *rows* or none, and forget the oldest of those that are too many."""
    written = [(row.what, _key(row.path), _text(row.identity), _encode(row.value)) for row in rows]
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(_REMEMBER, written)
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
