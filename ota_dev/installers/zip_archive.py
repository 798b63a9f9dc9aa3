"""Zip archives, by what they hold: a Windows app package, a NuGet package or a Mac app; others say nothing.

Reads the archive's directory, which stands at its end, and a member or two: every app is seen, whatever the size of
the rest. A zip that has no end record, or whose end is that of another zip, is cut short.
"""

import stat
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from ota_dev.catalog.facts import Facts
from ota_dev.errors import IncompleteInstallerError, InstallerError
from ota_dev.installers.containers.member_paths import follow_links, member_path
from ota_dev.installers.interface import InstallerFormat
from ota_dev.installers.mac_app import read_only_app
from ota_dev.installers.msix import read_msix
from ota_dev.installers.nupkg import read_nupkg

__all__ = ["ZIP"]

MAX_ENTRIES = 200_000
MAX_DIRECTORY_SIZE = 64 * 1024 * 1024  # bytes
MAX_LINK_TARGET = 1024  # bytes

# The first that finds what it looks for says what the archive is.
CONTENTS = (read_msix, read_nupkg, read_only_app)

_FIRST_MEMBER = b"PK\x03\x04"
_END_RECORD = b"PK\x05\x06"
_SPANNING_MARKER = b"PK\x07\x08"  # may stand before the first member
_DIRECTORY_ENTRY = b"PK\x01\x02"
_MAX_END_SIZE = 22 + 0xFFFF  # bytes; the end record and the longest comment
_UTF_8_FLAG = 0x800
_ENCRYPTED_FLAG = 0x1
_MADE_ON_UNIX = (3, 19)  # Unix and Darwin keep file modes


def _recognises(head: bytes) -> bool:
    return head.startswith((_FIRST_MEMBER, _END_RECORD, _SPANNING_MARKER))


def _read(file: BinaryIO) -> Facts:
    _require_end_record(file)
    with ZipFile(_BoundedReads(file)) as archive:
        members = _Members(archive)
        readings = (read_content(members.by_path, members.read) for read_content in CONTENTS)
        return next((facts for facts in readings if facts is not None), Facts())


ZIP = InstallerFormat(name="zip", recognises=_recognises, read=_read)


def _require_end_record(file: BinaryIO) -> None:
    size = file.seek(0, 2)
    file.seek(max(0, size - _MAX_END_SIZE))
    _, found, end = file.read(_MAX_END_SIZE).rpartition(_END_RECORD)
    comment_size = int.from_bytes(end[16:18], "little")
    if not found or len(end) < 18 + comment_size:
        raise IncompleteInstallerError("it is cut short: the record that ends every zip is missing")


class _BoundedReads:
    """A view of a file that refuses the one read with which `ZipFile` loads a directory, where that is too large."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(MAX_DIRECTORY_SIZE + 1 if size < 0 else min(size, MAX_DIRECTORY_SIZE + 1))
        if len(data) > MAX_DIRECTORY_SIZE or data.count(_DIRECTORY_ENTRY) > MAX_ENTRIES:
            raise InstallerError(f"its directory has more than {MAX_ENTRIES:,} entries or is of senseless size")
        return data


class _Members:
    """The files of an archive by path, of which single ones are read into memory, through symbolic links too."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        entries = archive.infolist()
        # Otherwise the directory is that of a zip inside this one, whose own is lost.
        if entries and min(entry.header_offset for entry in entries) > len(_SPANNING_MARKER):
            raise IncompleteInstallerError("it is cut short: the zip ends with the directory of another one")
        files = ((member_path(_name(entry)), entry) for entry in entries if not entry.is_dir())
        self.by_path = {path: entry for path, entry in files if path}

    def read(self, path: str, limit: int) -> bytes | None:
        reached = follow_links(path, self._link_target)
        entry = self.by_path.get(reached) if reached else None
        return None if entry is None else self._content(entry, limit)

    def _link_target(self, path: str) -> str | None:
        entry = self.by_path.get(path)
        if entry is None or entry.create_system not in _MADE_ON_UNIX or not stat.S_ISLNK(entry.external_attr >> 16):
            return None
        return self._content(entry, MAX_LINK_TARGET).decode("utf-8", "replace")

    def _content(self, entry: ZipInfo, limit: int) -> bytes:
        if entry.flag_bits & _ENCRYPTED_FLAG:
            raise InstallerError(f"{_name(entry)} in it is encrypted")
        # Other methods are unpacked without a limit by `zipfile`, and not at all by macOS.
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise InstallerError(f"{_name(entry)} in it is compressed by a method that macOS does not unpack")
        with self._archive.open(entry) as member:
            return member.read(limit)


def _name(entry: ZipInfo) -> str:
    """Give an entry's name; macOS writes UTF-8 without the flag for it, which `zipfile` takes for code page 437."""
    if entry.flag_bits & _UTF_8_FLAG:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename
