"""The list of files that a static tree consists of, kept in the tree itself. Reads and writes that one file.

Whoever can write into the folder can write the list, and what it names is removed once it is stale. So it is believed
only as far as it names what a tree may hold.
"""

import json
import stat
from collections.abc import Collection, Mapping
from pathlib import Path

from ota_dev.errors import PublishingError
from ota_dev.feeds.interface import Feed
from ota_dev.publishing.feed_files import write_feed
from ota_dev.publishing.static_tree.tree_paths import is_tree_path

__all__ = ["MANIFEST", "read_manifest", "write_manifest"]

MANIFEST = ".ota-dev-tree.json"

_LARGEST = 64 * 1024 * 1024  # bytes; 100,000 installers and 10,000 feeds take some 10 MB
_ABOUT = "Written by `ota-dev generate-appcast --tree`, which replaces and removes the files named here, and no others."


def read_manifest(folder: Path, feeds: Mapping[str, Feed]) -> frozenset[str] | None:
    """Read which paths belong to the tree in *folder*, which is one of *feeds*; `None` when it has no list.

    Raises:
        PublishingError: what is there is no such list.
    """
    path = folder / MANIFEST
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST:
            raise _unusable(path)
        document = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as error:
        raise _unusable(path) from error
    paths = document.get("files") if isinstance(document, dict) else None
    if not isinstance(paths, list):
        raise _unusable(path)
    if not all(isinstance(each, str) and is_tree_path(each, feeds) for each in paths):
        raise _unusable(path)
    return frozenset(paths)


def write_manifest(folder: Path, paths: Collection[str]) -> None:
    """Write that the tree in *folder* consists of *paths*, unless that stands there already.

    Raises:
        PublishingError: it cannot be written.
    """
    document = {"about": _ABOUT, "files": sorted(paths)}
    write_feed(folder / MANIFEST, f"{json.dumps(document, indent=1)}\n".encode("ascii"))


def _unusable(path: Path) -> PublishingError:
    return PublishingError(f"{path} is not the list that --tree keeps of its files: choose another folder")
