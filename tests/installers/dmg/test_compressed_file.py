import struct
import zlib
from collections.abc import Callable

import pytest

from ota_dev.errors import InstallerError
from ota_dev.installers.dmg.compressed_file import read_compressed
from tests.installers.writers.compression import lzfse, lzvn

CONTENT = b"".join(struct.pack(">I", number // 9) for number in range(50_000))  # in four blocks
SMALL = CONTENT[:3000]
BLOCK = 64 * 1024


def attribute(kind: int, size: int, content: bytes = b"") -> bytes:
    return struct.pack("<4sIQ", b"fpmc", kind, size) + content


def no_fork(offset: int, size: int) -> bytes:
    raise AssertionError(f"{size} bytes at {offset} of a resource fork were read")


def fork_of(content: bytes) -> Callable[[int, int], bytes]:
    def read(offset: int, size: int) -> bytes:
        assert 0 <= offset <= len(content) - size
        return content[offset : offset + size]

    return read


def packed_blocks(encode: Callable[[bytes], bytes]) -> list[bytes]:
    return [encode(CONTENT[start : start + BLOCK]) for start in range(0, len(CONTENT), BLOCK)]


def zlib_fork(blocks: list[bytes]) -> bytes:
    offset, entries = 4 + 8 * len(blocks), b""
    for block in blocks:
        entries += struct.pack("<II", offset, len(block))
        offset += len(block)
    resource = struct.pack("<I", len(blocks)) + entries + b"".join(blocks)
    return struct.pack(">4I", 256, 0, 0, 0).ljust(256, b"\0") + struct.pack(">I", len(resource)) + resource


def other_fork(blocks: list[bytes]) -> bytes:
    offset = 4 * (len(blocks) + 1)
    table = struct.pack("<I", offset)
    for block in blocks:
        offset += len(block)
        table += struct.pack("<I", offset)
    return table + b"".join(blocks)


@pytest.mark.parametrize(
    ("kind", "packed"),
    [
        pytest.param(1, SMALL, id="stored"),
        pytest.param(3, zlib.compress(SMALL), id="zlib"),
        pytest.param(3, b"\xff" + SMALL, id="zlib, stored"),
        pytest.param(7, lzvn(SMALL), id="LZVN"),
        pytest.param(7, b"\x06" + SMALL, id="LZVN, stored"),
        pytest.param(11, lzfse(SMALL), id="LZFSE"),
        pytest.param(11, b"\xff" + SMALL, id="LZFSE, stored"),
    ],
)
@pytest.mark.parametrize("limit", [1, 2999, 3000, 3001])
def test_small_files_are_read_from_the_attribute(kind: int, packed: bytes, limit: int) -> None:
    assert read_compressed(attribute(kind, len(SMALL), packed), no_fork, limit) == SMALL[:limit]


@pytest.mark.parametrize(
    ("kind", "fork"),
    [
        pytest.param(4, zlib_fork(packed_blocks(zlib.compress)), id="zlib"),
        pytest.param(4, zlib_fork(packed_blocks(lambda block: b"\xff" + block)), id="zlib, stored"),
        pytest.param(8, other_fork(packed_blocks(lzvn)), id="LZVN"),
        pytest.param(12, other_fork(packed_blocks(lzfse)), id="LZFSE"),
    ],
)
@pytest.mark.parametrize("limit", [1, BLOCK, BLOCK + 1, len(CONTENT), len(CONTENT) + 1])
def test_other_files_are_read_from_the_resource_fork(kind: int, fork: bytes, limit: int) -> None:
    assert read_compressed(attribute(kind, len(CONTENT)), fork_of(fork), limit) == CONTENT[:limit]


def test_only_the_blocks_that_are_asked_for_are_read() -> None:
    fork = zlib_fork(packed_blocks(zlib.compress))

    assert read_compressed(attribute(4, len(CONTENT)), fork_of(fork[:-1]), 100) == CONTENT[:100]


@pytest.mark.parametrize(
    ("compressed", "reason"),
    [
        pytest.param(attribute(5, 10), "unknown way", id="an unknown kind"),
        pytest.param(b"cmpf" + attribute(1, 3, b"abc")[4:], "unknown way", id="another mark"),
        pytest.param(attribute(1, 10, b"abc"), "shorter than it says", id="too short"),
        pytest.param(attribute(3, 10, b"abc"), "damaged", id="no zlib"),
    ],
)
def test_what_cannot_be_read_is_a_reason(compressed: bytes, reason: str) -> None:
    with pytest.raises(InstallerError, match=reason):
        read_compressed(compressed, no_fork, 100)


@pytest.mark.parametrize("size", [2**32 - 1, 2**20])
def test_a_block_of_senseless_size_is_refused(size: int) -> None:
    fork = bytearray(zlib_fork([b"abc"]))
    struct.pack_into("<I", fork, 256 + 4 + 4 + 4, size)

    with pytest.raises(InstallerError, match="senseless size"):
        read_compressed(attribute(4, 10), fork_of(bytes(fork)), 10)
