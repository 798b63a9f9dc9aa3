"""AppImages, by the desktop entry in their squashfs, and by their metainfo where that gives no version.

An AppImage is a program for Linux, the runtime, with a file system behind it.
Source of the layout: the AppImage specification, and `elf.h`.
"""

import struct
from typing import BinaryIO

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.errors import InstallerError
from ota_dev.installers.appimage.block_map import block_map_size
from ota_dev.installers.appimage.desktop_entry import parse_desktop_entry
from ota_dev.installers.bounded_xml import MAX_XML_SIZE, parse_xml
from ota_dev.installers.containers.bounded_reading import read_at
from ota_dev.installers.containers.squashfs import SquashFs
from ota_dev.installers.interface import InstallerFormat

__all__ = ["APPIMAGE"]

MAX_ENTRY_SIZE = 1 << 16  # bytes of a desktop entry
MAX_METAINFO_FILES = 4  # files that are looked into

_MARK = b"AI"  # where ELF has padding; the type follows
_TYPE_2 = 2
_METAINFO = "usr/share/metainfo"
_MACHINES = {
    0x03: Architecture.X86,
    0x28: Architecture.ARM,
    0x3E: Architecture.X86_64,
    0xB7: Architecture.ARM64,
}


def _recognises(head: bytes) -> bool:
    return head.startswith(b"\x7fELF") and head[8:10] == _MARK


def _read(file: BinaryIO) -> Facts:
    header = read_at(file, 0, 64, "ELF header")
    if header[10] != _TYPE_2:
        raise InstallerError(f"it is an AppImage of type {header[10]}; only those of type 2 can be read")
    byte_order = ">" if header[5] == 2 else "<"
    (machine,) = struct.unpack_from(f"{byte_order}H", header, 18)
    architecture = _MACHINES.get(machine)
    built_for = Facts.read_from(
        "ELF header", platform=Platform.LINUX, architectures=(architecture,) if architecture else ()
    )
    file_system = SquashFs(file, _end_of_elf(file, header, byte_order))
    mapped = Facts.read_from("end of the file", block_map_size=block_map_size(file))
    return _described(file_system).over(built_for).over(mapped)


def _end_of_elf(file: BinaryIO, header: bytes, byte_order: str) -> int:
    """Find the end of the runtime: its table of sections, or its last section where that stands behind the table."""
    is_64_bit = header[4] == 2
    layout, place = ("Q10x2H", 40) if is_64_bit else ("I10x2H", 32)
    table, entry_size, count = struct.unpack_from(byte_order + layout, header, place)
    end = int(table + entry_size * count)
    if count == 0 or entry_size < (64 if is_64_bit else 40):
        return end
    last = read_at(file, end - entry_size, entry_size, "last section header")
    offset, size = struct.unpack_from(byte_order + ("2Q" if is_64_bit else "2I"), last, 24 if is_64_bit else 16)
    return max(end, int(offset + size))


def _described(file_system: SquashFs) -> Facts:
    names = sorted(name for name in file_system.names() if name.endswith(".desktop"))
    if not names:
        raise InstallerError("it has no desktop entry at the root of its file system")
    entry = parse_desktop_entry(file_system.read(names[0], MAX_ENTRY_SIZE) or b"")
    version = entry.get("X-AppImage-Version")
    described = Facts.read_from(
        names[0],
        name=entry.get("Name") or entry.get("X-AppImage-Name"),
        version=version,
        short_version=version,
    )
    return described if version else described.over(_released(file_system))


def _released(file_system: SquashFs) -> Facts:
    """Read the newest release of the first metainfo file that has one."""
    names = (name for name in file_system.names(_METAINFO) if name.endswith((".metainfo.xml", ".appdata.xml")))
    for name in sorted(names)[:MAX_METAINFO_FILES]:
        path = f"{_METAINFO}/{name}"
        release = parse_xml(file_system.read(path, MAX_XML_SIZE + 1) or b"", path).find("releases/release")
        version = release.get("version") if release is not None else None
        if version:
            return Facts.read_from(path, version=version, short_version=version)
    return Facts()


APPIMAGE = InstallerFormat(name="appimage", recognises=_recognises, read=_read)
