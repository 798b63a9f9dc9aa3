"""Decode one block of LZFSE: entropy-coded literals, and matches with bytes that came before; pure.

A block has a header, the frequencies from which its tables are built, and two streams of bits: the literals, in four
interleaved lanes, and triples that say how many literals come next (L), how many bytes are then repeated (M) and from
how far back (D). Source of the format: the reference decoder, lzfse 1.0.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ota_dev.errors import InstallerError
from ota_dev.installers.containers.apple_compression.finite_state_entropy import MASKS, BackwardBits, Entry, state_table
from ota_dev.installers.containers.apple_compression.matches import copy_match

__all__ = ["decode_block"]

# Of one block, by the reference.
MAX_LITERALS = 40_000
MAX_MATCHES = 10_000

_PACKED_HEADER = struct.Struct("<4xIQQQ")  # the frequencies follow


def _values(extra_bits: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Give each symbol its first value, which is where those of the symbol before it end, and its extra bits."""
    return tuple(zip(accumulate((1 << bits for bits in extra_bits[:-1]), initial=0), extra_bits, strict=True))


_L_VALUES = _values((*[0] * 16, 2, 3, 5, 8))
_M_VALUES = _values((*[0] * 16, 3, 5, 8, 11))
_D_VALUES = _values([bits for bits in range(16) for _ in range(4)])
_LITERAL_VALUES = _values([0] * 256)


def decode_block(block: memoryview, output: bytearray) -> int:
    """Append what the block that *block* begins with decodes to, and give the block's own size in bytes.

    Raises:
        InstallerError: it is damaged or cut short.
    """
    header = _Header.parse(block)
    # A match is of four bytes or more, but for those that carry on a long one, or long literals.
    most_literals, most_matches = header.unpacked_size + 4, header.unpacked_size // 3 + 16
    if header.literals > min(MAX_LITERALS, most_literals) or header.matches > min(MAX_MATCHES, most_matches):
        raise InstallerError("its compressed data is damaged: an LZFSE block has more symbols than it can have")
    frequencies = _frequencies(_part(block, _PACKED_HEADER.size, header.size - _PACKED_HEADER.size))
    matches_start = header.size + header.literals_size
    literals = _literals(header, _part(block, header.size, header.literals_size), frequencies[104:])
    matches = _matches(header, _part(block, matches_start, header.matches_size), frequencies[:104])
    end = len(output) + header.unpacked_size
    position = distance = 0
    for count, length, new_distance in matches:
        distance = new_distance or distance
        output += literals[position : position + count]
        position += count
        if length:
            copy_match(output, distance, length)
    if len(output) != end:
        raise InstallerError("its compressed data is damaged: an LZFSE block has another size than it says")
    return matches_start + header.matches_size


@dataclass(frozen=True, kw_only=True, slots=True)
class _Header:
    """What an LZFSE block says of itself; sizes are in bytes, unused bits are at the end of their stream."""

    unpacked_size: int
    size: int  # with the frequencies
    literals: int
    literals_size: int
    literals_unused_bits: int
    literal_states: tuple[int, int, int, int]
    matches: int
    matches_size: int
    matches_unused_bits: int
    match_states: tuple[int, int, int]  # of L, M and D

    @classmethod
    def parse(cls, block: memoryview) -> "_Header":
        """Read the packed header that begins *block*."""
        unpacked_size, first, second, third = _PACKED_HEADER.unpack(_part(block, 0, _PACKED_HEADER.size))
        return cls(
            unpacked_size=unpacked_size,
            size=third & 0xFFFFFFFF,
            literals=first & 0xFFFFF,
            literals_size=first >> 20 & 0xFFFFF,
            literals_unused_bits=7 - (first >> 60 & 7),
            literal_states=(second & 0x3FF, second >> 10 & 0x3FF, second >> 20 & 0x3FF, second >> 30 & 0x3FF),
            matches=first >> 40 & 0xFFFFF,
            matches_size=second >> 40 & 0xFFFFF,
            matches_unused_bits=7 - (second >> 60 & 7),
            match_states=(third >> 32 & 0x3F, third >> 42 & 0x3F, third >> 52 & 0xFF),
        )


def _frequencies(packed: memoryview) -> list[int]:
    """Read the 360 frequencies: of L, M, D and the literals, each in 2 to 14 bits."""
    bits = int.from_bytes(packed[: 360 * 14 // 8], "little")
    frequencies = []
    for _ in range(360):
        size, frequency = _frequency(bits & 0x3FFF)
        frequencies.append(frequency)
        bits >>= size
    return frequencies


def _frequency(bits: int) -> tuple[int, int]:
    """Read the frequency in the lowest of *bits*: how many it takes, and its value."""
    if bits & 0x0F == 0x0F:
        return 14, 24 + (bits >> 4)
    if bits & 0x0F == 0x07:
        return 8, 8 + (bits >> 4 & 0x0F)
    if bits & 0x03 == 0x03:
        return 5, 4 + (bits >> 3 & 0x03)
    if bits & 0x01:
        return 3, 2 + (bits >> 2 & 0x01)
    return 2, bits >> 1 & 0x01


def _literals(header: _Header, packed: memoryview, frequencies: list[int]) -> bytes:
    table = state_table(frequencies, _LITERAL_VALUES, 1024)
    bits = BackwardBits(packed, header.literals_unused_bits)
    states = list(header.literal_states)
    literals = bytearray()
    for _ in range(0, header.literals, len(states)):
        word, available = bits.peek()
        left = available
        for lane, state in enumerate(states):
            size, _, next_state, literal = table[state]
            left -= size
            states[lane] = next_state + (word >> left & MASKS[size])
            literals.append(literal)
        bits.skip(available - left)
    return bytes(literals)


def _matches(header: _Header, packed: memoryview, frequencies: list[int]) -> Iterator[list[int]]:
    """Give L, M and D of each match; a distance of 0 means that of the match before."""
    tables: tuple[list[Entry], ...] = (
        state_table(frequencies[:20], _L_VALUES, 64),
        state_table(frequencies[20:40], _M_VALUES, 64),
        state_table(frequencies[40:], _D_VALUES, 256),
    )
    bits = BackwardBits(packed, header.matches_unused_bits)
    states = list(header.match_states)
    for _ in range(header.matches):
        word, available = bits.peek()
        left = available
        triple = []
        for place, table in enumerate(tables):
            size, extra_bits, next_state, value = table[states[place]]
            left -= size
            taken = word >> left & MASKS[size]
            states[place] = next_state + (taken >> extra_bits)
            triple.append(value + (taken & MASKS[extra_bits]))
        bits.skip(available - left)
        yield triple


def _part(block: memoryview, start: int, size: int) -> memoryview:
    part = block[start : start + size]
    if size < 0 or len(part) < size:
        raise InstallerError("its compressed data is damaged: it ends within an LZFSE block")
    return part
