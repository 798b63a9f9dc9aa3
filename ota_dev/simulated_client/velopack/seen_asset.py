"""An asset as Velopack reads it. Pure.

Source: the core in Rust, observed: names of fields in any case; what is missing is empty, and a size that is missing 0.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ota_dev.documents.json_nodes import read_json
from ota_dev.documents.nodes import Node
from ota_dev.simulated_client.received import ReceivedFeed
from ota_dev.simulated_client.rules import bounded

__all__ = ["SeenAsset", "member", "see_assets"]


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class SeenAsset:
    """An asset."""

    version: str
    type: str
    file_name: str
    size: int
    sha256: str
    sha1: str
    line: int

    @property
    def short_version(self) -> str:
        """Give what people see, which is the same."""
        return self.version


def see_assets(feed: ReceivedFeed) -> tuple[SeenAsset, ...]:
    """Read the assets of a document.

    Raises:
        MalformedFeedError: it is no JSON.
        ValueError: it holds no list of assets.
    """
    root = read_json(feed.content, feed.name)
    assets = member(root, "Assets")
    if assets is None or isinstance(assets.value, str) or assets.children or assets.number is not None:
        raise ValueError("there is no list called Assets in it")
    return tuple(_assets(assets, feed.content.decode("utf-8-sig", "replace")))


def member(node: Node, name: str) -> Node | None:
    """Find a field, whose name may be in any case."""
    return next((child for key, child in node.children.items() if key.lower() == name.lower()), None)


def _assets(assets: Node, text: str) -> Iterator[SeenAsset]:
    line, before = 1, 0
    for node in assets.entries:
        line, before = line + text.count("\n", before, node.offset), node.offset
        size = member(node, "Size")
        yield SeenAsset(
            version=bounded(_text(node, "Version")),
            type=_text(node, "Type"),
            file_name=_text(node, "FileName"),
            size=(size.number if size else None) or 0,
            sha256=_text(node, "SHA256"),
            sha1=_text(node, "SHA1"),
            line=line,
        )


def _text(node: Node, name: str) -> str:
    found = member(node, name)
    return found.text if found else ""
