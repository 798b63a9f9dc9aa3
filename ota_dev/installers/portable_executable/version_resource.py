"""The version resource of a Windows executable: its strings and its fixed numbers.

Works on the resource's bytes alone. The text is decoded here, so that characters beyond the basic plane survive.
Source of the layout: Microsoft's `VS_VERSIONINFO` and the structures inside it.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ota_dev.errors import InstallerError

__all__ = ["VersionResource", "language_order", "parse_version_resource"]

MAX_BLOCKS = 2048  # children of one block

_FIXED_SIGNATURE = 0xFEEF04BD
_NEUTRAL, _ENGLISH_US, _ENGLISH = 0, 0x0409, 0x09


@dataclass(frozen=True, kw_only=True, slots=True)
class VersionResource:
    """What one version resource says; a fixed version that is not set is empty or all zeros."""

    strings: Mapping[str, str]
    fixed_file_version: str
    fixed_product_version: str


class _Block(NamedTuple):
    key: str
    value: bytes
    children: bytes


def parse_version_resource(data: bytes) -> VersionResource:
    """Parse a `VS_VERSIONINFO`; of its string tables the one that `language_order` puts first counts.

    Raises:
        InstallerError: the data is no version resource.
    """
    root = next(_blocks(data), None)
    if root is None or root.key != "VS_VERSION_INFO":
        raise InstallerError("the version resource is damaged")
    tables = [
        table for info in _blocks(root.children) if info.key == "StringFileInfo" for table in _blocks(info.children)
    ]
    tables.sort(key=lambda table: language_order(_table_language(table.key)))
    strings = {entry.key: _text(entry.value) for entry in _blocks(tables[0].children)} if tables else {}
    file_version, product_version = _fixed_versions(root.value)
    return VersionResource(strings=strings, fixed_file_version=file_version, fixed_product_version=product_version)


def language_order(language: int) -> tuple[int, ...]:
    """Give a key that sorts neutral first, then American and any other English, then the rest by number."""
    return (language != _NEUTRAL, language != _ENGLISH_US, language & 0x3FF != _ENGLISH, language)


def _blocks(data: bytes) -> Iterator[_Block]:
    position = 0
    for _ in range(MAX_BLOCKS):
        if position + 6 > len(data):
            return
        length, value_length, is_text = struct.unpack_from("<3H", data, position)
        if length < 6:
            return
        yield _block(data[position : position + length], value_length * (2 if is_text else 1))
        position = _aligned(position + length)


def _block(data: bytes, value_size: int) -> _Block:
    end = next((at for at in range(6, len(data) - 1, 2) if data[at : at + 2] == b"\0\0"), len(data))
    value_start = _aligned(end + 2)
    value_end = value_start + value_size
    return _Block(_text(data[6:end]), data[value_start:value_end], data[_aligned(value_end) :])


def _fixed_versions(value: bytes) -> tuple[str, str]:
    if len(value) < 24:
        return "", ""
    signature, *words = struct.unpack_from("<I4x8H", value)
    if signature != _FIXED_SIGNATURE:
        return "", ""
    # Each half has its words swapped: 1.2.3.4 is stored as 2, 1, 4, 3.
    ordered = [str(words[at ^ 1]) for at in range(8)]
    return ".".join(ordered[:4]), ".".join(ordered[4:])


def _table_language(key: str) -> int:
    """Give the language of a string table's key, which is language and code page in hexadecimal: `040904b0`."""
    try:
        return int(key[:4], 16)
    except ValueError:
        return 0xFFFF


def _text(data: bytes) -> str:
    return data[: len(data) // 2 * 2].decode("utf-16-le", "replace").split("\0", 1)[0]


def _aligned(position: int) -> int:
    return -(-position // 4) * 4
