"""The names of files that are still on their way: what browsers, copiers and editors call them until they are whole."""

__all__ = ["is_temporary_name"]

# Browsers (crdownload, opdownload, download, part), WinSCP (filepart), wget and build tools (tmp, temp, partial),
# editors (~). rsync and many others hide their unfinished file behind a leading dot.
_ENDINGS = (
    *(".crdownload", ".download", ".opdownload", ".part", ".partial"),
    *(".filepart", ".tmp", ".temp", "~"),
)


def is_temporary_name(name: str) -> bool:
    """Say whether a file of this name is unfinished by convention; it counts once it is renamed."""
    return name.startswith(".") or name.lower().endswith(_ENDINGS)
