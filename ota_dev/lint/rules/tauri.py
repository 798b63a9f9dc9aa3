"""Rules about feeds of Tauri's updater. Pure.

Source: `updater.rs` of tauri-plugin-updater. One thing that is wrong anywhere, and nothing of the document is used.
"""

import json
from base64 import b64encode
from collections.abc import Iterator

from ota_dev.catalog.minisign import MinisignError, MinisignSignature
from ota_dev.documents.nodes import Node
from ota_dev.lint.findings import DocumentRule, Severity
from ota_dev.lint.linted_document import LintedDocument
from ota_dev.lint.rules.making import RuleMaker
from ota_dev.simulated_client.clients import ClientName
from ota_dev.simulated_client.feed_kinds import FeedKind
from ota_dev.simulated_client.rules import quoted
from ota_dev.simulated_client.tauri.address import ARCHITECTURES, TARGETS
from ota_dev.simulated_client.tauri.comparator import read_version
from ota_dev.simulated_client.tauri.seen_release import is_absolute, is_rfc_3339

__all__ = ["TAURI_RULES"]

Found = Iterator[tuple[Node | None, str]]

_BUNDLES = ("appimage", "deb", "rpm", "nsis", "msi", "app")
_KEYS = {f"{target}-{architecture}" for target in TARGETS.values() for architecture in ARCHITECTURES.values()}
_SIGNATURE = b64encode(
    b"untrusted comment: signature from tauri secret key\n"
    + b64encode(b"ED" + bytes(72))
    + b"\ntrusted comment: timestamp:1\n"
    + b64encode(bytes(64))
).decode()
_URL = "https://acme.example/Acme-Notes-1.1.0-setup.exe"


def _example(*, url: str = _URL, signature: str = _SIGNATURE, key: str = "windows-x86_64", **fields: object) -> str:
    entry = {name: value for name, value in {"url": url, "signature": signature}.items() if value}
    return json.dumps({"version": "1.1.0", "platforms": {key: entry}, **fields}, indent=2)


def _entries(document: LintedDocument) -> Iterator[tuple[str, Node]]:
    platforms = document.root.get("platforms")
    if platforms is None:
        yield "the answer", document.root
    else:
        yield from ((quoted(name), node) for name, node in platforms.children.items())


def _version(document: LintedDocument) -> Found:
    version = document.root.get("version", "name")
    if version is None or read_version(version.text) is None:
        yield version, f"{quoted(str(version.value)) if version else 'it'} is no semantic version"


def _no_platforms(document: LintedDocument) -> Found:
    platforms = document.root.get("platforms")
    if platforms and not platforms.children:
        yield platforms, "platforms is empty"


def _relative_url(document: LintedDocument) -> Found:
    for name, entry in _entries(document):
        url = entry.get("url")
        if url is None or not is_absolute(url.text):
            yield url or entry, f"{name} has {quoted(str(url.value)) if url else 'no url'}"


def _plain_http(document: LintedDocument) -> Found:
    for name, entry in _entries(document):
        url = entry.get("url")
        if url and url.text.lower().startswith("http://"):
            yield url, f"{name} has {quoted(url.text)}"


def _no_signature(document: LintedDocument) -> Found:
    for name, entry in _entries(document):
        signature = entry.get("signature")
        if signature is None or not signature.text:
            yield signature or entry, f"{name} has none"


def _wrong_signature(document: LintedDocument) -> Found:
    for name, entry in _entries(document):
        signature = entry.get("signature")
        try:
            if signature and signature.text:
                MinisignSignature.unpacked(signature.text)
        except MinisignError as error:
            yield signature, f"that of {name} {error}"


def _date(document: LintedDocument) -> Found:
    date = document.root.get("pub_date")
    if date and not is_rfc_3339(date.text):
        yield date, f"{quoted(str(date.value))} is no date and time with its zone"


def _notes(document: LintedDocument) -> Found:
    notes = document.root.get("notes")
    if notes and not isinstance(notes.value, str):
        yield notes, "notes is no text"


def _unknown_key(document: LintedDocument) -> Found:
    platforms = document.root.get("platforms")
    for name, node in platforms.children.items() if platforms else ():
        own, _, bundle = name.rpartition("-")
        if name not in _KEYS and not (own in _KEYS and bundle in _BUNDLES):
            yield node, f"no client looks for {quoted(name)}"


_rule = RuleMaker(kind=FeedKind.TAURI, language="json", clients=(ClientName.TAURI,), good=_example())
_ALL_LOST = 'Nothing of the document is used, on no system; its caller gets "Could not fetch a valid release JSON"'

TAURI_RULES: tuple[DocumentRule, ...] = (
    _rule.unreadable("tauri-not-json", "JSON", _example().replace("  }\n}", "  },\n}")),
    _rule(
        "tauri-version",
        Severity.ERROR,
        "The version is no semantic version",
        consequence=_ALL_LOST,
        correction="Write three numbers, as in tauri.conf.json: 1.1.0",
        find=_version,
        bad=_example(version="1.1"),
    ),
    _rule(
        "tauri-no-platforms",
        Severity.WARNING,
        "There is no platform",
        consequence="Every app that is older reports that its platform was not found",
        correction="Add an entry for each platform, such as windows-x86_64; for no update answer 204",
        find=_no_platforms,
        bad=json.dumps({"version": "1.1.0", "platforms": {}}, indent=2),
    ),
    _rule(
        "tauri-url-relative",
        Severity.ERROR,
        "A url is missing, or not absolute",
        consequence=_ALL_LOST,
        correction="Write the whole address of the file, with https:// and the host",
        find=_relative_url,
        bad=_example(url="Acme-Notes-1.1.0-setup.exe"),
    ),
    _rule(
        "tauri-url-http",
        Severity.WARNING,
        "A url is http",
        consequence="Anybody on the way can see and stop the download, and release builds refuse an endpoint with http",
        correction="Serve files and endpoint with https; for tests set dangerousInsecureTransportProtocol",
        find=_plain_http,
        bad=_example(url=_URL.replace("https", "http")),
    ),
    _rule(
        "tauri-no-signature",
        Severity.ERROR,
        "A platform has no signature",
        consequence=f"{_ALL_LOST}; an empty one makes the download fail",
        correction="Write the content of the .sig file beside the bundle, or leave the platform out",
        find=_no_signature,
        bad=_example(signature=""),
    ),
    _rule(
        "tauri-signature-form",
        Severity.ERROR,
        "A signature is not the content of a .sig file",
        consequence="The app downloads the update, and refuses it",
        correction="Write the content of the .sig file that tauri build leaves, as it is, and no address of it",
        find=_wrong_signature,
        bad=_example(signature=f"{_URL}.sig"),
    ),
    _rule(
        "tauri-pub-date",
        Severity.ERROR,
        "The pub_date is no date of RFC 3339",
        consequence=_ALL_LOST,
        correction="Write 2026-03-01T12:00:00Z, or leave it out",
        find=_date,
        bad=_example(pub_date="2026-03-01"),
    ),
    _rule(
        "tauri-notes",
        Severity.ERROR,
        "The notes are no text",
        consequence=_ALL_LOST,
        correction="Write one text, or leave them out",
        find=_notes,
        bad=_example(notes=["New"]),
    ),
    _rule(
        "tauri-platform-unknown",
        Severity.WARNING,
        "A platform has a name that no app looks for",
        consequence="Apps on that system report that their platform was not found",
        correction="Write darwin, linux or windows, then x86_64, aarch64, i686 or armv7: darwin-aarch64",
        find=_unknown_key,
        bad=_example(key="macos-arm64"),
    ),
)
