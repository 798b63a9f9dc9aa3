"""The document as electron-updater reads it. Pure.

Source: `parseUpdateInfo` and `getFileList` in `Provider.js` of electron-updater 6.8.10. YAML is read first, so that an
unquoted `1.10` is the number 1.1, and no version.
"""

import posixpath
from dataclasses import dataclass
from urllib.parse import urlsplit

from ota_dev.documents.nodes import Node
from ota_dev.documents.yaml_nodes import read_yaml
from ota_dev.simulated_client.received import ReceivedFeed

__all__ = ["SeenFile", "SeenRelease", "see_release"]


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class SeenFile:
    """A file of the release; an empty text stands for what is not there."""

    url: str  # as it is written
    path: str  # of its URL, by which the client judges
    sha512: str
    sha2: str
    size: int | None

    def has_ending(self, *endings: str) -> bool:
        """Say whether the client takes it for one of these kinds."""
        return self.path.lower().endswith(tuple(f".{ending}" for ending in endings))

    def names(self, text: str) -> bool:
        """Say whether *text*, such as an architecture, stands in its address."""
        return text in self.path or text in self.url


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class SeenRelease:
    """What the document says."""

    version: str
    is_version_text: bool
    files: tuple[SeenFile, ...]
    minimum_system: str
    staging: object
    line: int


def see_release(feed: ReceivedFeed) -> SeenRelease:
    """Read a document as electron-updater does.

    Raises:
        MalformedFeedError: it is no YAML.
    """
    root = read_yaml(feed.content, feed.name)
    version = root.get("version")
    minimum, staging = root.get("minimumSystemVersion"), root.get("stagingPercentage")
    return SeenRelease(
        version=str(version.value) if version else "",
        is_version_text=bool(version and isinstance(version.value, str)),
        files=tuple(_file(node, feed) for node in _file_nodes(root)),
        minimum_system=str(minimum.value) if minimum else "",
        staging=staging.value if staging else None,
        line=feed.content[: version.offset if version else 0].count(b"\n") + 1,
    )


def _file_nodes(root: Node) -> tuple[Node, ...]:
    """Give the list of files, or where there is none the one at the top, which older clients read."""
    files = root.get("files")
    if files and files.entries:
        return tuple(files.entries)
    return (root,) if root.get("path") else ()


def _file(node: Node, feed: ReceivedFeed) -> SeenFile:
    size = node.get("size")
    url = node.text_of("url", "path")
    return SeenFile(
        url=url,
        path=_path(url, feed),
        sha512=node.text_of("sha512"),
        sha2=node.text_of("sha2"),
        size=size.number if size else None,
    )


def _path(url: str, feed: ReceivedFeed) -> str:
    try:
        return posixpath.normpath(urlsplit(feed.absolute(url)).path or "/")
    except ValueError:
        return url
