"""Single values at the top of a binary property list; pure.

Not `plistlib`, which builds every object there is: a list of 48 KB whose objects overlap takes 140 MB, one of 4 MiB
all the memory there is, and an object may contain itself. This reads those strings and numbers of the outermost
dictionary that are asked for, and nothing below. The layout is the one that Apple's CFBinaryPList.c describes.
"""

import struct
from collections.abc import Collection, Iterator

from ota_dev.errors import InstallerError

__all__ = ["MAGIC", "top_level_values"]

MAGIC = b"bplist00"

_TRAILER = struct.Struct(">6xBBQQQ")
_MAX_KEYS = 10_000
_MAX_KEY_LENGTH = 100

# What the upper half of an object's first byte says that it is.
_INTEGER, _REAL, _ASCII, _UTF_16, _DICTIONARY = 0x1, 0x2, 0x5, 0x6, 0xD


def top_level_values(data: bytes, keys: Collection[str]) -> dict[str, str | int | float]:
    """Give the strings and numbers that the outermost dictionary has under *keys*; others are left out.

    Raises:
        InstallerError: a reference, a place or a length in it points outside, or it does not begin with a dictionary.
    """
    plist = _BinaryPlist(data)
    places = {key: place for key, place in plist.entries() if key in keys}
    values = {key: plist.text(place) if plist.is_text(place) else plist.number(place) for key, place in places.items()}
    return {key: value for key, value in values.items() if value is not None}


class _BinaryPlist:
    """Access to single objects by their place, which is found through the table of offsets."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        trailer = self._bytes(len(data) - _TRAILER.size, _TRAILER.size)
        self._offset_size, self._reference_size, self._count, self._root, self._offsets = _TRAILER.unpack(trailer)

    def entries(self) -> Iterator[tuple[str, int]]:
        """Give each key of the outermost dictionary with the place of its value."""
        kind, count, start = self._head(self._place(self._root))
        if kind != _DICTIONARY or count > _MAX_KEYS:
            raise InstallerError("it does not begin with a dictionary of a sane size")
        for index in range(count):
            key = self._referenced(start, index)
            if self.is_text(key, longest=_MAX_KEY_LENGTH):
                yield self.text(key), self._referenced(start, count + index)

    def is_text(self, place: int, *, longest: int | None = None) -> bool:
        """Tell whether a string stands at *place*, of at most *longest* characters."""
        kind, length, _ = self._head(place)
        return kind in (_ASCII, _UTF_16) and (longest is None or length <= longest)

    def text(self, place: int) -> str:
        """Read the string at *place*."""
        kind, length, start = self._head(place)
        if kind == _ASCII:
            return self._bytes(start, length).decode("ascii")
        return self._bytes(start, 2 * length).decode("utf-16-be")

    def number(self, place: int) -> int | float | None:
        """Read the number at *place*; `None` for anything else."""
        marker = self._bytes(place, 1)[0]
        size = 1 << (marker & 0xF)
        if marker >> 4 == _INTEGER:
            return int.from_bytes(self._bytes(place + 1, size), signed=size >= 8)
        if marker >> 4 == _REAL:
            value: float = struct.unpack(">f" if size == 4 else ">d", self._bytes(place + 1, size))[0]
            return value
        return None

    def _head(self, place: int) -> tuple[int, int, int]:
        """Give an object's kind, its length, and the place where its content starts."""
        marker = self._bytes(place, 1)[0]
        if marker & 0xF != 0xF:
            return marker >> 4, marker & 0xF, place + 1
        # A length of 15 or more follows as an integer object.
        size = 1 << (self._bytes(place + 1, 1)[0] & 0x3)
        return marker >> 4, self._integer(place + 2, size), place + 2 + size

    def _referenced(self, start: int, index: int) -> int:
        return self._place(self._integer(start + index * self._reference_size, self._reference_size))

    def _place(self, reference: int) -> int:
        if reference >= self._count:
            raise InstallerError("it refers to an object that is not there")
        return self._integer(self._offsets + reference * self._offset_size, self._offset_size)

    def _integer(self, place: int, size: int) -> int:
        return int.from_bytes(self._bytes(place, size))

    def _bytes(self, place: int, size: int) -> bytes:
        if place < 0 or place + size > len(self._data):
            raise InstallerError("a place or a length in it points outside")
        return self._data[place : place + size]
