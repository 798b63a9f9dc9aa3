"""Decode LZVN, the simple half of Apple's LZFSE compression.

An operation is one to three bytes, and says how many literal bytes follow (L), how many bytes are then repeated (M) and
from how far back (D). Source: the reference decoder, `lzvn_decode_base.c` of lzfse 1.0. Pure.
"""

from typing import NamedTuple

from ota_dev.errors import InstallerError
from ota_dev.installers.containers.apple_compression.matches import copy_match

__all__ = ["decode_lzvn"]

MAX_SHORT_OPERATIONS = 1024  # of less than two bytes; the encoder writes few

_END = 0x06
_UNDEFINED = frozenset((*range(0x1E, 0x40, 8), *range(0x70, 0x80), *range(0xD0, 0xE0)))


class _Operation(NamedTuple):
    size: int  # bytes that it takes itself, without its literals
    literals: int
    length: int  # of the match
    distance: int  # of the match; 0 is that of the one before


def decode_lzvn(data: memoryview, output: bytearray, end: int) -> None:
    """Append what *data* decodes to, until *output* has *end* bytes or the data ends.

    Matches may reach back into what *output* already holds.

    Raises:
        InstallerError: the data is damaged.
    """
    position = distance = 0
    for _ in range((end - len(output)) // 2 + MAX_SHORT_OPERATIONS):
        code, second, third = (*data[position : position + 3], _END, 0, 0)[:3]
        if len(output) >= end or code == _END:
            break
        operation = _operation(code, second, third)
        position += operation.size
        literals = data[position : position + operation.literals]
        position += len(literals)
        output += literals
        distance = operation.distance or distance
        if operation.length:
            copy_match(output, distance, operation.length)
    del output[end:]


def _operation(code: int, second: int, third: int) -> _Operation:
    if code in _UNDEFINED:
        raise InstallerError("its compressed data is damaged: LZVN has no such operation")
    if code >= 0xE0:
        return _run(code, second)
    literals, length = code >> 6, (code >> 3 & 0x07) + 3
    if 0xA0 <= code < 0xC0:
        length = ((code & 0x07) << 2 | second & 0x03) + 3
        return _Operation(3, code >> 3 & 0x03, length, third << 6 | second >> 2)
    match code & 0x07:
        case 0x06 if code < 0x40:
            return _Operation(1, 0, 0, 0)  # does nothing
        case 0x06:
            return _Operation(1, literals, length, 0)
        case 0x07:
            return _Operation(3, literals, length, third << 8 | second)
        case high:
            return _Operation(2, literals, length, high << 8 | second)


def _run(code: int, second: int) -> _Operation:
    """Read an operation that has only literals (0xE_), or only a match at the distance before (0xF_)."""
    size, count = (1, code & 0x0F) if code & 0x0F else (2, second + 16)
    return _Operation(size, count, 0, 0) if code < 0xF0 else _Operation(size, 0, count, 0)
