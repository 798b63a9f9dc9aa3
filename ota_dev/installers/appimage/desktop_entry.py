"""Desktop entries, by which Linux desktops know an app; pure.

Source of the format: the Desktop Entry Specification of freedesktop.org.
"""

__all__ = ["parse_desktop_entry"]

_GROUP = "[Desktop Entry]"


def parse_desktop_entry(data: bytes) -> dict[str, str]:
    """Read the keys of the main group; those for one language have it in their name, as `Name[de]` does."""
    lines = [line.strip() for line in data.decode("utf-8", "replace").splitlines()]
    start = lines.index(_GROUP) + 1 if _GROUP in lines else len(lines)
    entry: dict[str, str] = {}
    for line in lines[start:]:
        if line.startswith("["):
            break
        key, assigned, value = line.partition("=")
        if assigned and not line.startswith("#"):
            entry.setdefault(key.strip(), value.strip())
    return entry
