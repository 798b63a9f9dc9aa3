"""Numbers of bytes as people read them, the same in every language. Pure."""

__all__ = ["readable_size"]

_KILO = 1000


def readable_size(size: float) -> str:
    """Give a number of bytes with a decimal unit."""
    if size < _KILO:
        return f"{size:.0f} B"
    for unit in ("kB", "MB", "GB"):
        size /= _KILO
        if size < _KILO:
            return f"{size:.1f} {unit}"
    return f"{size / _KILO:.1f} TB"
