"""The version of last resort: a text file that holds nothing but a version. Reads that file."""

from pathlib import Path

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.versions import Version
from ota_dev.errors import ConfigurationError

__all__ = ["VERSION_FILE", "find_version_file", "last_resort", "read_version_file"]

VERSION_FILE = "VERSION"
LONGEST_LINE = 1000  # characters


def find_version_file(folder: Path) -> Path | None:
    """Find the `VERSION` file in *folder*, else beside it, where the project of a `dist` folder keeps it."""
    places = (folder / VERSION_FILE, folder.absolute().parent / VERSION_FILE)
    return next((path for path in places if path.is_file()), None)


def last_resort(folder: Path) -> Facts:
    """Read the version file of *folder*; nothing is known when there is none, or none that holds a version."""
    found = find_version_file(folder)
    try:
        return read_version_file(found) if found else Facts()
    except ConfigurationError as error:
        # Only its name suggested that it holds a version. Who is skipped for want of one is told about it.
        return Facts(warnings=(str(error),))


def read_version_file(path: Path) -> Facts:
    """Read the version that stands alone in the first line of *path*.

    Raises:
        ConfigurationError: the file cannot be read, or its first line is no version.
    """
    try:
        with path.open(encoding="utf-8-sig") as file:
            line = file.readline(LONGEST_LINE).strip()
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read ({error.strerror or error}): make it readable") from error
    except UnicodeError as error:
        raise ConfigurationError(f"{path} is no text: write a version such as 1.3.0 into it") from error
    version = Version.read(line)
    if version is None:
        raise ConfigurationError(f"{path}, line 1: {line[:40]!r} is no version, write one such as 1.3.0")
    return Facts.read_from(path.name, short_version=version.text)
