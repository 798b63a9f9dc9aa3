import io
import os
import plistlib
import struct
import subprocess
import zlib
from pathlib import Path

import pytest

from ota_dev.errors import InstallerError
from ota_dev.installers.dmg.disk import Chunk, Disk
from ota_dev.installers.dmg.udif import open_disk
from tests.installers.writers.udif import KINDS, SECTOR, trailer, udif

DISK = os.urandom(SECTOR) + b"".join(struct.pack(">I", number // 9) for number in range(50_048)) + bytes(100 * SECTOR)


def image_of(tables: object, data: bytes = b"", *, segments: int = 1) -> io.BytesIO:
    chunk_map = plistlib.dumps({"resource-fork": {"blkx": tables}})
    end = trailer(len(data), len(data), len(chunk_map), segments=segments)
    return io.BytesIO(data + chunk_map + end)


def table(*chunks: tuple[int, int, int, int, int], count: int | None = None) -> dict[str, bytes]:
    entries = b"".join(struct.pack(">I4x4Q", *chunk) for chunk in chunks)
    header = b"mish".ljust(200, b"\0") + struct.pack(">I", len(chunks) if count is None else count)
    return {"Data": header + entries}


@pytest.mark.parametrize("compression", KINDS)
@pytest.mark.parametrize(
    ("offset", "size"),
    [
        pytest.param(0, len(DISK), id="all"),
        pytest.param(0, 1, id="first byte"),
        pytest.param(len(DISK) - 1, 1, id="last byte"),
        pytest.param(SECTOR - 1, 2, id="across tables"),
        pytest.param(SECTOR + 65_530, 70_000, id="across chunks"),
        pytest.param(5, 0, id="nothing"),
    ],
)
def test_any_range_of_the_disk_is_read(compression: str, offset: int, size: int) -> None:
    disk = open_disk(io.BytesIO(udif(DISK, compression)))

    assert disk.read(offset, size) == DISK[offset : offset + size]


@pytest.mark.parametrize("compression", ["raw", "ADC", "zlib", "bzip2"])
def test_seven_zip_finds_the_same_disk_in_the_images_of_our_writer(tmp_path: Path, compression: str) -> None:
    (tmp_path / "disk.dmg").write_bytes(udif(DISK, compression))

    subprocess.run(["7z", "x", "disk.dmg"], cwd=tmp_path, check=True, capture_output=True)

    extracted = {path.read_bytes() for path in tmp_path.iterdir() if path.suffix != ".dmg"}
    assert extracted == {DISK[:SECTOR], DISK[SECTOR:]}


@pytest.mark.parametrize("offset", [len(DISK), 2**63, -1])
def test_a_range_beyond_the_disk_is_damage(offset: int) -> None:
    with pytest.raises(InstallerError, match="does not have"):
        open_disk(io.BytesIO(udif(DISK))).read(offset, 1)


def test_a_range_of_senseless_size_is_refused() -> None:
    disk = open_disk(image_of([table((0, 0, 2**40, 0, 0))]))

    assert disk.read(2**45, 3) == bytes(3)
    with pytest.raises(InstallerError, match="senseless size"):
        disk.read(0, 2**40)


@pytest.mark.parametrize(
    ("chunk", "reason"),
    [
        pytest.param((0x80000005, 0, 2**20, 0, 4), "senseless size", id="senselessly large"),
        pytest.param((0x80000005, 0, 1, 0, 2**20), "beyond the end", id="beyond the end of the file"),
        pytest.param((0x80000005, 0, 1, 2**64 - 1, 2**64 - 1), "beyond the end", id="senselessly far"),
        pytest.param((0x80000005, 0, 1, 0, 4), "damaged", id="not compressed"),
        pytest.param((0x80000006, 0, 1, 0, 4), "damaged", id="not bzip2"),
        pytest.param((0x80000008, 0, 1, 0, 4), "damaged", id="not LZMA"),
        pytest.param((0x80000004, 0, 1, 0, 4), "less than it should", id="too short"),
        pytest.param((1, 0, 1, 0, 4), "too short", id="too short though not compressed"),
        pytest.param((0x80000009, 0, 1, 0, 4), "unknown way", id="unknown compression"),
        pytest.param((0x7FFFFFFE, 0, 1, 0, 4), "does not have", id="a comment"),
    ],
)
def test_a_damaged_chunk_is_a_reason(chunk: tuple[int, int, int, int, int], reason: str) -> None:
    image = image_of([table(chunk)], data=b"\x83abc")

    with pytest.raises(InstallerError, match=reason):
        open_disk(image).read(0, 512)


@pytest.mark.parametrize(
    "tables",
    [
        pytest.param("nothing", id="no tables"),
        pytest.param([{"Data": 10**12}], id="a number instead of a table"),
        pytest.param([{}], id="no table"),
        pytest.param([{"Data": b"mash" + bytes(200)}], id="another table"),
        pytest.param([table(count=2**32 - 1)], id="a table that is shorter than it says"),
    ],
)
def test_a_damaged_map_is_a_reason(tables: object) -> None:
    with pytest.raises(InstallerError, match="damaged"):
        open_disk(image_of(tables))


@pytest.mark.parametrize(("offset", "size"), [(0, 0), (0, 2**63 - 1), (2**63, 2**63), (10_000, 10)])
def test_a_map_that_is_not_in_the_file_is_damage(offset: int, size: int) -> None:
    with pytest.raises(InstallerError, match="not where it should be"):
        open_disk(io.BytesIO(bytes(100) + trailer(0, offset, size)))


def test_a_map_with_entities_is_refused() -> None:
    bomb = b'<!DOCTYPE p [<!ENTITY a "a"><!ENTITY b "&a;&a;">]><plist><string>&b;</string></plist>'

    with pytest.raises(InstallerError, match="cannot be read"):
        open_disk(io.BytesIO(bomb + trailer(0, 0, len(bomb))))


def test_an_image_in_several_files_says_so() -> None:
    with pytest.raises(InstallerError, match="several files"):
        open_disk(image_of([], segments=2))


def test_a_bomb_of_many_chunks_is_given_up() -> None:
    size = 4 * 1024**2
    packed = zlib.compress(bytes(size))
    chunks = [Chunk(number * size, size, KINDS["zlib"], 0, len(packed)) for number in range(17)]
    disk = Disk(io.BytesIO(packed), chunks, clock=lambda: 0)

    for chunk in chunks[:16]:
        assert disk.read(chunk.start, 1) == b"\0"
    with pytest.raises(InstallerError, match="senseless size"):
        disk.read(chunks[16].start, 1)


def test_a_disk_that_takes_too_long_is_given_up() -> None:
    ticks = iter([0.0, 1.0, 1_000.0])
    disk = open_disk(io.BytesIO(udif(DISK)), clock=lambda: next(ticks))

    with pytest.raises(InstallerError, match="seconds"):
        disk.read(0, len(DISK))
