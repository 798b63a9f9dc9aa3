"""Writers of our own for flat packages: the xar archive around them, and the cpio archive of a payload."""

import gzip
import os
import stat
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape


def xar(files: Mapping[str, bytes], *, encoding: str = "application/octet-stream") -> bytes:
    """Write files by path; *encoding* is said of their content, which is written as it is."""
    heap = bytearray(b"checksum of the toc.")
    elements = _elements(_nested(files), heap, encoding)
    toc = f'<?xml version="1.0" encoding="UTF-8"?><xar><toc>{elements}</toc></xar>'.encode()
    packed = zlib.compress(toc)
    return struct.pack(">4sHHQQI", b"xar!", 28, 1, len(packed), len(toc), 1) + packed + bytes(heap)


def payload(folder: Path) -> bytes:
    """Write what is in *folder* as the cpio archive of a payload, not yet compressed."""
    members = [_member(f"./{path.relative_to(folder).as_posix()}", path) for path in sorted(folder.rglob("*"))]
    return b"".join((_header(".", 0o40755, 0), *members, _header("TRAILER!!!", 0, 0)))


def gzipped(data: bytes) -> bytes:
    """Compress as gzip, always to the same bytes."""
    return gzip.compress(data, mtime=0)


def _nested(files: Mapping[str, bytes]) -> dict[str, object]:
    tree: dict[str, object] = {}
    for path, content in files.items():
        *folders, name = path.split("/")
        place = tree
        for folder in folders:
            place = place.setdefault(folder, {})  # type: ignore[assignment]
        place[name] = content
    return tree


def _elements(tree: Mapping[str, object], heap: bytearray, encoding: str) -> str:
    text = ""
    for name, content in tree.items():
        text += f"<file><name>{escape(name)}</name>"
        if isinstance(content, dict):
            text += f"<type>directory</type>{_elements(content, heap, encoding)}</file>"
        elif isinstance(content, bytes):
            text += f'<type>file</type><data><length>{len(content)}</length><encoding style="{encoding}"/>'
            text += f"<offset>{len(heap)}</offset><size>{len(content)}</size></data></file>"
            heap += content
    return text


def _member(name: str, path: Path) -> bytes:
    if path.is_symlink():
        content = os.fsencode(path.readlink())
    elif path.is_dir():
        content = b""
    else:
        content = path.read_bytes()
    mode = path.lstat().st_mode
    return _header(name, stat.S_IFMT(mode) | 0o755, len(content)) + content


def _header(name: str, mode: int, size: int) -> bytes:
    text = name.encode() + b"\0"
    return f"070707{0:06o}{0:06o}{mode:06o}{0:012o}{1:06o}{0:017o}{len(text):06o}{size:011o}".encode() + text
