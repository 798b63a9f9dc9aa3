import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from xml.etree import ElementTree

import pytest

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.releases import App
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.feeds.appcast.item_parts import AppcastDelta, AppcastElement, AppcastNote
from ota_dev.feeds.appcast.items import AppcastApp, AppcastItem
from ota_dev.feeds.interface import Links

DOCUMENT = (Path(__file__).parents[3] / "docs" / "how-to" / "appcast-template.md").read_text("utf-8")
LINKS = Links("https://example.com/downloads/")


@pytest.mark.parametrize(("value", "shown"), [("app", AppcastApp), ("item", AppcastItem)])
def test_the_document_names_every_field_and_no_other(value: str, shown: type[AppcastApp] | type[AppcastItem]) -> None:
    documented = set(re.findall(rf"`{value}\.(\w+)`", DOCUMENT))

    assert documented == {field.name for field in fields(shown)}


@pytest.mark.parametrize(
    ("value", "shown"), [("note", AppcastNote), ("element", AppcastElement), ("delta", AppcastDelta)]
)
def test_the_document_names_every_field_of_what_an_item_has_several_of(
    value: str, shown: type[AppcastNote] | type[AppcastElement] | type[AppcastDelta]
) -> None:
    documented = set(re.findall(rf"`{value}\.(\w+)`", DOCUMENT))

    assert documented == {field.name for field in fields(shown)}


def test_the_document_names_every_kind() -> None:
    (row,) = [line for line in DOCUMENT.splitlines() if line.startswith("| `item.kind`")]

    assert {kind.value for kind in PackageKind} <= set(re.findall(r"`(\w+)`", row))


def test_the_example_gives_the_feed_it_promises(
    artifact: Callable[..., Artifact], parse: Callable[[bytes], ElementTree.Element]
) -> None:
    (example,) = re.findall(r"```xml\n(.*?)```", DOCUMENT, re.DOTALL)
    app = App.of("acmenotes", "Acme Notes", [artifact(digests={"sha256": "ab" * 32})])

    feed = AppcastFeed.with_template(example, "example.xml.j2")

    assert feed.required_digests == {"sha256"}
    assert parse(feed.render(app, LINKS)).findtext("channel/item/{https://example.com/ns}sha256") == "ab" * 32


def test_the_command_copies_the_shipped_template(tmp_path: Path, artifact: Callable[..., Artifact]) -> None:
    (script,) = re.findall(r'^python -c "(.*)"$', DOCUMENT, re.MULTILINE)
    app = App.of("acmenotes", "Acme Notes", [artifact()])

    subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=True)

    copy = (tmp_path / "my-appcast.xml.j2").read_text("utf-8")
    assert AppcastFeed.with_template(copy, "copy").render(app, LINKS) == AppcastFeed().render(app, LINKS)
