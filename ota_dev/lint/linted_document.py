"""A feed that is no appcast, as rules look at it: its values with their places, or why there are none. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from ota_dev.documents.json_nodes import read_json
from ota_dev.documents.nodes import Node
from ota_dev.documents.yaml_nodes import read_yaml
from ota_dev.errors import MalformedFeedError
from ota_dev.simulated_client.feed_kinds import FeedKind

__all__ = ["Line", "LintedDocument"]

_EMPTY = Node(value=None, offset=0)
_MOST_LINES = 10_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line of a document that is neither JSON nor YAML."""

    text: str
    offset: int  # characters before it


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class LintedDocument:
    """A whole document."""

    name: str
    kind: FeedKind
    text: str
    root: Node
    problem: MalformedFeedError | None = None  # why it cannot be read

    @classmethod
    def read(cls, content: bytes, name: str, kind: FeedKind) -> "LintedDocument":
        """Read a document of a kind; what is wrong with its form is kept."""
        root, problem = _EMPTY, None
        try:
            if kind is FeedKind.ELECTRON_UPDATER:
                root = read_yaml(content, name)
            elif kind is not FeedKind.SQUIRREL_WINDOWS:
                root = read_json(content, name)
        except MalformedFeedError as error:
            problem = error
        return cls(name=name, kind=kind, text=content.decode("utf-8-sig", "replace"), root=root, problem=problem)

    @property
    def file_name(self) -> str:
        """Give the last part of its name, by which some clients ask for it."""
        return PurePath(self.name.partition("?")[0]).name

    @property
    def lines(self) -> Iterator[Line]:
        """Give the lines that are not empty, the first ten thousand."""
        offset = 0
        for text in self.text.split("\n")[:_MOST_LINES]:
            if text.strip():
                yield Line(text=text, offset=offset)
            offset += len(text) + 1

    def offset_of(self, place: Node | Line | None) -> int:
        """Give where something stands, in bytes of the text in UTF-8; the beginning for nothing."""
        return len(self.text[: place.offset].encode()) if place else 0
