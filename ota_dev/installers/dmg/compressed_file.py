"""Files that macOS keeps compressed on HFS+ and APFS alike: in an attribute if they are small, else in a resource fork.

The content is in blocks of 64 KiB, each compressed on its own, so the beginning is read without the rest.
Source: Apple's `decmpfs.h` and `copyfile.c`. Reads only by what it is handed.
"""

import struct
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from ota_dev.errors import InstallerError
from ota_dev.installers.containers.apple_compression.lzfse import decode_lzfse
from ota_dev.installers.containers.apple_compression.lzvn import decode_lzvn
from ota_dev.installers.containers.compressed_blocks import unpack_zlib
from ota_dev.installers.dmg.ranges import ReadRange

__all__ = ["ATTRIBUTE", "RESOURCE_FORK_ATTRIBUTE", "read_compressed"]

ATTRIBUTE = "com.apple.decmpfs"
RESOURCE_FORK_ATTRIBUTE = "com.apple.ResourceFork"

_BLOCK = 64 * 1024  # bytes, unpacked
_MAX_PACKED_BLOCK = 2 * _BLOCK


class _Method(NamedTuple):
    decode: Callable[[bytes, int], bytes]
    is_stored: Callable[[int], bool]  # tells by its first byte whether a block is stored behind that byte


def _decode_lzvn(data: bytes, limit: int) -> bytes:
    output = bytearray()
    decode_lzvn(memoryview(data), output, limit)
    return bytes(output)


_ZLIB = _Method(unpack_zlib, lambda first: first & 0x0F == 0x0F)
_LZVN = _Method(_decode_lzvn, lambda first: first == 0x06)
_LZFSE = _Method(decode_lzfse, lambda first: first != ord("b"))
_STORED = _Method(lambda data, limit: data[:limit], lambda _first: False)

_IN_ATTRIBUTE = {1: _STORED, 3: _ZLIB, 7: _LZVN, 11: _LZFSE}
_IN_RESOURCE_FORK = {4: _ZLIB, 8: _LZVN, 12: _LZFSE}


def read_compressed(attribute: bytes, resource_fork: ReadRange, limit: int) -> bytes:
    """Read at most *limit* bytes from the start of a compressed file.

    *attribute* is the content of its attribute `com.apple.decmpfs`.

    Raises:
        InstallerError: it is compressed in an unknown way, or damaged.
    """
    magic, kind, size = struct.unpack_from("<4sIQ", attribute)
    size = min(size, limit)
    if magic == b"fpmc" and kind in _IN_ATTRIBUTE:
        content = _decode(_IN_ATTRIBUTE[kind], attribute[16:], size)
    elif magic == b"fpmc" and kind in _IN_RESOURCE_FORK:
        method = _IN_RESOURCE_FORK[kind]
        table = _zlib_blocks if method is _ZLIB else _other_blocks
        places = table(resource_fork, (size + _BLOCK - 1) // _BLOCK)
        content = b"".join(_decode(method, _packed(resource_fork, *place), _BLOCK) for place in places)[:size]
    else:
        raise InstallerError("a file in it is compressed in an unknown way")
    if len(content) < size:
        raise InstallerError("a compressed file in it is damaged: it is shorter than it says")
    return content


def _decode(method: _Method, packed: bytes, limit: int) -> bytes:
    if packed and method.is_stored(packed[0]):
        return packed[1 : 1 + limit]
    return method.decode(packed, limit)


def _packed(resource_fork: ReadRange, offset: int, size: int) -> bytes:
    if size > _MAX_PACKED_BLOCK:
        raise InstallerError("a compressed file in it is damaged: one of its blocks is of senseless size")
    return resource_fork(offset, size)


def _zlib_blocks(resource_fork: ReadRange, count: int) -> Iterator[tuple[int, int]]:
    """Give the offset and the size of the first *count* blocks, by the table in the fork's only resource."""
    (start,) = struct.unpack(">I", resource_fork(0, 4))
    start += 4  # the resource's own size
    (stored,) = struct.unpack("<I", resource_fork(start, 4))
    table = resource_fork(start + 4, 8 * min(count, stored))
    return ((start + offset, size) for offset, size in struct.iter_unpack("<II", table))


def _other_blocks(resource_fork: ReadRange, count: int) -> Iterator[tuple[int, int]]:
    """Give the offset and the size of the first *count* blocks, by the row of offsets that begins the fork."""
    (table_size,) = struct.unpack("<I", resource_fork(0, 4))
    stored = max(table_size // 4 - 1, 0)
    table = resource_fork(0, 4 * (min(count, stored) + 1))
    return ((start, end - start) for (start,), (end,) in pairwise(struct.iter_unpack("<I", table)))
