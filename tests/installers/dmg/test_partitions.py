import os
import struct

import pytest

from ota_dev.errors import InstallerError
from ota_dev.installers.dmg.partitions import MAX_PARTITIONS, partition_starts
from tests.installers.writers.partitions import FIRST, SECTOR, apple_disk, bare_disk, guid_disk

VOLUME = os.urandom(4 * SECTOR)


def starts(disk: bytes) -> list[int]:
    def read(offset: int, size: int) -> bytes:
        if offset + size > len(disk):
            raise InstallerError("beyond the end")
        return disk[offset : offset + size]

    return partition_starts(read)


def test_a_guid_map_gives_its_partitions_and_then_the_disk() -> None:
    assert starts(guid_disk(VOLUME)) == [FIRST, 0]


def test_apples_map_gives_its_partitions_and_then_the_disk() -> None:
    assert starts(apple_disk(VOLUME)) == [SECTOR, FIRST, 0]


def test_a_disk_without_a_map_is_a_volume_itself() -> None:
    assert starts(bare_disk(VOLUME)) == [0]


def test_a_map_in_blocks_of_2_kib_is_read() -> None:
    disk = bytearray(10 * 2048)
    struct.pack_into(">2sH", disk, 0, b"ER", 2048)
    struct.pack_into(">2s2xII", disk, 2048, b"PM", 1, 5)

    assert starts(bytes(disk)) == [5 * 2048, 0]


def test_senselessly_many_partitions_are_not_followed() -> None:
    disk = bytearray(apple_disk(bytes(2 * MAX_PARTITIONS * SECTOR)))
    for place in range(1, 2 * MAX_PARTITIONS):
        struct.pack_into(">2s2xII", disk, place * SECTOR, b"PM", 2**32 - 1, place)

    assert len(starts(bytes(disk))) == MAX_PARTITIONS + 1


@pytest.mark.parametrize("size", [0, 127, 2**32 - 1])
def test_a_guid_map_with_entries_of_senseless_size_has_no_partitions(size: int) -> None:
    disk = bytearray(guid_disk(VOLUME))
    struct.pack_into("<I", disk, SECTOR + 84, size)

    assert starts(bytes(disk)) == [0]
