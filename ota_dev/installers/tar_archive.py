"""The Mac app in a tar archive, plain or compressed with gzip, bzip2, xz, lzma or zstd; others say nothing.

A tar has no directory, so the whole of it is passed through, once: else a second app, or a cut, would not be seen. A
plain one is skipped through from header to header; a compressed one has to be unpacked, which is the format's price.
"""

from typing import BinaryIO

from ota_dev.catalog.facts import Facts
from ota_dev.installers.containers.compressions import compression_of
from ota_dev.installers.containers.forward_stream import open_stream
from ota_dev.installers.containers.seen_files import SeenFiles
from ota_dev.installers.containers.tar_members import begins_tar, tar_members
from ota_dev.installers.interface import InstallerFormat
from ota_dev.installers.mac_app import read_only_app

__all__ = ["TAR"]


def _recognises(head: bytes) -> bool:
    return compression_of(head) is not None or begins_tar(head)


def _read(file: BinaryIO) -> Facts:
    stream = open_stream(file)
    seen = SeenFiles()
    for member in tar_members(stream):
        if member.symbolic_link is not None:
            seen.add_link(member.path, member.symbolic_link)
        elif member.hard_link is not None:
            seen.add_hard_link(member.path, member.hard_link)
        elif member.is_file:
            seen.add_file(member.path, member.size, stream)
    return read_only_app(seen.by_path, seen.read) or Facts()


TAR = InstallerFormat(name="tar", recognises=_recognises, read=_read)
