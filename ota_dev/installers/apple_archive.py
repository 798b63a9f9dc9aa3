"""The Mac app in an Apple Archive (`.aar`, `.yaa`), plain or in compressed blocks; others say nothing.

An archive has no directory, so the whole of it is passed through, once: else a second app, or a cut, would not be seen.
Blocks that hold nothing but the content of files that do not matter are not unpacked.
"""

from collections.abc import Iterator
from itertools import takewhile
from typing import BinaryIO, NamedTuple

from ota_dev.catalog.facts import Facts
from ota_dev.errors import IncompleteInstallerError, InstallerError
from ota_dev.installers.containers.apple_compression.block_stream import BlockStream, begins_blocks
from ota_dev.installers.containers.forward_stream import ForwardStream, open_stream
from ota_dev.installers.containers.seen_files import SeenFiles
from ota_dev.installers.interface import InstallerFormat
from ota_dev.installers.mac_app import read_only_app

__all__ = ["AAR"]

MAX_MEMBERS = 400_000
MAX_MEMBER_SIZE = 1024**4  # bytes

_MAGICS = (b"AA01", b"YAA1")
_ENCRYPTED = b"AEA1"

# A field of a header is a key of three letters, one for its kind, and its value. By kind, the value takes so many bytes
# (flag, numbers, times, hashes), has its length before it, or is the length of a blob that follows the header.
_SIZES = {"*": 0, "1": 1, "2": 2, "4": 4, "8": 8, "S": 8, "T": 12, "F": 4, "G": 20, "H": 32, "I": 48, "J": 64}
_TEXT = "P"
_BLOB_SIZES = {"A": 2, "B": 4, "C": 8}
_CONTENT = "DAT"


def _recognises(head: bytes) -> bool:
    return head.startswith((*_MAGICS, _ENCRYPTED)) or begins_blocks(head)


def _read(file: BinaryIO) -> Facts:
    magic = file.read(4)
    if magic == _ENCRYPTED:
        raise InstallerError("it is an Apple Encrypted Archive")
    stream = BlockStream(file) if begins_blocks(magic) else open_stream(file)
    seen = SeenFiles()
    for member in _members(stream):
        if member.kind == "L":
            seen.add_link(member.path, member.link_target)
        elif member.kind == "F":
            seen.add_file(member.path, member.blobs.get(_CONTENT, 0), stream)
    return read_only_app(seen.by_path, seen.read) or Facts()


AAR = InstallerFormat(name="aar", recognises=_recognises, read=_read)


class _Member(NamedTuple):
    kind: str  # "F" for a plain file, "D" for a folder, "L" for a symbolic link
    path: str
    link_target: str
    blobs: dict[str, int]  # what follows the header, in its order: sizes in bytes, by key


def _members(stream: ForwardStream) -> Iterator[_Member]:
    """Give the members in their order; while one is at hand, the stream stands at the start of its content, if any."""
    for _ in range(MAX_MEMBERS):
        start = stream.read(6)
        if not start:
            return
        member = _member(_header(start, stream))
        if sum(member.blobs.values()) > MAX_MEMBER_SIZE:
            raise InstallerError("one of its members is of senseless size")
        end = stream.position + sum(member.blobs.values())
        stream.skip(_size_before_content(member.blobs))
        yield member
        stream.skip(end - stream.position)
    raise InstallerError(f"it has more than {MAX_MEMBERS:,} members")


def _header(start: bytes, stream: ForwardStream) -> bytes:
    """Read a header, without its *start*: the magic and the size of the whole."""
    size = max(int.from_bytes(start[4:], "little") - len(start), 0)
    header = stream.read(size)
    if len(start) < 6 or len(header) < size:
        raise IncompleteInstallerError("it is cut short: it ends within one of its members")
    if not start.startswith(_MAGICS):
        raise InstallerError("the header of one of its members is damaged")
    return header


def _member(header: bytes) -> _Member:
    fields = {field.key: field for field in _fields(header)}
    texts = {key: field.value.decode("utf-8", "replace") for key, field in fields.items()}
    blobs = {key: int.from_bytes(field.value, "little") for key, field in fields.items() if field.kind in _BLOB_SIZES}
    return _Member(texts.get("TYP", ""), texts.get("PAT", ""), texts.get("LNK", ""), blobs)


class _Field(NamedTuple):
    key: str
    kind: str
    value: bytes


def _fields(header: bytes) -> Iterator[_Field]:
    while header:
        key, kind, header = header[:3].decode("latin-1"), header[3:4].decode("latin-1"), header[4:]
        size = _SIZES.get(kind) or _BLOB_SIZES.get(kind) or 0
        if kind == _TEXT:
            size, header = int.from_bytes(header[:2], "little"), header[2:]
        elif kind not in _SIZES and kind not in _BLOB_SIZES:
            raise InstallerError("the header of one of its members is damaged")
        yield _Field(key, kind, header[:size])
        header = header[size:]


def _size_before_content(blobs: dict[str, int]) -> int:
    sizes = takewhile(lambda blob: blob[0] != _CONTENT, blobs.items())
    return sum(size for _, size in sizes) if _CONTENT in blobs else 0
