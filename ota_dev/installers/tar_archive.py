"""The Mac app in a tar archive, plain or compressed with gzip, bzip2, xz, lzma or zstd; others say nothing.

A tar has no directory, so the whole of it is passed through, once: else a second app, or a cut, would not be seen. A
plain one is skipped through from header to header; a compressed one has to be unpacked, which is the format's price.
Kept on the way are property lists and the headers of executables, since which of them matter is known at the end.
"""

import posixpath
from typing import BinaryIO

from ota_dev.catalog.facts import Facts
from ota_dev.errors import InstallerError
from ota_dev.installers import info_plist, mach_o
from ota_dev.installers.compressions import compression_of
from ota_dev.installers.forward_stream import ForwardStream, open_stream
from ota_dev.installers.interface import InstallerFormat
from ota_dev.installers.mac_app import read_only_app
from ota_dev.installers.member_paths import follow_links, member_path
from ota_dev.installers.tar_members import TarMember, begins_tar, tar_members

__all__ = ["TAR"]

MAX_KEPT = 64 * 1024**2  # bytes, in contents and paths


def _recognises(head: bytes) -> bool:
    return compression_of(head) is not None or begins_tar(head)


def _read(file: BinaryIO) -> Facts:
    stream = open_stream(file)
    kept = _Kept()
    for member in tar_members(stream):
        kept.add(member, stream)
    return read_only_app(kept.files, kept.read) or Facts()


TAR = InstallerFormat(name="tar", recognises=_recognises, read=_read)


class _Kept:
    """The files and links of an archive by path, and what may matter of their contents."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self._links: dict[str, str] = {}
        self._size = 0

    def add(self, member: TarMember, stream: ForwardStream) -> None:
        path = member_path(member.path)
        if path is None:
            return
        content = b""
        self._links.pop(path, None)  # a later member replaces an earlier one
        if member.symbolic_link is not None:
            self._links[path] = member.symbolic_link
        elif member.hard_link is not None:
            content = self.files.get(member_path(member.hard_link) or "", b"")
        elif member.is_file:
            content = _what_may_matter(path, member.size, stream)
        else:
            return
        self.files[path] = content
        self._size += len(path) + len(member.symbolic_link or "") + len(content)
        if self._size > MAX_KEPT:
            raise InstallerError("it holds senselessly many files, property lists or executables")

    def read(self, path: str, limit: int) -> bytes | None:
        reached = follow_links(path, self._links.get)
        content = self.files.get(reached) if reached else None
        return None if content is None else content[:limit]


def _what_may_matter(path: str, size: int, stream: ForwardStream) -> bytes:
    """Read a property list, or the start of an executable; nothing of any other file."""
    if posixpath.splitext(path)[1] == ".plist":
        return stream.read(min(size, info_plist.MAX_SIZE + 1))
    start = stream.read(min(size, 4))
    return start + stream.read(min(size, mach_o.HEADER_SIZE) - len(start)) if mach_o.is_mach_o(start) else b""
