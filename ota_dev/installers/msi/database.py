"""The tables of a Windows Installer database, as far as the `Property` table needs them.

Works on streams that it is given. Source of the layout: Wine's `dlls/msi/string.c` and `table.c`.
"""

import codecs
import struct
from collections.abc import Callable, Container, Mapping

from ota_dev.errors import InstallerError

__all__ = ["property_table", "template"]

MAX_POOL_SIZE, MAX_STRINGS_SIZE, MAX_TABLE_SIZE = 4 << 20, 32 << 20, 1 << 20  # bytes

_NAME_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._"
_TABLE_MARK = "\u4840"
_WIDE_STRING_NUMBERS = 0x8000  # three bytes instead of two
_NEUTRAL, _ISO_8859 = 0, 28590
_TEMPLATE = 7

ReadStream = Callable[[str, int], bytes | None]  # by name, with the most bytes to read


def property_table(read: ReadStream) -> Mapping[str, str]:
    """Read the `Property` table.

    Raises:
        InstallerError: the database has none.
    """
    pool = _table(read, "_StringPool", MAX_POOL_SIZE)
    data = _table(read, "_StringData", MAX_STRINGS_SIZE)
    table = _table(read, "Property", MAX_TABLE_SIZE)
    if len(pool) < 4:
        raise InstallerError("it is damaged: its string pool is empty")
    code_page, flags = struct.unpack_from("<2H", pool)
    width = 3 if flags & _WIDE_STRING_NUMBERS else 2
    numbers = [int.from_bytes(table[at : at + width], "little") for at in range(0, len(table), width)]
    strings = _strings(pool[4:], data, _encoding(code_page), frozenset(numbers))
    rows = len(numbers) // 2  # tables are stored column by column
    pairs = zip(numbers[:rows], numbers[rows:], strict=False)
    return {strings.get(key, ""): strings.get(value, "") for key, value in pairs}


def template(summary: bytes) -> str:
    """Read the Template of a `SummaryInformation` stream, `Intel;1033` for example; empty when there is none.

    Source of the layout: Microsoft's [MS-OLEPS].
    """
    try:
        (section,) = struct.unpack_from("<I", summary, 44)
        (count,) = struct.unpack_from("<I", summary, section + 4)
        properties = dict(struct.iter_unpack("<2I", summary[section + 8 :][: min(count, 64) * 8]))
        (size,) = struct.unpack_from("<4xI", summary, section + properties[_TEMPLATE])
    except (struct.error, KeyError):
        return ""
    start = section + properties[_TEMPLATE] + 8
    return summary[start : start + min(size, 255)].split(b"\0", 1)[0].decode("ascii", "replace")


def _table(read: ReadStream, name: str, limit: int) -> bytes:
    stream = read(_TABLE_MARK + _stream_name(name), limit)
    if stream is None:
        raise InstallerError(f"it is no installer database: it has no table {name}")
    return stream


def _stream_name(table: str) -> str:
    """Pack a name as the database does: two characters of a 64-letter alphabet in one."""
    numbers = [_NAME_ALPHABET.index(character) for character in table]
    pairs = [chr(0x3800 + first + (second << 6)) for first, second in zip(numbers[::2], numbers[1::2], strict=False)]
    return "".join(pairs) + (chr(0x4800 + numbers[-1]) if len(numbers) % 2 else "")


def _strings(pool: bytes, data: bytes, encoding: str, wanted: Container[int]) -> dict[int, str]:
    """Read the *wanted* strings by their numbers, which begin at 1; the pool has the length of each in turn."""
    strings: dict[int, str] = {}
    number, start, high_half = 1, 0, 0
    for low_half, references in struct.iter_unpack("<2H", pool[: len(pool) // 4 * 4]):
        if low_half == 0 and references and not high_half:
            high_half = references << 16  # of the length of a long string, whose own entry is the next
            continue
        end = start + high_half + low_half
        if number in wanted:
            strings[number] = data[start:end].decode(encoding, "replace")
        number, start, high_half = number + 1, end, 0
    return strings


def _encoding(code_page: int) -> str:
    if code_page == _NEUTRAL:
        return "cp1252"
    name = f"iso8859-{code_page - _ISO_8859}" if _ISO_8859 < code_page < _ISO_8859 + 16 else f"cp{code_page}"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "ascii"
