"""The paths of files in a static tree, as text with `/` on every system, and which of them are safe. Pure.

Names of installers, apps, channels and languages become parts of paths, and paths come back from a manifest that
anybody may have written. None of them may lead out of the tree, or mean a hidden file, on any system.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from ota_dev.catalog.resources import SIGNATURE_SUFFIX
from ota_dev.catalog.safe_text import escape_control
from ota_dev.errors import PublishingError
from ota_dev.feeds.addresses import FeedAddress, installer_beside_feeds
from ota_dev.feeds.interface import Feed

__all__ = ["DOWNLOADS", "NOTES", "is_tree_path", "require_safe"]

DOWNLOADS = "downloads/"
NOTES = "notes/"

_LONGEST = 2_000  # characters
# Names that mean a device on Windows, with any ending and in any case (Naming Files, Paths, and Namespaces).
_DEVICE = r"(?i:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³]) *(?:\.|/|\Z)"
# No dot before, which hides a file; no dot or blank behind, since Windows drops them; and nothing that means a drive,
# a pattern or a redirection there.
_PART = rf"(?![.]|{_DEVICE})[^/\\:*?\"<>|\x00-\x1f\x7f\ud800-\udfff]+(?<![. ])"
_SAFE = re.compile(f"{_PART}(?:/{_PART})*")


def require_safe(paths: Iterable[str]) -> None:
    """Check paths that are to be written.

    Raises:
        PublishingError: one could lead elsewhere, or two are one file on systems that ignore case.
    """
    known: dict[str, str] = {}
    for path in paths:
        if not _is_safe(path):
            raise PublishingError(
                f"{escape_control(path)} cannot be laid out on every system: rename the installer or the channel, so "
                'that no part has a control character or one of \\ : * ? " < > |, nor a dot before or behind it, and '
                "none is the name of a device of Windows, such as aux or nul"
            )
        other = known.setdefault(unicodedata.normalize("NFC", path).casefold(), path)
        if other != path:
            raise PublishingError(
                f"{escape_control(other)} and {escape_control(path)} are one file on some systems: rename one of them"
            )


def is_tree_path(path: str, feeds: Mapping[str, Feed]) -> bool:
    """Say whether *path* may be a file of a tree of *feeds*."""
    feed = path.removesuffix(SIGNATURE_SUFFIX)
    is_feed = FeedAddress.read(feed, feeds) is not None
    return _is_safe(path) and (path.startswith((DOWNLOADS, NOTES)) or is_feed or bool(installer_beside_feeds(path)))


def _is_safe(path: str) -> bool:
    return len(path) <= _LONGEST and _SAFE.fullmatch(path) is not None
