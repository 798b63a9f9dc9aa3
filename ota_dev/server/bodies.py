"""What a response carries: bytes, pieces of an open file with the framing between them planned, or a stream.

The only effects are on that file: asking whether it changed, and closing it.
"""

import os
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from typing import BinaryIO, Literal, NamedTuple

from ota_dev.catalog.artifacts import FileIdentity

__all__ = ["Body", "FileBody", "Span", "StreamBody"]


class Span(NamedTuple):
    """A run of bytes of a file."""

    first: int
    length: int


@dataclass(frozen=True, kw_only=True, slots=True)
class FileBody:
    """Pieces of an open file, and literal bytes between them, in the order in which they are sent.

    Whoever sends or drops the response closes the file.
    """

    file: BinaryIO
    identity: FileIdentity
    pieces: tuple[bytes | Span, ...]
    flipped: tuple[int, ...] = ()  # positions in the file, ascending, whose bytes are sent with every bit inverted

    @property
    def length(self) -> int:
        """Give the number of bytes there are to send."""
        return sum(len(piece) if isinstance(piece, bytes) else piece.length for piece in self.pieces)

    def is_unchanged(self) -> bool:
        """Say whether the open file still has the size and modification time it was planned with.

        A name that meanwhile belongs to another file, or to none, does not matter: the open file stays what it was.
        """
        return self.identity.has_same_bytes_as(FileIdentity.of(os.fstat(self.file.fileno())))

    def close(self) -> None:
        """Close the file."""
        self.file.close()


@dataclass(frozen=True, kw_only=True, slots=True)
class StreamBody:
    """Chunks that come about one after the other, until there are no more or the client is gone.

    Nothing is held until `open` is called; whoever calls it closes what it gives.
    """

    open: Callable[[], AsyncGenerator[bytes, None]]
    length: Literal[0] = 0  # that is known before


Body = bytes | FileBody | StreamBody
