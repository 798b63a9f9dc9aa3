"""The description of the control API is that of its routes, and of what they really answer."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from importlib.resources import files
from typing import Any

import pytest
import yaml

from ota_dev.journal import Journal, Sample
from ota_dev.server.control import ROOT, ControlApi
from ota_dev.server.control.asking import PARAMETERS
from ota_dev.server.control.filtering import ExchangeFilter
from tests.journal.made_up import feed, transfer

DOCUMENT: Any = yaml.safe_load((files("ota_dev.server.control") / "openapi.yaml").read_text(encoding="utf-8"))
ROUTES = [(method, path) for path, methods in DOCUMENT["paths"].items() for method in methods]
POSTED: Mapping[str, object] = {"/expectation": {"expect": "must-refuse"}, "/faults": {"faults": ["corrupt"]}}

QUERIES: Mapping[str, str] = {"/what-if": "?version=1.2.0"}


def resolved(node: Any) -> Any:
    while isinstance(node, dict) and "$ref" in node:
        path = node["$ref"].removeprefix("#/").split("/")
        node = DOCUMENT
        for name in path:
            node = node[name]
    return node


def members(schema: Any) -> dict[str, Any]:
    """Give the members of an object by their schema."""
    schema = resolved(schema)
    parts = [*schema.get("allOf", ()), *schema.get("oneOf", ())]
    return {**schema.get("properties", {}), **{name: part for each in parts for name, part in members(each).items()}}


def assert_same_members(value: Any, schema: Any, where: str) -> None:
    """Compare the members of *value* with those described, at every depth that is described."""
    schema = resolved(schema)
    if isinstance(value, list) and value and "items" in schema:
        assert_same_members(value[0], schema["items"], f"{where}[0]")
    known = members(schema)
    if isinstance(value, dict) and known:
        assert set(value) == set(known), where
        for name, part in value.items():
            assert_same_members(part, known[name], f"{where}.{name}")


def test_every_route_is_described_and_nothing_else(control: ControlApi) -> None:
    described = {(method.upper(), path.removeprefix("/")) for method, path in ROUTES}

    assert described == set(control.routes)
    assert DOCUMENT["servers"][0]["url"].endswith(ROOT.removesuffix("/"))


@pytest.mark.parametrize(("method", "path"), [route for route in ROUTES if route[1] != "/events"])
def test_every_answer_has_the_members_that_are_described(
    call: Callable[..., tuple[int, Any]], journal: Journal, method: str, path: str
) -> None:
    journal.record(feed())
    journal.follow((transfer(number=1, samples=(Sample(0.0, 0),)),))
    call("POST", "expectation", {"expect": "must-refuse"})
    described = resolved(DOCUMENT["paths"][path][method]["responses"]["200"])["content"]["application/json"]["schema"]

    posted = POSTED.get(path, {}) if method == "post" else None
    status, answer = call(method.upper(), path.removeprefix("/").format(number=1) + QUERIES.get(path, ""), posted)

    assert status == 200
    assert_same_members(answer, described, path)


@pytest.mark.parametrize(("path", "others"), [("/requests", {"limit"}), ("/wait", {"timeout"})])
def test_every_filter_is_described(path: str, others: set[str]) -> None:
    described = {resolved(each)["name"] for each in DOCUMENT["paths"][path]["get"]["parameters"]}

    assert described == {field.name for field in fields(ExchangeFilter)} | others


def test_every_parameter_of_what_if_is_described() -> None:
    described = {each["name"] for each in DOCUMENT["paths"]["/what-if"]["get"]["parameters"]}

    assert described == set(PARAMETERS)
