"""Rules about app casts of NetSparkle in JSON. Pure.

Source: NetSparkle 3.0 in the state of October 2024. The real client was not run.
"""

import json
from collections.abc import Iterator

from ota_dev.documents.nodes import Node
from ota_dev.lint.findings import DocumentRule, Severity
from ota_dev.lint.linted_document import LintedDocument
from ota_dev.lint.rules.making import RuleMaker
from ota_dev.simulated_client.clients import ClientName
from ota_dev.simulated_client.feed_kinds import FeedKind
from ota_dev.simulated_client.rules import quoted

__all__ = ["NETSPARKLE_JSON_RULES"]

Found = Iterator[tuple[Node | None, str]]

_MARKS = ("win", "mac", "osx", "linux")
_ITEM = {
    "title": "Acme Notes 1.1.0",
    "version": "1.1.0",
    "url": "https://acme.example/Acme-Notes-1.1.0.exe",
    "signature": "A" * 86 + "==",
    "size": 5000,
    "os": "windows",
}


def _example(**fields: object) -> str:
    item = {name: value for name, value in {**_ITEM, **fields}.items() if value is not None}
    return json.dumps({"title": "Acme Notes", "items": [item]}, indent=2)


def _items(document: LintedDocument) -> tuple[Node, ...]:
    items = document.root.get("items")
    return tuple(items.entries) if items else ()


def _missing(document: LintedDocument) -> Found:
    for item in _items(document):
        for name in ("version", "url"):
            if not item.text_of(name):
                yield item.get(name) or item, f"{quoted(item.text_of('title', 'version'))} has no {name}"


def _no_signature(document: LintedDocument) -> Found:
    for item in _items(document):
        if not item.text_of("signature"):
            yield item.get("signature") or item, f"{quoted(item.text_of('version'))} has none"


def _darwin(document: LintedDocument) -> Found:
    for item in _items(document):
        if "darwin" in item.text_of("os").lower():
            yield item.get("os"), f"{quoted(item.text_of('os'))} contains win"


def _unknown_os(document: LintedDocument) -> Found:
    for item in _items(document):
        system = item.text_of("os").lower()
        if system and not any(mark in system for mark in _MARKS):
            yield item.get("os"), f"{quoted(item.text_of('os'))} contains none of {' '.join(_MARKS)}"


_rule = RuleMaker(kind=FeedKind.NETSPARKLE_JSON, language="json", clients=(ClientName.NETSPARKLE,), good=_example())

NETSPARKLE_JSON_RULES: tuple[DocumentRule, ...] = (
    _rule.unreadable("netsparkle-not-json", "JSON", _example().replace("  ]\n}", "  ],\n}")),
    _rule(
        "netsparkle-item-incomplete",
        Severity.ERROR,
        "An item has no version or no url",
        consequence="NetSparkle passes over it",
        correction="Write both",
        find=_missing,
        bad=_example(url=None),
    ),
    _rule(
        "netsparkle-no-signature",
        Severity.WARNING,
        "An item has no signature",
        consequence="An app with a public key refuses it, unless its security mode is unsafe",
        correction="Write what `ota-dev sign FILE` prints, and sign the feed itself last",
        find=_no_signature,
        bad=_example(signature=None),
    ),
    _rule(
        "netsparkle-darwin",
        Severity.ERROR,
        "The os is darwin, which contains win",
        consequence="NetSparkle offers it on Windows, and not on Macs",
        correction="Write macos",
        find=_darwin,
        bad=_example(os="darwin"),
    ),
    _rule(
        "netsparkle-os-unknown",
        Severity.ERROR,
        "The os is none that NetSparkle looks for",
        consequence="It is offered nowhere",
        correction="Write windows, macos or linux; -x64 or -arm64 may follow",
        find=_unknown_os,
        bad=_example(os="ubuntu"),
    ),
)
