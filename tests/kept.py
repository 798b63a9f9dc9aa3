"""What takes long to make is made once, and kept between runs."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

__all__ = ["kept"]


def kept(folder: Path, make: Callable[[Path], None]) -> Path:
    """Give *folder*, which *make* fills the first time; of several that make it side by side, the first one stays."""
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder.parent, prefix="unfinished-", ignore_cleanup_errors=True) as workshop:
            made = Path(workshop) / folder.name
            made.mkdir()
            make(made)
            with suppress(OSError):  # Another was quicker.
                made.rename(folder)
    return folder
