"""A writer of our own for Apple Archives."""

import os
import struct
from pathlib import Path


def apple_archive(folder: Path, magic: bytes = b"AA01") -> bytes:
    """Write what is in *folder* as records in the order of their paths, as Apple's archiver does."""
    return b"".join(_record(path, path.relative_to(folder).as_posix(), magic) for path in sorted(folder.rglob("*")))


def record(magic: bytes, kind: bytes, path: str, *, link: str = "", content: bytes | None = None) -> bytes:
    """Write one record, with attributes before its content as macOS adds them."""
    fields = b"TYP1" + kind + _text(b"PAT", path) + (_text(b"LNK", link) if link else b"")
    fields += b"UID2\xf5\x01" + b"MTMT" + bytes(12) + b"FLG1\0" + b"XATA" + struct.pack("<H", 5)
    blobs = b"xattr"
    if content is not None:
        fields += (
            b"DATA" + struct.pack("<H", len(content))
            if len(content) < 2**16
            else b"DATB" + struct.pack("<I", len(content))
        )
        blobs += content
    return magic + struct.pack("<H", 6 + len(fields)) + fields + blobs


def _record(path: Path, name: str, magic: bytes) -> bytes:
    if path.is_symlink():
        return record(magic, b"L", name, link=os.fsdecode(path.readlink()))
    if path.is_dir():
        return record(magic, b"D", name)
    return record(magic, b"F", name, content=path.read_bytes())


def _text(key: bytes, text: str) -> bytes:
    return key + b"P" + struct.pack("<H", len(text.encode())) + text.encode()
