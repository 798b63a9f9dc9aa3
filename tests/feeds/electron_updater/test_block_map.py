"""The maps of two installers say which blocks the newer one has more."""

import gzip
import io
import json
import random
from base64 import b64decode
from hashlib import blake2b
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.feeds.electron_updater.block_map import LONGEST_BLOCK, block_map

INSTALLER = random.Random(9).randbytes(3_000_000)


def read(content: bytes) -> Any:
    return json.loads(gzip.decompress(block_map(io.BytesIO(content))))


def blocks_of(content: bytes) -> dict[str, int]:
    (file,) = read(content)["files"]
    return dict(zip(file["checksums"], file["sizes"], strict=True))


@given(st.integers(0, 200_000), st.sampled_from([b"\0", b"\x5a\0", b"text\n"]))
def test_the_blocks_are_the_whole_file_in_order(size: int, pattern: bytes) -> None:
    content = (pattern * size)[:size]

    (file,) = read(content)["files"]

    assert sum(file["sizes"]) == size
    assert all(0 < block <= LONGEST_BLOCK for block in file["sizes"])
    position = 0
    for checksum, length in zip(file["checksums"], file["sizes"], strict=True):
        assert b64decode(checksum) == blake2b(content[position : position + length], digest_size=18).digest()
        position += length


def test_the_map_has_the_form_that_the_client_reads() -> None:
    document = read(b"Acme Notes")

    checksum = "c13/WZN0zxHmXt1nbwkCmc5y"  # as `b2sum -l 144` says it
    assert document == {
        "version": "2",
        "files": [{"name": "file", "offset": 0, "checksums": [checksum], "sizes": [10]}],
    }


def test_the_same_content_gives_the_same_bytes() -> None:
    assert block_map(io.BytesIO(INSTALLER)) == block_map(io.BytesIO(INSTALLER))


@pytest.mark.parametrize(
    "changed",
    [
        INSTALLER[:1_000_000] + b"Acme" + INSTALLER[1_000_000:],
        INSTALLER[:1_000_000] + INSTALLER[1_000_001:],
        INSTALLER[:1_000_000] + b"Acme" + INSTALLER[1_000_004:],
    ],
    ids=["longer", "shorter", "other bytes"],
)
def test_a_change_in_the_middle_changes_few_blocks(changed: bytes) -> None:
    before, after = blocks_of(INSTALLER), blocks_of(changed)

    assert sum(size for checksum, size in after.items() if checksum not in before) <= 3 * LONGEST_BLOCK


def test_blocks_of_compressed_data_have_about_sixteen_kibibytes() -> None:
    assert 14_000 < len(INSTALLER) / len(blocks_of(INSTALLER)) < 18_000
