"""Every route of the control API, from its OpenAPI document. Reads the document in the package."""

from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

import yaml

from docs.making.reference.markdown import code, table

__all__ = ["routes"]

_Node = Mapping[str, Any]
_HEADS = ["parameter", "in", "value", "default", "what it is"]


def routes() -> str:
    """Write every route, in the order of the document."""
    document = yaml.safe_load((files("ota_dev.server.control") / "openapi.yaml").read_text(encoding="utf-8"))
    writer = _Writer(document)
    return "\n".join(
        part
        for path, methods in document["paths"].items()
        for method, route in methods.items()
        for part in writer.route(f"{method.upper()} {path}", route)
        if part
    )


class _Writer:
    """Knows the document, in which every node may refer to another."""

    def __init__(self, document: _Node) -> None:
        self._document = document

    def route(self, name: str, route: _Node) -> Iterator[str]:
        yield f"### `{name}`\n"
        yield f"{route['summary']}\n"
        if "description" in route:
            yield f"{route['description'].strip()}\n"
        body = _schema(self._resolved(route.get("requestBody", {})))
        yield table(_HEADS, [*map(self._parameter, route.get("parameters", ())), *self._members_taken(body)])
        yield table(["status", "answer"], (self._answer(*each) for each in route["responses"].items()))

    def _parameter(self, reference: _Node) -> list[str]:
        parameter = self._resolved(reference)
        return _described(parameter["name"], parameter["in"], parameter["schema"], parameter.get("description", ""))

    def _members_taken(self, schema: _Node) -> Iterator[list[str]]:
        for name, reference in self._members(schema).items():
            member = self._resolved(reference)
            yield _described(name, "body", member, member.get("description", ""))

    def _answer(self, status: str, reference: _Node) -> list[str]:
        answer = self._resolved(reference)
        members = ", ".join(map(code, self._members(_schema(answer))))
        return [status, f"{answer['description'].rstrip('.')}{f': {members}' if members else ''}."]

    def _members(self, reference: _Node) -> dict[str, Any]:
        schema = self._resolved(reference)
        parts = [*schema.get("allOf", ()), *schema.get("oneOf", ())]
        return {
            **schema.get("properties", {}),
            **{name: member for part in parts for name, member in self._members(part).items()},
        }

    def _resolved(self, node: _Node) -> _Node:
        while "$ref" in node:
            target: Any = self._document
            for name in node["$ref"].removeprefix("#/").split("/"):
                target = target[name]
            node = target
        return node


def _schema(holder: _Node) -> _Node:
    """Give the schema of a body; an empty one where it is no JSON."""
    schema: _Node = holder.get("content", {}).get("application/json", {}).get("schema", {})
    return schema


def _described(name: str, place: str, schema: _Node, description: str) -> list[str]:
    return [code(name), place, _kind(schema), code(schema.get("default")), description]


def _kind(schema: _Node) -> str:
    if "enum" in schema:
        return ", ".join(map(code, schema["enum"]))
    kind = schema.get("type", "")
    bounds = [f"{word} {schema[key]}" for key, word in (("minimum", "from"), ("maximum", "to")) if key in schema]
    return " ".join([kind if isinstance(kind, str) else " or ".join(kind), *bounds])
