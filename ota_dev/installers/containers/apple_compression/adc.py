"""Decode ADC (Apple Data Compression), which only old disk images use; pure.

An operation is one to three bytes: a run of literals, or a match with a short or a long distance.
"""

from ota_dev.errors import InstallerError
from ota_dev.installers.containers.apple_compression.matches import copy_match

__all__ = ["decode_adc"]


def decode_adc(data: bytes, limit: int) -> bytes:
    """Decode *data*, and stop after the first *limit* bytes.

    Raises:
        InstallerError: the data is damaged or cut short.
    """
    output = bytearray()
    position = 0
    while position < len(data) and len(output) < limit:
        code = data[position]
        if code & 0x80:
            count = (code & 0x7F) + 1
            output += data[position + 1 : position + 1 + count]
            position += 1 + count
            continue
        size = 3 if code & 0x40 else 2
        operands = data[position + 1 : position + size]
        if len(operands) < size - 1:
            raise InstallerError("its compressed data is damaged: ADC ends within a match")
        if code & 0x40:
            copy_match(output, int.from_bytes(operands) + 1, (code & 0x3F) + 4)
        else:
            copy_match(output, ((code & 0x03) << 8 | operands[0]) + 1, (code >> 2) + 3)
        position += size
    return bytes(output[:limit])
