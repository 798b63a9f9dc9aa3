"""The parts of an item under the names that Sparkle's parser gives them. Pure.

Source: `SUAppcast.m` of Sparkle 2.9. What is in Sparkle's namespace is called `sparkle:…`, whatever its prefix.
Anything else keeps the name that is written, so that the prefix `sparkle` works even with a wrong namespace; but what
stands deeper than the children of an item goes by its written name alone.
"""

import re
from collections.abc import Mapping, Sequence

from ota_dev.catalog.languages import negotiate
from ota_dev.feeds.appcast.reading import SPARKLE, Element, Item

__all__ = ["attributes_of", "nodes_of", "written_name"]

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_ELEMENT_NAME = re.compile(rb"<([^\s/>]+)")
_ATTRIBUTE_NAME = re.compile(rb"\s+([^\s=]+)")


def nodes_of(item: Item, markup: bytes, languages: Sequence[str]) -> dict[str, Element]:
    """Give one child for each name; of several, that in the language the user wants most."""
    groups: dict[str, list[Element]] = {}
    for child in item.element.children:
        groups.setdefault(_name(child.name, markup, child.start, _ELEMENT_NAME), []).append(child)
    return {name: group[0] if len(group) == 1 else _best(group, languages) for name, group in groups.items()}


def attributes_of(element: Element, markup: bytes) -> Mapping[str, str]:
    """Give the attributes of an element with their values, which Sparkle does not trim."""
    return {
        _name(attribute.name, markup, attribute.start, _ATTRIBUTE_NAME): attribute.value
        for attribute in element.attributes
    }


def written_name(element: Element, markup: bytes) -> str:
    """Give the name of an element with the prefix that is written."""
    return _written(markup, element.start, _ELEMENT_NAME) if element.name.startswith("{") else element.name


def _name(name: str, markup: bytes, start: int, written: re.Pattern[bytes]) -> str:
    if name.startswith(SPARKLE):
        return f"sparkle:{name.removeprefix(SPARKLE)}"
    return _written(markup, start, written) if name.startswith("{") else name


def _written(markup: bytes, start: int, pattern: re.Pattern[bytes]) -> str:
    found = pattern.match(markup, start)
    return found[1].decode() if found else ""


def _best(group: Sequence[Element], languages: Sequence[str]) -> Element:
    tags = [element.get(_LANGUAGE) or "en" for element in group]
    chosen = negotiate(languages, tags)
    return group[tags.index(chosen)] if chosen in tags else group[0]
