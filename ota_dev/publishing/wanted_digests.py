"""Digests that somebody waits for, read before their turn. Reads installers, on threads of its own."""

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event, Lock
from types import MappingProxyType
from typing import Self

from ota_dev.publishing.digesting import Digester
from ota_dev.publishing.publication import PublishedFile

__all__ = ["WantedDigests"]

Digests = Mapping[str, str]  # by algorithm, in lower-case hex

_NONE: Digests = MappingProxyType({})
_AT_ONCE = 2  # files; a disk gives no more to several readers, and Python's threads share one core


class _ClosedError(Exception):
    """Nobody waits any more."""


class WantedDigests:
    """Gives the digests of single files: who asks for those of one that is being read waits for that reading.

    `with` ends every reading, and with it the threads.
    """

    def __init__(self, digester: Digester) -> None:
        self._digester = digester
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="ota-dev-wanted-digests")
        self._under_way: dict[_Wanted, Future[Digests]] = {}
        self._turn = Lock()
        self._closed = Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._turn:
            self._closed.set()
        # What is still to be read is not cancelled: whoever waits for it hears that there is no digest.
        self._pool.shutdown()

    def digests_of(self, file: PublishedFile, algorithms: frozenset[str]) -> Future[Digests]:
        """Give the digests of *file*, in time; none when it cannot be read as it was published."""
        wanted = file, algorithms
        with self._turn:
            if wanted in self._under_way:
                return self._under_way[wanted]
            if self._closed.is_set():
                return _without_digests()
            reading = self._under_way[wanted] = self._pool.submit(self._read, *wanted)
        reading.add_done_callback(lambda _: self._forget(wanted))
        return reading

    def _read(self, file: PublishedFile, algorithms: frozenset[str]) -> Digests:
        try:
            self._raise_when_closed()
            digests, _ = self._digester.digests_of({"": file}, sorted(algorithms), self._raise_when_closed)
        except _ClosedError:
            return _NONE
        return digests[""]

    def _forget(self, wanted: "_Wanted") -> None:
        with self._turn:
            del self._under_way[wanted]

    def _raise_when_closed(self, _: int = 0) -> None:
        if self._closed.is_set():
            raise _ClosedError


def _without_digests() -> Future[Digests]:
    nothing: Future[Digests] = Future()
    nothing.set_result(_NONE)
    return nothing


_Wanted = tuple[PublishedFile, frozenset[str]]
