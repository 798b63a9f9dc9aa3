"""The values of a document, each with its place. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ota_dev.errors import MalformedFeedError

__all__ = ["DEEPEST", "Node", "Scalar", "check_size", "decoded", "malformed"]

DEEPEST = 32  # levels; PyYAML takes time that grows with their square

Scalar = str | int | float | bool | None


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Node:
    """One value of a document."""

    value: Scalar | Mapping[str, Node] | Sequence[Node]
    offset: int  # characters before it

    @property
    def children(self) -> Mapping[str, Node]:
        """Give what stands under each key; nothing for what is no mapping."""
        return self.value if isinstance(self.value, Mapping) else {}

    @property
    def entries(self) -> Sequence[Node]:
        """Give the entries of a list; nothing for what is none."""
        return self.value if isinstance(self.value, Sequence) and not isinstance(self.value, str) else ()

    @property
    def text(self) -> str:
        """Give the text that it is; an empty one for anything else."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def number(self) -> int | None:
        """Give the whole number that it is, if any."""
        return self.value if isinstance(self.value, int) and not isinstance(self.value, bool) else None

    def get(self, *names: str) -> Node | None:
        """Give what stands under the first of these keys that has a value other than null."""
        found = (self.children.get(name) for name in names)
        return next((node for node in found if node is not None and node.value is not None), None)

    def text_of(self, *names: str) -> str:
        """Give the text under the first of these keys, an empty one where there is none."""
        node = self.get(*names)
        return node.text if node else ""


def decoded(content: bytes, name: str, largest: int) -> str:
    """Decode a document, of at most *largest* bytes, from UTF-8.

    Raises:
        MalformedFeedError: it is larger, or in another encoding.
    """
    check_size(content, name, largest)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise MalformedFeedError(name, "these bytes are not UTF-8: save the feed in UTF-8", line=line) from error


def check_size(content: bytes, name: str, largest: int) -> None:
    """Make sure that a document is not larger than *largest* bytes.

    Raises:
        MalformedFeedError: it is.
    """
    if len(content) > largest:
        raise MalformedFeedError(name, f"the feed is larger than {largest // 1024} KiB, which no such feed is")


def malformed(name: str, text: str, offset: int, reason: str) -> MalformedFeedError:
    """Build the error that says what is wrong at a character of *text*."""
    before = text[:offset]
    return MalformedFeedError(name, reason, line=before.count("\n") + 1, column=offset - (before.rfind("\n") + 1) + 1)
