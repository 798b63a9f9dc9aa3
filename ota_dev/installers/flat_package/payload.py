"""The Mac app in the payload of a package: a cpio archive, compressed with gzip or in Apple's blocks.

A payload has no directory, so the whole of it is passed through, once; what Apple's blocks hold of files that do not
matter is not unpacked.
"""

import lzma
import zlib
from typing import BinaryIO

from ota_dev.catalog.facts import Facts
from ota_dev.errors import InstallerError
from ota_dev.installers.containers.apple_compression.block_stream import BlockStream, begins_blocks
from ota_dev.installers.containers.forward_stream import ForwardStream, open_stream
from ota_dev.installers.containers.seen_files import SeenFiles
from ota_dev.installers.flat_package.cpio import cpio_members
from ota_dev.installers.mac_app import read_only_app

__all__ = ["read_app_in_payload"]

MAX_LINK_TARGET = 1024  # bytes


def read_app_in_payload(payload: BinaryIO) -> Facts | None:
    """Read the facts of the one app in a payload, `None` when there is none.

    Raises:
        InstallerError: there are two or more, or the payload cannot be read.
    """
    stream: ForwardStream = BlockStream(payload) if begins_blocks(payload.read(4)) else open_stream(payload)
    try:
        seen = _seen_files(stream)
    except (zlib.error, lzma.LZMAError) as error:
        raise InstallerError(f"its payload is damaged: {error}") from error
    return read_only_app(seen.by_path, seen.read)


def _seen_files(stream: ForwardStream) -> SeenFiles:
    seen = SeenFiles()
    for member in cpio_members(stream):
        if member.is_link:
            seen.add_link(member.name, stream.read(min(member.size, MAX_LINK_TARGET)).decode("utf-8", "replace"))
        elif member.is_file:
            seen.add_file(member.name, member.size, stream)
    return seen
