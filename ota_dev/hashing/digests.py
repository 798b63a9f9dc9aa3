"""The digest algorithms, and the digests of a stream that is read once, however many are asked."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from queue import Queue
from threading import Thread
from typing import BinaryIO, Protocol

__all__ = ["ALGORITHMS", "Algorithm", "digest_stream"]


class Algorithm(StrEnum):
    """The digest algorithms that every Python has, under the names that `hashlib` gives them."""

    SHA256 = "sha256"
    SHA512 = "sha512"
    SHA1 = "sha1"
    MD5 = "md5"
    SHA224 = "sha224"
    SHA384 = "sha384"
    BLAKE2B = "blake2b"
    BLAKE2S = "blake2s"
    SHA3_224 = "sha3_224"
    SHA3_256 = "sha3_256"
    SHA3_384 = "sha3_384"
    SHA3_512 = "sha3_512"

    @property
    def digest_size(self) -> int:
        """Give the length of a digest in bytes."""
        return _new_hasher(self).digest_size


ALGORITHMS = tuple(algorithm.value for algorithm in Algorithm)

# From 64 KiB on the time does not depend on it; this size still fits into a core's own cache.
_BLOCK_SIZE = 256 * 1024
_BLOCKS_AHEAD = 4


class _Hasher(Protocol):
    @property
    def digest_size(self) -> int: ...

    def update(self, block: bytes, /) -> None: ...

    def digest(self) -> bytes: ...


def digest_stream(
    source: BinaryIO, algorithms: Iterable[str], progress: Callable[[int], None] = lambda _: None
) -> dict[str, bytes]:
    """Read *source* to its end, once, and give its digest for each of *algorithms*.

    *progress* is given the number of bytes just read; what it raises ends the reading and reaches the caller.
    """
    hashers = {name: _new_hasher(name) for name in algorithms}
    blocks = _read_blocks(source, progress)
    first = next(blocks, b"")
    _update_in_turn(hashers.values(), [first])
    if len(hashers) > 1 and len(first) == _BLOCK_SIZE:
        _update_side_by_side(hashers.values(), blocks)
    else:
        _update_in_turn(hashers.values(), blocks)
    return {name: hasher.digest() for name, hasher in hashers.items()}


def _new_hasher(algorithm: str) -> _Hasher:
    # FIPS builds refuse MD5 and SHA-1 to those who do not say that nothing depends on their security.
    return hashlib.new(algorithm, usedforsecurity=False)


def _read_blocks(source: BinaryIO, progress: Callable[[int], None]) -> Iterator[bytes]:
    while block := source.read(_BLOCK_SIZE):
        progress(len(block))
        yield block


def _update_in_turn(hashers: Iterable[_Hasher], blocks: Iterable[bytes]) -> None:
    for block in blocks:
        for hasher in hashers:
            hasher.update(block)


def _update_side_by_side(hashers: Iterable[_Hasher], blocks: Iterable[bytes]) -> None:
    """Give each hasher a thread of its own, so that several digests take little longer than the slowest."""
    lanes: list[Queue[bytes | None]] = []
    threads = []
    for hasher in hashers:
        lane: Queue[bytes | None] = Queue(maxsize=_BLOCKS_AHEAD)
        lanes.append(lane)
        threads.append(Thread(target=_update_from, args=(hasher, lane), name="ota-dev-digest", daemon=True))
    for thread in threads:
        thread.start()
    try:
        for block in blocks:
            for lane in lanes:
                lane.put(block)
    finally:
        for lane in lanes:
            lane.put(None)
        for thread in threads:
            thread.join()


def _update_from(hasher: _Hasher, lane: "Queue[bytes | None]") -> None:
    _update_in_turn([hasher], iter(lane.get, None))
