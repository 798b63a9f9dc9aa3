"""Rules about feeds of Velopack. Pure.

Source: the client for Python of Velopack 1.2, observed.
"""

import json
import re
from collections.abc import Iterator

from ota_dev.documents.nodes import Node
from ota_dev.lint.findings import DocumentRule, Severity
from ota_dev.lint.linted_document import LintedDocument
from ota_dev.lint.rules.making import RuleMaker
from ota_dev.simulated_client.clients import ClientName
from ota_dev.simulated_client.feed_kinds import FeedKind
from ota_dev.simulated_client.rules import quoted
from ota_dev.simulated_client.semantic_versions import read_as_rust
from ota_dev.simulated_client.velopack.seen_asset import member

__all__ = ["VELOPACK_RULES"]

Found = Iterator[tuple[Node | None, str]]

_TYPES = ("full", "delta")
_DIGESTS = {"SHA256": re.compile("[0-9A-Fa-f]{64}"), "SHA1": re.compile("[0-9A-Fa-f]{40}")}
_ASSET = {
    "PackageId": "AcmeNotes",
    "Version": "1.1.0",
    "Type": "Full",
    "FileName": "AcmeNotes-1.1.0-full.nupkg",
    "SHA256": "AB" * 32,
    "Size": 5000,
}


def _example(**fields: object) -> str:
    asset = {name: value for name, value in {**_ASSET, **fields}.items() if value is not None}
    return json.dumps({"Assets": [asset]}, indent=2)


def _assets(document: LintedDocument) -> tuple[Node, ...]:
    assets = member(document.root, "Assets")
    return tuple(assets.entries) if assets else ()


def _said(asset: Node, name: str) -> str:
    found = member(asset, name)
    return found.text if found else ""


def _no_list(document: LintedDocument) -> Found:
    assets = member(document.root, "Assets")
    if assets is None or not isinstance(assets.value, tuple):
        yield assets, "there is no list called Assets"


def _no_full(document: LintedDocument) -> Found:
    assets = _assets(document)
    if assets and all(_said(asset, "Type").lower() == "delta" for asset in assets):
        yield assets[0], "all are deltas"


def _version(document: LintedDocument) -> Found:
    for asset in _assets(document):
        if read_as_rust(_said(asset, "Version")) is None:
            yield member(asset, "Version") or asset, f"{quoted(_said(asset, 'Version'))} is no semantic version"


def _type(document: LintedDocument) -> Found:
    for asset in _assets(document):
        if _said(asset, "Type").lower() not in _TYPES:
            yield member(asset, "Type") or asset, f"{quoted(_said(asset, 'Type'))} is neither Full nor Delta"


def _size(document: LintedDocument) -> Found:
    for asset in _assets(document):
        size = member(asset, "Size")
        if size is None or (size.number or 0) <= 0:
            yield size or asset, f"{quoted(_said(asset, 'FileName'))} has no Size in bytes"


def _no_digest(document: LintedDocument) -> Found:
    for asset in _assets(document):
        if not any(_said(asset, name) for name in _DIGESTS):
            yield asset, f"{quoted(_said(asset, 'FileName'))} has neither SHA256 nor SHA1"


def _digest_form(document: LintedDocument) -> Found:
    for asset in _assets(document):
        for name, form in _DIGESTS.items():
            if (text := _said(asset, name)) and not form.fullmatch(text):
                yield member(asset, name), f"{quoted(text)} is no {name} in hex"


def _no_file_name(document: LintedDocument) -> Found:
    for asset in _assets(document):
        if not _said(asset, "FileName"):
            yield asset, f"{quoted(_said(asset, 'Version'))} has none"


def _path(document: LintedDocument) -> Found:
    for asset in _assets(document):
        name = _said(asset, "FileName")
        if "/" in name or "\\" in name:
            yield member(asset, "FileName"), f"{quoted(name)} is more than a name"


_rule = RuleMaker(kind=FeedKind.VELOPACK, language="json", clients=(ClientName.VELOPACK,), good=_example())

VELOPACK_RULES: tuple[DocumentRule, ...] = (
    _rule.unreadable("velopack-not-json", "JSON", _example().replace("  ]\n}", "  ],\n}")),
    _rule(
        "velopack-no-assets",
        Severity.ERROR,
        "There is no list of assets",
        consequence="The client reports an error, and offers nothing",
        correction='Write {"Assets": []} where there is nothing on offer',
        find=_no_list,
        bad=json.dumps({"Assets": {}}),
    ),
    _rule(
        "velopack-no-full",
        Severity.ERROR,
        "There are only deltas",
        consequence="Nothing is offered: a delta only helps to make a full package that the feed names",
        correction="Name the full package of each version, too",
        find=_no_full,
        bad=_example(Type="Delta"),
    ),
    _rule(
        "velopack-version",
        Severity.ERROR,
        "A version is no semantic version",
        consequence="The client passes over the package without a word",
        correction="Write three numbers, as vpk pack does: 1.1.0",
        find=_version,
        bad=_example(Version="1.1"),
    ),
    _rule(
        "velopack-type",
        Severity.ERROR,
        "The Type of a package is missing, or none",
        consequence="The client passes over the package, or reads nothing of the feed",
        correction="Write Full or Delta",
        find=_type,
        bad=_example(Type=None),
    ),
    _rule(
        "velopack-size",
        Severity.ERROR,
        "A package has no Size",
        consequence="It reads as 0: the client downloads the package and reports that its size did not match",
        correction="Write the number of bytes as Size",
        find=_size,
        bad=_example(Size=None),
    ),
    _rule(
        "velopack-no-digest",
        Severity.ERROR,
        "A package has no digest",
        consequence="The client downloads the package, and refuses it",
        correction="Write its SHA256 in hex",
        find=_no_digest,
        bad=_example(SHA256=None),
    ),
    _rule(
        "velopack-digest-form",
        Severity.ERROR,
        "A digest is not in hex, or of another length",
        consequence="It fits no file: the client downloads the package, and refuses it",
        correction="Write what `ota-dev hash FILE` prints",
        find=_digest_form,
        bad=_example(SHA256="q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k="),
    ),
    _rule(
        "velopack-no-file-name",
        Severity.ERROR,
        "A package has no FileName",
        consequence="There is nothing that could be downloaded",
        correction="Write the name of the nupkg, which stands beside the feed",
        find=_no_file_name,
        bad=_example(FileName=None),
    ),
    _rule(
        "velopack-file-name-path",
        Severity.WARNING,
        "A FileName is more than a name",
        consequence="Only the client for C# takes an address; for others the package stands beside the feed",
        correction="Put the package beside the feed, and write its name alone",
        find=_path,
        bad=_example(FileName="packages/AcmeNotes-1.1.0-full.nupkg"),
    ),
)
