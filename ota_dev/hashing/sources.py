"""What a user names on a command line: files, and `-` for standard input. Reads those."""

import codecs
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from ota_dev.errors import HashingError
from ota_dev.hashing.files import HashedFile, UnhashedFile, digest_file, digest_files
from ota_dev.named_files import STANDARD_INPUT, open_named

__all__ = ["digest_sources", "read_checksum_text", "total_size"]

_LARGEST_CHECKSUM_FILE = 16 * 1024 * 1024  # bytes: some 200,000 lines


def total_size(names: Iterable[str]) -> int:
    """Add up the bytes of the files named, as far as they exist; standard input has no size."""
    total = 0
    for name in names:
        with suppress(OSError):
            total += Path(name).stat().st_size
    return total


def digest_sources(
    names: Sequence[str], algorithms: Sequence[str], progress: Callable[[int], None] = lambda _: None
) -> Iterator[tuple[str, HashedFile | UnhashedFile]]:
    """Read files as `digest_files` does, and standard input when its turn comes; each result has its name beside it."""
    files = digest_files([Path(name) for name in names if name != STANDARD_INPUT], algorithms, progress)
    for name in names:
        yield name, _digest_standard_input(algorithms, progress) if name == STANDARD_INPUT else next(files)


def read_checksum_text(name: str) -> str:
    """Read a checksum file.

    Raises:
        HashingError: it cannot be read, is larger than 16 MiB, or is no text.
    """
    try:
        with open_named(name) as file:
            data = file.read(_LARGEST_CHECKSUM_FILE + 1)
    except OSError as error:
        raise HashingError(f"the checksums in {name} cannot be read: {error.strerror or error}") from error
    if len(data) > _LARGEST_CHECKSUM_FILE:
        raise HashingError(f"{name} is larger than {_LARGEST_CHECKSUM_FILE >> 20} MiB: split it")
    try:
        # PowerShell 5 writes redirected output in UTF-16.
        return data.decode("utf-16") if data.startswith(codecs.BOM_UTF16_LE) else os.fsdecode(data)
    except UnicodeDecodeError as error:
        raise HashingError(f"{name} is not a text file, so it holds no checksums: {error.reason}") from error


def _digest_standard_input(algorithms: Sequence[str], progress: Callable[[int], None]) -> HashedFile | UnhashedFile:
    path = Path(STANDARD_INPUT)
    try:
        return digest_file(path, algorithms, progress, lambda _: open_named(STANDARD_INPUT))
    except HashingError as error:
        return UnhashedFile(path=path, error=error)
