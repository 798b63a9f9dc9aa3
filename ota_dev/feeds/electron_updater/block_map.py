"""The map of an installer's blocks, by which electron-updater downloads only what is not in the installer it has.

Source: `blockMapApi.ts` of builder-util-runtime 9 for the form. The client compares maps as they are, so any way to cut
will do as long as it is the same for the old and the new installer. Here a block ends where the content says so: what
is put into the middle of an installer changes the blocks around it and none behind. Reads the file that it is given.
"""

import gzip
import json
import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import blake2b
from typing import BinaryIO

__all__ = ["BLOCK_MAP_SUFFIX", "LONGEST_BLOCK", "block_map"]

BLOCK_MAP_SUFFIX = ".blockmap"

SHORTEST_BLOCK, LONGEST_BLOCK = 8 * 1024, 32 * 1024  # bytes
# Two bytes that compressed data has once in 8 KiB, so that blocks of it have 16 KiB on average. A search for them is a
# hundred times as fast in Python as a rolling hash: 0.1 s for 100 MB, most of it for the checksums.
_BOUNDARY = re.compile(rb"\x5a[\x00-\x07]")
_READ_AT_ONCE = 1024 * 1024


def block_map(installer: BinaryIO) -> bytes:
    """Map the blocks of *installer*, as gzipped JSON; the same content gives the same bytes."""
    checksums, sizes = [], []
    for block in _blocks(installer):
        checksums.append(b64encode(blake2b(block, digest_size=18).digest()).decode("ascii"))
        sizes.append(len(block))
    files = [{"name": "file", "offset": 0, "checksums": checksums, "sizes": sizes}]
    return gzip.compress(json.dumps({"version": "2", "files": files}, separators=(",", ":")).encode(), mtime=0)


def _blocks(installer: BinaryIO) -> Iterator[bytes]:
    rest, is_at_end = b"", False
    while not is_at_end:
        more = installer.read(_READ_AT_ONCE)
        rest, start, is_at_end = rest + more, 0, not more
        while len(rest) - start >= (1 if is_at_end else LONGEST_BLOCK):
            match = _BOUNDARY.search(rest, start + SHORTEST_BLOCK, start + LONGEST_BLOCK)
            end = match.end() if match else start + LONGEST_BLOCK
            yield rest[start:end]
            start = end
        rest = rest[start:]
