import struct
import zlib

import pytest

from ota_dev.errors import InstallerError
from ota_dev.installers.dmg.hfs_plus import HfsPlus
from ota_dev.installers.dmg.volume import Volume
from tests.installers.writers.hfs_plus import BLOCK, NODE, HfsFile, HfsPlusVolume

PATH = "Acme Notes.app/Contents/Info.plist"
LONG = b"".join(struct.pack(">I", number) for number in range(5 * BLOCK))  # in pieces of one block each
HEADER = 1024
CATALOG = HEADER + 272


def image_of(file: HfsFile) -> bytearray:
    volume = HfsPlusVolume()
    volume.add("Acme Notes.app/Contents/MacOS/Acme Notes", HfsFile(content=b"an executable"))
    volume.add(PATH, file)
    volume.add("Acme Notes.app/Contents/PkgInfo", HfsFile(content=b"APPL????"))
    return bytearray(volume.image())


def open_volume(image: bytes | bytearray) -> Volume:
    def read(offset: int, size: int) -> bytes:
        if not 0 <= offset <= len(image) - size:
            raise InstallerError("beyond the end of the disk")
        return bytes(image[offset : offset + size])

    return Volume(HfsPlus(read))


def catalog_at(image: bytearray) -> int:
    (block,) = struct.unpack_from(">I", image, CATALOG + 16)
    return int(block) * BLOCK


@pytest.mark.parametrize("limit", [0, 1, BLOCK, 8 * BLOCK, 8 * BLOCK + 1, 16 * BLOCK + 7, len(LONG), len(LONG) + 1])
def test_a_file_in_many_pieces_is_read_as_far_as_asked(limit: int) -> None:
    assert open_volume(image_of(HfsFile(content=LONG))).read(PATH, limit) == LONG[:limit]


def test_names_are_found_in_either_case() -> None:
    assert open_volume(image_of(HfsFile(content=b"found"))).read(PATH.upper(), 100) == b"found"


@pytest.mark.parametrize("path", ["Missing", "Acme Notes.app/Missing/Info.plist", "Acme Notes.app", f"{PATH}/beyond"])
def test_what_is_no_file_is_none(path: str) -> None:
    assert open_volume(image_of(HfsFile())).read(path, 100) is None


def test_a_file_compressed_in_its_attribute_is_read() -> None:
    attribute = struct.pack("<4sIQ", b"fpmc", 3, len(LONG)) + zlib.compress(LONG)

    assert open_volume(image_of(HfsFile(decmpfs=attribute))).read(PATH, 100) == LONG[:100]


def test_a_file_compressed_in_its_resource_fork_is_read() -> None:
    packed = zlib.compress(LONG)
    fork = struct.pack(">4I", 256, 0, 0, 0).ljust(256, b"\0")
    fork += struct.pack(">I", len(packed) + 12) + struct.pack("<3I", 1, 12, len(packed)) + packed
    attribute = struct.pack("<4sIQ", b"fpmc", 4, len(LONG))

    assert open_volume(image_of(HfsFile(decmpfs=attribute, resource_fork=fork))).read(PATH, len(LONG)) == LONG


def test_a_compressed_file_without_its_attribute_is_damaged() -> None:
    image = image_of(HfsFile(decmpfs=b"fpmc"))
    image[image.index("decmpfs".encode("utf-16-be"))] ^= 1

    with pytest.raises(InstallerError, match="no attribute"):
        open_volume(image).read(PATH, 1)


@pytest.mark.parametrize("size", [0, 100, 2**31])
def test_blocks_of_senseless_size_are_refused(size: int) -> None:
    image = image_of(HfsFile())
    struct.pack_into(">I", image, HEADER + 40, size)

    with pytest.raises(InstallerError, match="size of its blocks"):
        open_volume(image)


def test_a_leaf_that_leads_back_to_itself_ends_in_a_reason() -> None:
    image = image_of(HfsFile())
    leaf = catalog_at(image) + NODE
    struct.pack_into(">I", image, leaf, 1)
    own_number = image.index("Acme Notes.app".encode("utf-16-be")) + 2 * len("Acme Notes.app") + 8
    struct.pack_into(">I", image, own_number, 2**31)  # so that all leaves come before what is in the folder

    with pytest.raises(InstallerError, match="senselessly large"):
        open_volume(image).read(PATH, 1)


def test_an_index_that_leads_back_to_itself_ends_in_a_reason() -> None:
    image = image_of(HfsFile())
    leaf = catalog_at(image) + NODE
    image[leaf + 8] = 0  # its kind is now that of an index
    for start in struct.unpack_from(">10H", image, leaf + NODE - 20):
        (key_size,) = struct.unpack_from(">H", image, leaf + start)
        struct.pack_into(">I", image, leaf + start + 2 + key_size, 1)

    with pytest.raises(InstallerError, match="leads nowhere"):
        open_volume(image).read(PATH, 1)


def test_a_file_without_the_extents_that_it_needs_is_damaged() -> None:
    image = image_of(HfsFile(content=LONG))
    (block,) = struct.unpack_from(">I", image, HEADER + 192 + 16)
    struct.pack_into(">H", image, block * BLOCK + NODE + 10, 0)  # no records in the leaf of the overflow

    with pytest.raises(InstallerError, match="ends before its size"):
        open_volume(image).read(PATH, len(LONG))
