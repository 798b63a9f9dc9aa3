"""The option of `serve` that keeps a journal in a file, and what fills that file."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ota_dev.journal import Journal

__all__ = ["JournalPath", "journal_file"]

JournalPath = Annotated[
    Path | None,
    typer.Option(
        "--journal",
        envvar="OTA_DEV_JOURNAL",
        help="Append every exchange to this file, as a line of JSON; it is rotated.",
        dir_okay=False,
    ),
]


@contextmanager
def journal_file(path: Path, journal: "Journal", note: Callable[[str], None]) -> Iterator[None]:
    """Write what *journal* records to *path*, and say so in the end where lines were dropped.

    Raises:
        ServerError: the file cannot be written.
    """
    from ota_dev.journal.lines import JournalFile

    with JournalFile(path) as file:
        unsubscribe = journal.subscribe(file.record)
        try:
            yield
        finally:
            unsubscribe()
    if file.dropped:
        note(f"--journal {path}: {file.dropped} lines were dropped, since they could not be written")
