"""Digests of files: each is read once, and several at a time. Reads the files it is given and nothing else."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock
from typing import BinaryIO

from ota_dev.errors import HashingError
from ota_dev.hashing.digests import digest_stream

__all__ = ["HashedFile", "UnhashedFile", "digest_file", "digest_files", "explain_unreadable"]


@dataclass(frozen=True, kw_only=True, slots=True)
class HashedFile:
    """A file that was read to its end."""

    path: Path
    size: int  # bytes that went into the digests
    digests: dict[str, bytes]  # by algorithm, in the order asked


@dataclass(frozen=True, kw_only=True, slots=True)
class UnhashedFile:
    """A file that could not be read to its end, and why."""

    path: Path
    error: HashingError


def _open_unbuffered(path: Path) -> BinaryIO:
    return path.open("rb", buffering=0)


def digest_file(
    path: Path,
    algorithms: Iterable[str],
    progress: Callable[[int], None] = lambda _: None,
    open_file: Callable[[Path], BinaryIO] = _open_unbuffered,
) -> HashedFile:
    """Read the file at *path* to its end, once, and give its digests.

    A file that changed meanwhile is not read again: who asked knows better when it will hold still.

    Raises:
        HashingError: the file is missing, a folder, unreadable, or changed while it was read.
    """
    read = 0

    def count(block_size: int) -> None:
        nonlocal read
        read += block_size
        progress(block_size)

    try:
        with open_file(path) as file:
            before = os.fstat(file.fileno())
            digests = digest_stream(file, algorithms, count)
            after = os.fstat(file.fileno())
    except OSError as error:
        raise HashingError(explain_unreadable(path, error)) from error
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise HashingError(f"{path} changed while it was read: try again when it is complete")
    return HashedFile(path=path, size=read, digests=digests)


def digest_files(
    paths: Sequence[Path], algorithms: Sequence[str], progress: Callable[[int], None] = lambda _: None
) -> Iterator[HashedFile | UnhashedFile]:
    """Read several files, as many at a time as there are cores, and give the results in the order of *paths*.

    A file that cannot be read costs only its own result. *progress* is called from several threads, but never by two
    at once. Whoever stops iterating stops the reading.
    """
    workers = min(len(paths), os.cpu_count() or 1)
    if workers > 1:
        yield from _digest_side_by_side(paths, algorithms, progress, workers)
    else:
        for path in paths:
            yield _digest_or_error(path, algorithms, progress)


class _Abandoned(Exception):  # noqa: N818 # nothing went wrong
    """Nobody waits for the result any more."""


def _digest_side_by_side(
    paths: Sequence[Path], algorithms: Sequence[str], progress: Callable[[int], None], workers: int
) -> Iterator[HashedFile | UnhashedFile]:
    # It brings the logging package with it, which would be a sixth of the time that `ota-dev hash` takes for one file.
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    abandoned = Event()
    one_at_a_time = Lock()

    def report(block_size: int) -> None:
        if abandoned.is_set():
            raise _Abandoned
        with one_at_a_time:
            progress(block_size)

    with ThreadPoolExecutor(workers, thread_name_prefix="ota-dev-hashing") as pool:
        try:
            yield from pool.map(lambda path: _digest_or_error(path, algorithms, report), paths)
        finally:
            abandoned.set()


def _digest_or_error(
    path: Path, algorithms: Sequence[str], progress: Callable[[int], None]
) -> HashedFile | UnhashedFile:
    try:
        return digest_file(path, algorithms, progress)
    except HashingError as error:
        return UnhashedFile(path=path, error=error)


def explain_unreadable(path: Path, error: OSError) -> str:
    """Say in a sentence why the file at *path* could not be read."""
    if os.path.isdir(path):  # noqa: PTH112 # Path.is_dir() raises where a name is too long
        return f"{path} is a folder: name the files in it"
    if isinstance(error, FileNotFoundError):
        return f"{path} does not exist: check its name"
    if isinstance(error, PermissionError):
        return f"{path} may not be read: check its permissions"
    return f"{path} cannot be read: {error.strerror or error}"
