"""RPM packages (`.rpm`), by their header.

The version is RPM's own without epoch and release: the app compares with its own version, which has neither.
Source of the layout: "RPM V4 Package format" of rpm.org, and `rpmtag.h` for the tags.
"""

import struct
from collections.abc import Mapping
from typing import BinaryIO, NamedTuple, Self

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.targets import Platform
from ota_dev.errors import InstallerError
from ota_dev.installers.architectures import architectures
from ota_dev.installers.containers.bounded_reading import read_at, require_size
from ota_dev.installers.interface import InstallerFormat

__all__ = ["RPM"]

MAGIC = b"\xed\xab\xee\xdb"
MAX_ENTRIES = 1 << 16
MAX_TEXT_SIZE = 1 << 10  # bytes

_LEAD_SIZE = 96
_SOURCE_PACKAGE = 1
_HEADER_MAGIC = b"\x8e\xad\xe8\x01"
_NAME, _VERSION, _RELEASE, _EPOCH, _VENDOR, _ARCHITECTURE = 1000, 1001, 1002, 1003, 1011, 1022
_SIZE, _LONG_SIZE = 1000, 270  # of all that follows the signature, in the signature
_INTEGERS = {4: 4, 5: 8}  # types, with the bytes of one
_TEXTS = (6, 8, 9)


class _Entry(NamedTuple):
    tag: int
    kind: int
    offset: int  # from the start of the header's data
    values: int  # how many


class _Header(NamedTuple):
    """A header section; its values are read when they are asked for."""

    file: BinaryIO
    entries: Mapping[int, _Entry]
    data: int  # where the data starts
    end: int

    @classmethod
    def parse(cls, file: BinaryIO, start: int) -> Self:
        magic, count, size = struct.unpack(">4s4x2I", read_at(file, start, 16, "header"))
        if magic != _HEADER_MAGIC or count > MAX_ENTRIES:
            raise InstallerError(f"it is damaged: there is no RPM header at byte {start}")
        table = read_at(file, start + 16, count * 16, "header")
        entries = (_Entry(*fields) for fields in struct.iter_unpack(">4I", table))
        data = start + 16 + len(table)
        require_size(file, data + size, "header")
        return cls(file, {entry.tag: entry for entry in entries}, data, data + size)

    def text(self, tag: int) -> str:
        entry = self.entries.get(tag)
        if entry is None or entry.kind not in _TEXTS or entry.offset >= self.end - self.data:
            return ""
        start = self.data + entry.offset
        text = read_at(self.file, start, min(MAX_TEXT_SIZE, self.end - start), "header")
        return text.split(b"\0", 1)[0].decode("utf-8", "replace").strip()

    def integer(self, tag: int) -> int | None:
        entry = self.entries.get(tag)
        if entry is None or entry.kind not in _INTEGERS or entry.values == 0:
            return None
        size = _INTEGERS[entry.kind]
        return int.from_bytes(read_at(self.file, self.data + entry.offset, size, "header"), "big")


def _recognises(head: bytes) -> bool:
    return head.startswith(MAGIC)


def _read(file: BinaryIO) -> Facts:
    if int.from_bytes(read_at(file, 6, 2, "lead"), "big") == _SOURCE_PACKAGE:
        raise InstallerError("it is a source package, which installs nothing")
    signature = _Header.parse(file, _LEAD_SIZE)
    start = -(-signature.end // 8) * 8
    header = _Header.parse(file, start)
    size = signature.integer(_LONG_SIZE) or signature.integer(_SIZE)
    # Without a declared size there is at least some payload.
    require_size(file, start + size if size else header.end + 1, "payload")
    return _facts(header)


def _facts(header: _Header) -> Facts:
    version = header.text(_VERSION)
    named = Facts.read_from(
        "RPM header",
        name=header.text(_NAME),
        publisher=header.text(_VENDOR),
        platform=Platform.LINUX,
        architectures=architectures(header.text(_ARCHITECTURE)),
    )
    source = f"RPM header (version {_full_version(header)})"
    return Facts.read_from(source, version=version, short_version=version).over(named)


def _full_version(header: _Header) -> str:
    epoch = header.integer(_EPOCH)
    return f"{'' if epoch is None else f'{epoch}:'}{header.text(_VERSION)}-{header.text(_RELEASE)}"


RPM = InstallerFormat(name="rpm", recognises=_recognises, read=_read)
