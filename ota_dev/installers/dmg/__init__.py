"""The Mac app on a disk image (`.dmg`): UDIF outside, HFS+ or APFS inside, in pure Python.

Unpacks only the chunks that hold the folders on the way to the app, its Info.plist and the header of its executable,
whatever the size of the rest. An image has its mark at its end; one that is cut short is known by its first sector.
"""

import struct
from typing import BinaryIO

from ota_dev.catalog.facts import Facts
from ota_dev.errors import InstallerError
from ota_dev.installers.dmg.apfs import Apfs
from ota_dev.installers.dmg.apfs_container import is_apfs
from ota_dev.installers.dmg.hfs_plus import HfsPlus, is_hfs_plus
from ota_dev.installers.dmg.partitions import begins_disk, partition_starts
from ota_dev.installers.dmg.ranges import ReadRange, shifted
from ota_dev.installers.dmg.udif import first_bytes, is_encrypted, is_trailer, open_disk
from ota_dev.installers.dmg.volume import FileSystem, Volume
from ota_dev.installers.interface import InstallerFormat
from ota_dev.installers.mac_app import read_only_app

__all__ = ["DMG"]


def _recognises(head: bytes) -> bool:
    return is_encrypted(head) or begins_disk(first_bytes(head))


def _recognises_end(end: bytes) -> bool:
    return is_trailer(end) or is_encrypted(end)


def _read(file: BinaryIO) -> Facts:
    try:
        volume = Volume(_file_system(open_disk(file).read))
        facts = read_only_app(volume.app_contents(), volume.read)
    except (struct.error, LookupError, ValueError) as error:
        raise InstallerError(f"what is on its disk is damaged: {error}") from error
    if facts is None:
        raise InstallerError("it has no app in its outermost folders")
    return facts


def _file_system(disk: ReadRange) -> FileSystem:
    for start in partition_starts(disk):
        partition = shifted(disk, start)
        if is_hfs_plus(partition):
            return HfsPlus(partition)
        if is_apfs(partition):
            return Apfs(partition)
    raise InstallerError("it has no HFS+ or APFS volume")


DMG = InstallerFormat(name="dmg", recognises=_recognises, recognises_end=_recognises_end, read=_read)
