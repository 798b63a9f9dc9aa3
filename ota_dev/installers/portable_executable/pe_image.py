"""The layout of a Windows executable: its sections, and its resources.

Reads headers and resource directories only, by position, so that a 300 MB installer costs no more than a small one.
What follows the sections (the payload of NSIS and Inno Setup) is not looked into; only its declared end is checked.
Source of every offset: Microsoft's "PE Format".
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple, Self

from ota_dev.errors import InstallerError
from ota_dev.installers.containers.bounded_reading import read_at, require_size, size_of

__all__ = ["PeImage"]

MAX_RESOURCE_SIZE = 1 << 20  # bytes of one resource
MAX_ENTRIES = 4096  # of one resource directory

_OPTIONAL_HEADER_MAGIC_64 = 0x20B
_RESOURCES, _CERTIFICATES = 2, 4  # places in the table of data directories
_IS_DIRECTORY = 1 << 31
_NSIS_SIGNATURE = b"\xef\xbe\xad\xdeNullsoftInst"


class _Section(NamedTuple):
    virtual_size: int
    virtual_address: int
    file_size: int
    file_offset: int


@dataclass(frozen=True, slots=True)
class PeImage:
    """The sections and data directories of an executable."""

    file: BinaryIO
    sections: tuple[_Section, ...]
    directories: tuple[tuple[int, int], ...]  # address and size each

    @classmethod
    def parse(cls, file: BinaryIO) -> Self:
        """Read the headers of an executable that is whole.

        Raises:
            IncompleteInstallerError: the file ends before its headers, its sections or what was appended to them.
            InstallerError: it is no Windows executable.
        """
        (start,) = struct.unpack("<I", read_at(file, 60, 4, "MS-DOS header"))
        signature, section_count, optional_size = struct.unpack("<4s2xH12xH2x", read_at(file, start, 24, "PE header"))
        if signature != b"PE\0\0":
            raise InstallerError("it is a program for MS-DOS or 16-bit Windows, which says nothing of itself")
        optional = read_at(file, start + 24, optional_size, "optional header")
        table = read_at(file, start + 24 + optional_size, section_count * 40, "section table")
        sections = tuple(_Section(*entry) for entry in struct.iter_unpack("<8x4I16x", table))
        image = cls(file, sections, _data_directories(optional))
        image._require_whole()
        return image

    def resource(self, kind: int, language_order: Callable[[int], tuple[int, ...]]) -> bytes | None:
        """Give the lowest-numbered resource of a kind in the language that sorts first; `None` when there is none.

        Languages are Windows language identifiers, 0 for neutral.
        """
        root, _ = self._directory(_RESOURCES)
        kinds = self._entries(root, _IS_DIRECTORY) if root else {}
        numbers = self._entries(root, kinds.get(kind, 0))
        languages = self._entries(root, numbers[min(numbers)]) if numbers else {}
        return self._leaf(root + languages[min(languages, key=language_order)]) if languages else None

    def _entries(self, root: int, place: int) -> dict[int, int]:
        """Read a directory, as places by number; a place without the directory bit has none."""
        if not place & _IS_DIRECTORY:
            return {}
        address = root + (place & ~_IS_DIRECTORY)
        named, numbered = struct.unpack("<12x2H", self._read(address, 16, "resource directory"))
        if named + numbered > MAX_ENTRIES:
            raise InstallerError(f"its resource directory claims {named + numbered} entries, which no real one has")
        table = self._read(address + 16, (named + numbered) * 8, "resource directory")
        return dict(struct.iter_unpack("<2I", table))

    def _leaf(self, address: int) -> bytes:
        data_address, size = struct.unpack("<2I8x", self._read(address, 16, "resource"))
        if size > MAX_RESOURCE_SIZE:
            raise InstallerError(f"one of its resources claims to be {size} bytes long, which no real one is")
        return self._read(data_address, size, "resource")

    def _read(self, address: int, size: int, what: str) -> bytes:
        for section in self.sections:
            offset = address - section.virtual_address
            if offset >= 0 and offset + size <= section.file_size:
                return read_at(self.file, section.file_offset + offset, size, what)
        raise InstallerError(f"it is damaged: its {what} at address {address:#x} is in none of its sections")

    def _directory(self, place: int) -> tuple[int, int]:
        return self.directories[place] if place < len(self.directories) else (0, 0)

    def _require_whole(self) -> None:
        end = max((section.file_offset + section.file_size for section in self.sections), default=0)
        require_size(self.file, end, "last section")
        # Of all data directories only this one is at a place in the file, behind everything else that is signed.
        offset, size = self._directory(_CERTIFICATES)
        require_size(self.file, offset + size, "signature")
        self._require_whole_nsis_payload(-(-end // 512) * 512)

    def _require_whole_nsis_payload(self, start: int) -> None:
        """Check the length that NSIS writes into its `firstheader` (`exehead/fileform.h` of NSIS 3)."""
        if size_of(self.file) >= start + 28:
            header = read_at(self.file, start, 28, "NSIS header")
            if header[4:20] == _NSIS_SIGNATURE:
                require_size(self.file, start + int.from_bytes(header[24:], "little"), "NSIS payload")


def _data_directories(optional_header: bytes) -> tuple[tuple[int, int], ...]:
    is_64_bit = int.from_bytes(optional_header[:2], "little") == _OPTIONAL_HEADER_MAGIC_64
    table = optional_header[112 if is_64_bit else 96 :][: 16 * 8]
    return tuple(struct.iter_unpack("<2I", table[: len(table) // 8 * 8]))
