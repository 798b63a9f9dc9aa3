"""XML elements as values that know where they stand in the source.

Offsets are bytes of `Source.markup`. What is not an element or an attribute (comments, processing instructions, the
borders of CDATA) is no value here: it stays in the source, which is never written anew.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

__all__ = ["SPARKLE", "SPARKLE_NAMESPACE", "Attribute", "Element"]

SPARKLE_NAMESPACE = "http://www.andymatuschak.org/xml-namespaces/sparkle"  # to the byte, or no client knows it
SPARKLE = f"{{{SPARKLE_NAMESPACE}}}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Attribute:
    """An attribute of an element; a namespace declaration is none."""

    name: str  # `{namespace}local`, or `local` alone without a namespace
    value: str
    start: int  # of the white space before the name
    value_start: int
    value_end: int


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Element:
    """An element with all that is in it; no two are equal, since each stands somewhere else."""

    name: str  # `{namespace}local`, or `local` alone without a namespace
    attributes: tuple[Attribute, ...]
    declarations: Mapping[str, str]  # prefix: namespace, of this element alone; the prefix "" is the default
    children: tuple["Element", ...]
    text: str  # its own character data, that of its children left out
    start: int
    content_start: int  # equal to `end` in an empty-element tag
    content_end: int
    end: int

    @property
    def is_empty_tag(self) -> bool:
        """Say whether it is written `<name/>`."""
        return self.content_start == self.end

    def attribute(self, name: str) -> Attribute | None:
        """Find an attribute."""
        return next((attribute for attribute in self.attributes if attribute.name == name), None)

    def get(self, name: str) -> str:
        """Give the trimmed value of an attribute, an empty text when there is none."""
        attribute = self.attribute(name)
        return attribute.value.strip() if attribute else ""

    def all(self, *names: str) -> Iterator["Element"]:
        """Give the children of one of these names, in their order."""
        return (child for child in self.children if child.name in names)

    def first(self, name: str) -> "Element | None":
        """Find the first child of this name."""
        return next(self.all(name), None)
