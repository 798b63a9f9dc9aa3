"""YAML of somebody else, read with the place of every value. Pure; PyYAML is imported when there is something to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ota_dev.documents.nodes import Node, Scalar, decoded, malformed
from ota_dev.documents.yaml_bounds import Mark, excess
from ota_dev.errors import MalformedFeedError

if TYPE_CHECKING:
    import yaml

__all__ = ["LARGEST_YAML", "read_yaml"]

LARGEST_YAML = 256 * 1024  # bytes; PyYAML reads some 100 kB a second


_TAGS = "tag:yaml.org,2002:"
_WORDS = {"true": True, "yes": True, "on": True}


def read_yaml(content: bytes, name: str) -> Node:
    """Read a document, JSON being YAML, too; *name* says in errors which one.

    Raises:
        MalformedFeedError: it is no YAML, is beyond the bounds, or uses aliases, which can grow without bound.
    """
    import yaml  # noqa: PLC0415

    text = decoded(content, name, LARGEST_YAML)
    try:
        if too_much := excess(text):
            raise malformed(name, text, _index(too_much.mark), too_much.reason)
        node = yaml.compose(text, yaml.SafeLoader)
        return _node(node) if node else Node(value=None, offset=0)
    except yaml.YAMLError as error:
        raise _explained(error, name, text) from error


def _node(node: yaml.Node) -> Node:
    import yaml  # noqa: PLC0415

    value: Scalar | dict[str, Node] | tuple[Node, ...]
    match node:
        case yaml.MappingNode():
            value = _mapping(node)
        case yaml.SequenceNode():
            value = tuple(map(_node, node.value))
        case _:
            value = _scalar(str(node.value), node.tag.removeprefix(_TAGS))
    return Node(value=value, offset=_index(node.start_mark))


def _mapping(node: yaml.MappingNode) -> dict[str, Node]:
    import yaml  # noqa: PLC0415

    members: dict[str, Node] = {}
    for key, child in node.value:
        if str(key.value) in members:  # PyYAML takes the last, and js-yaml none.
            raise yaml.constructor.ConstructorError(None, None, f"{key.value} is there twice", key.start_mark)
        members[str(key.value)] = _node(child)
    return members


def _scalar(text: str, kind: str) -> Scalar:
    """Give a value as far as its kind matters: a date stays the text that it is."""
    try:
        match kind:
            case "int":
                return int(text.replace("_", ""), 0)
            case "float":
                return float(text.replace("_", ""))
            case "bool":
                return _WORDS.get(text.lower(), False)
            case "null":
                return None
    except ValueError:  # such as the octal 0755 or the sexagesimal 1:30
        return text
    return text


def _index(mark: Mark | None) -> int:
    return mark.index if mark else 0


def _explained(error: yaml.YAMLError, name: str, text: str) -> MalformedFeedError:
    mark = getattr(error, "problem_mark", None)
    reason = f"this is no YAML: {getattr(error, 'problem', None) or getattr(error, 'reason', None) or error}"
    return malformed(name, text, _index(mark), " ".join(reason.split()))
