"""The one step that all Lempel-Ziv decoders share: repeat what was written before; pure."""

from ota_dev.errors import InstallerError

__all__ = ["copy_match"]


def copy_match(output: bytearray, distance: int, length: int) -> None:
    """Append *length* bytes that begin *distance* bytes before the end of *output*.

    A match longer than its distance repeats itself, as Lempel-Ziv formats define it.

    Raises:
        InstallerError: the match begins before the first byte.
    """
    start = len(output) - distance
    if distance <= 0 or start < 0:
        raise InstallerError("its compressed data is damaged: it repeats bytes from before its beginning")
    if length <= distance:
        output += output[start : start + length]
    else:
        repeats = length // distance + 1
        output += (output[start:] * repeats)[:length]
