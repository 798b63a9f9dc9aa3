"""Finite state entropy coding, as LZFSE uses it: tables built from frequencies, and bits read from last to first.

A table has one entry for each state. An entry says how many bits to take and what they mean: their upper part leads to
the next state, their lower part is added to the entry's value. Source: `lzfse_fse.h` of lzfse 1.0.
Pure.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ota_dev.errors import InstallerError

__all__ = ["MASKS", "BackwardBits", "Entry", "state_table"]

MASKS = tuple((1 << bits) - 1 for bits in range(64))


class Entry(NamedTuple):
    """What one state decodes to."""

    bits: int  # to take from the stream
    extra_bits: int  # how many of them, the lower ones, are added to the value
    next_state: int  # to which the other ones are added
    value: int


def state_table(frequencies: Sequence[int], values: Iterable[tuple[int, int]], states: int) -> list[Entry]:
    """Build the table of *states* entries, a power of two, for symbols with these frequencies.

    *values* gives each symbol's value and how many extra bits are added to it.

    Raises:
        InstallerError: the frequencies do not add up to the number of states.
    """
    if sum(frequencies) != states:
        raise InstallerError("its compressed data is damaged: the frequencies of an LZFSE block do not add up")
    table = []
    for frequency, (value, extra_bits) in zip(frequencies, values, strict=True):
        # The first states of a symbol need one bit more than the others to reach every next state.
        longest = states.bit_length() - frequency.bit_length()
        with_longest = (2 * states >> longest) - frequency
        for place in range(frequency):
            if place < with_longest:
                bits, next_state = longest, (frequency + place << longest) - states
            else:
                bits, next_state = longest - 1, place - with_longest << longest - 1
            table.append(Entry(bits + extra_bits, extra_bits, next_state, value))
    return table


class BackwardBits:
    """A stream of bits that is read from its end to its beginning."""

    def __init__(self, stream: memoryview, unused: int) -> None:
        """Start at the end of *stream*, whose last *unused* bits mean nothing."""
        self._stream = bytes(8) + stream
        self._position = 8 * len(self._stream) - unused

    def peek(self) -> tuple[int, int]:
        """Give a number whose lower bits are the next ones of the stream, and how many these are: at least 57."""
        end = self._position + 7 >> 3
        return int.from_bytes(self._stream[end - 8 : end], "little"), self._position - 8 * end + 64

    def skip(self, bits: int) -> None:
        """Leave *bits* behind.

        Raises:
            InstallerError: the stream has fewer.
        """
        self._position -= bits
        if self._position < 64:
            raise InstallerError("its compressed data is damaged: an LZFSE block has fewer bits than it needs")
