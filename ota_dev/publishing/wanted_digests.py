"""Digests that somebody waits for, read before their turn. Reads installers, on threads of its own."""

from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event, Lock
from typing import Self

from ota_dev.publishing.digesting import Digester
from ota_dev.publishing.publication import PublishedFile

__all__ = ["WantedDigests"]

_AT_ONCE = 2  # files; a disk gives no more to several readers, and Python's threads share one core
_SHA256 = "sha256"


class _ClosedError(Exception):
    """Nobody waits any more."""


class WantedDigests:
    """Gives the SHA-256 of single files: who asks for one that is being read waits for that reading.

    `with` ends every reading, and with it the threads.
    """

    def __init__(self, digester: Digester) -> None:
        self._digester = digester
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="ota-dev-wanted-digests")
        self._under_way: dict[PublishedFile, Future[str | None]] = {}
        self._turn = Lock()
        self._closed = Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._turn:
            self._closed.set()
        # What is still to be read is not cancelled: whoever waits for it hears that there is no digest.
        self._pool.shutdown()

    def sha256_of(self, file: PublishedFile) -> Future[str | None]:
        """Give the digest of *file* in lower-case hex, in time; `None` when it cannot be read as it was published."""
        with self._turn:
            if file in self._under_way:
                return self._under_way[file]
            if self._closed.is_set():
                return _without_digest()
            reading = self._under_way[file] = self._pool.submit(self._read, file)
        reading.add_done_callback(lambda _: self._forget(file))
        return reading

    def _read(self, file: PublishedFile) -> str | None:
        try:
            self._raise_when_closed()
            digests, _ = self._digester.digests_of({"": file}, (_SHA256,), self._raise_when_closed)
        except _ClosedError:
            return None
        return digests[""].get(_SHA256)

    def _forget(self, file: PublishedFile) -> None:
        with self._turn:
            del self._under_way[file]

    def _raise_when_closed(self, _: int = 0) -> None:
        if self._closed.is_set():
            raise _ClosedError


def _without_digest() -> Future[str | None]:
    nothing: Future[str | None] = Future()
    nothing.set_result(None)
    return nothing
