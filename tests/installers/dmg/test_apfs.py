import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.catalog.facts import Facts
from ota_dev.errors import InstallerError
from ota_dev.installers.dmg import DMG
from tests.installers.writers.apfs import BLOCK, ApfsContainer, CompressedFile
from tests.installers.writers.udif import udif

WriteApp = Callable[..., Path]


def read(image: bytes) -> Facts:
    return DMG.read(io.BytesIO(udif(image, "raw")))


@pytest.mark.parametrize("hashed_names", [True, False], ids=["with a hash", "without"])
def test_names_are_read_with_or_without_a_hash(
    write_app: WriteApp, shelf: Path, truth: Facts, hashed_names: bool
) -> None:
    write_app()
    container = ApfsContainer(hashed_names=hashed_names)
    container.add_folder(shelf)

    assert read(container.image()) == truth


def test_the_newest_finished_checkpoint_is_the_one_that_is_read(write_app: WriteApp, shelf: Path, truth: Facts) -> None:
    write_app()
    container = ApfsContainer()
    container.add_folder(shelf)

    assert read(container.image(is_first_block_old=True)) == truth


def test_an_encrypted_volume_says_so(shelf: Path) -> None:
    container = ApfsContainer()
    container.add_folder(shelf)

    with pytest.raises(InstallerError, match="encrypted"):
        read(container.image(flags=0))


@pytest.mark.parametrize("is_embedded", [True, False], ids=["in its attribute", "in a stream"])
def test_a_compressed_file_is_read_from_its_resource_fork(
    write_app: WriteApp, shelf: Path, truth: Facts, is_embedded: bool
) -> None:
    plist = (write_app() / "Contents/Info.plist").read_bytes()
    packed = zlib.compress(plist)
    fork = struct.pack(">4I", 256, 0, 0, 0).ljust(256, b"\0")
    fork += struct.pack(">I", len(packed) + 12) + struct.pack("<3I", 1, 12, len(packed)) + packed
    file = CompressedFile(
        decmpfs=struct.pack("<4sIQ", b"fpmc", 4, len(plist)), resource_fork=fork, is_embedded=is_embedded
    )
    container = ApfsContainer()
    container.add_folder(shelf, {"Info.plist": file})

    assert read(container.image()) == truth


def test_a_compressed_file_is_read_from_its_attribute(write_app: WriteApp, shelf: Path, truth: Facts) -> None:
    plist = (write_app() / "Contents/Info.plist").read_bytes()
    attribute = struct.pack("<4sIQ", b"fpmc", 3, len(plist)) + zlib.compress(plist)
    container = ApfsContainer()
    container.add_folder(shelf, {"Info.plist": CompressedFile(decmpfs=attribute)})

    assert read(container.image()) == truth


def test_holes_in_a_file_are_zeros(write_app: WriteApp, shelf: Path, truth: Facts) -> None:
    plist = write_app() / "Contents/Info.plist"
    comment = b"<!--" + b" " * 2 * BLOCK + b"-->"
    plist.write_bytes(plist.read_bytes() + comment)
    executable = shelf / "Acme Notes.app/Contents/MacOS/Acme Notes"
    executable.write_bytes(executable.read_bytes() + bytes(3 * BLOCK))
    container = ApfsContainer()
    container.add_folder(shelf)

    assert read(container.image()) == truth


def test_a_container_without_a_volume_says_so(shelf: Path) -> None:
    container = ApfsContainer()
    container.add_folder(shelf)

    with pytest.raises(InstallerError, match="no volume"):
        read(container.image().replace(b"APSB", b"none"))


def test_an_object_that_is_missing_is_damage(write_app: WriteApp, shelf: Path) -> None:
    write_app()
    container = ApfsContainer()
    container.add_folder(shelf)
    image = bytearray(container.image())
    struct.pack_into("<Q", image, 184, 9999)

    with pytest.raises(InstallerError, match="object is missing"):
        read(bytes(image))


@pytest.mark.parametrize("size", [0, 512, 4097, 2**31])
def test_blocks_of_senseless_size_are_refused(size: int) -> None:
    image = bytearray(ApfsContainer().image())
    struct.pack_into("<I", image, 36, size)

    with pytest.raises(InstallerError, match="size of its blocks"):
        read(bytes(image))


def test_a_tree_that_leads_back_to_itself_ends_in_a_reason(write_app: WriteApp, shelf: Path) -> None:
    write_app()
    container = ApfsContainer()
    container.add_folder(shelf)
    image = bytearray(container.image())
    for block in range(0, len(image), BLOCK):
        flags, level = struct.unpack_from("<HH", image, block + 32)
        (number,) = struct.unpack_from("<Q", image, block + 8)
        if flags in (0, 1) and level and number >= 2000:
            (count,) = struct.unpack_from("<I", image, block + 36)
            end = block + BLOCK - (40 if flags else 0)
            image[end - 8 * count : end] = struct.pack("<Q", number) * count

    with pytest.raises(InstallerError, match="senselessly"):
        read(bytes(image))
