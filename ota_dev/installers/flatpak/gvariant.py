"""GVariant, the serialisation of GLib, as far as a dictionary of named values (`a{sv}`) at the start of a file goes.

Reads by position, and of the entries only those that are asked for.
A container ends with the ends of its parts, in the smallest integers that can say its own length.
Source of the format: "GVariant Specification" of the GLib documentation.
"""

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from ota_dev.errors import InstallerError
from ota_dev.installers.containers.bounded_reading import read_at

__all__ = ["offset_size", "read_dictionary"]

MAX_ENTRIES = 10_000  # of one dictionary
MAX_NAME_SIZE = 64  # bytes


def offset_size(container_size: int) -> int:
    """Give the bytes of one end, in a container of so many bytes."""
    return next(size for size in (1, 2, 4, 8) if container_size < 1 << 8 * size)


def read_dictionary(file: BinaryIO, size: int, limits: Mapping[str, int]) -> dict[str, bytes]:
    """Read the entries that *limits* names from the `a{sv}` in the first *size* bytes, each of at most so many bytes.

    Their values stay serialised: texts (`s`) and byte strings (`ay`) as what they hold.

    Raises:
        InstallerError: it is damaged, or one of them is longer.
    """
    found: dict[str, bytes] = {}
    start = 0
    for end in _ends(file, size):
        beginning = read_at(file, start, min(MAX_NAME_SIZE, end - start), "entry")
        name = beginning.partition(b"\0")[0].decode("utf-8", "replace")
        if name in limits:
            if end - start > limits[name]:
                raise InstallerError(f"its {name} has {end - start:,} bytes, which no real one has")
            found[name] = _value(read_at(file, start, end - start, name))
        start = -(-end // 8) * 8  # where values begin
    return found


def _ends(file: BinaryIO, size: int) -> Iterator[int]:
    """Give the ends of the entries; they stand behind the last of them, so that the last says where they start."""
    width = offset_size(size)
    start = int.from_bytes(read_at(file, size - width, width, "offsets"), "little")
    count, rest = divmod(size - start, width)
    if rest or not 0 < count <= MAX_ENTRIES:
        raise _damaged()
    offsets = read_at(file, start, size - start, "offsets")
    return (int.from_bytes(offsets[at : at + width], "little") for at in range(0, len(offsets), width))


def _value(entry: bytes) -> bytes:
    """Read a value, which stands with its type between its name and the end of that."""
    width = offset_size(len(entry))
    name_end = int.from_bytes(entry[-width:], "little")
    value, separator, kind = entry[-(-name_end // 8) * 8 : -width].rpartition(b"\0")
    if not separator:
        raise _damaged()
    return value.removesuffix(b"\0") if kind == b"s" else value


def _damaged() -> InstallerError:
    return InstallerError("it is damaged: the dictionary at its start is not what GVariant writes")
