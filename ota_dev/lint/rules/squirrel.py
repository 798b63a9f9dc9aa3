"""Rules about the feeds of Squirrel.Mac and Squirrel.Windows. Pure.

Source: the formats as their documentation and Velopack's reader of RELEASES have them. The real clients were not run.
"""

import json
import re
from collections.abc import Iterator

from ota_dev.documents.nodes import Node
from ota_dev.lint.findings import DocumentRule, OtherClient, Severity
from ota_dev.lint.linted_document import Line, LintedDocument
from ota_dev.lint.rules.making import RuleMaker
from ota_dev.simulated_client.feed_kinds import FeedKind
from ota_dev.simulated_client.rules import quoted

__all__ = ["SQUIRREL_RULES"]

_LINE = re.compile(r"([0-9a-fA-F]{40})\s+(.+?)\s+([0-9]+)(?:\s+#\s*[0-9]{1,3}%)?\s*")
_NAME = re.compile(r".+-[0-9]+\.[0-9]+\.[0-9]+(?:\.[0-9]+)?(?:-[0-9A-Za-z.-]+?)?-(?:full|delta)\.nupkg", re.IGNORECASE)
_SHA1 = "AB" * 20


def _packages(document: LintedDocument) -> Iterator[tuple[Line, str]]:
    """Give each line that can be read, with the name or address in it."""
    for line in document.lines:
        if match := _LINE.fullmatch(line.text):
            yield line, match[2]


def _line_form(document: LintedDocument) -> Iterator[tuple[Line, str]]:
    for line in document.lines:
        if not _LINE.fullmatch(line.text) and not line.text.lstrip().startswith("#"):
            yield line, quoted(line.text.strip())


def _path(document: LintedDocument) -> Iterator[tuple[Line, str]]:
    for line, name in _packages(document):
        if re.search(r"[/\\]", name) and not name.lower().startswith(("http://", "https://")):
            yield line, f"{quoted(name)} is more than a name"


def _package_name(document: LintedDocument) -> Iterator[tuple[Line, str]]:
    for line, name in _packages(document):
        if not _NAME.fullmatch(re.split(r"[/\\]", name.partition("?")[0])[-1]):
            yield line, f"{quoted(name)} says no version"


def _updates(document: LintedDocument) -> Iterator[Node]:
    releases = document.root.get("releases")
    if releases is None:
        yield document.root
    else:
        yield from (update for release in releases.entries if (update := release.get("updateTo")))


def _no_url(document: LintedDocument) -> Iterator[tuple[Node, str]]:
    for update in _updates(document):
        if not update.text_of("url"):
            yield update.get("url") or update, "there is none"


def _not_current(document: LintedDocument) -> Iterator[tuple[Node | None, str]]:
    current, releases = document.root.get("currentRelease"), document.root.get("releases")
    if releases is None:
        return
    versions = {release.text_of("version") for release in releases.entries}
    if current is None or current.text not in versions:
        yield current, f"{quoted(current.text if current else '')} is the version of none of the releases"


_mac = RuleMaker(
    kind=FeedKind.SQUIRREL_MAC,
    language="json",
    clients=(OtherClient.SQUIRREL_MAC,),
    good=json.dumps({"url": "https://acme.example/Acme-Notes-1.1.0.zip", "name": "1.1.0"}, indent=2),
)
_windows = RuleMaker(
    kind=FeedKind.SQUIRREL_WINDOWS,
    language="text",
    clients=(OtherClient.SQUIRREL_WINDOWS,),
    good=f"{_SHA1} AcmeNotes-1.1.0-full.nupkg 5000",
)

SQUIRREL_RULES: tuple[DocumentRule, ...] = (
    _mac.unreadable("squirrel-mac-not-json", "JSON", '{"url": "https://acme.example/Acme-Notes-1.1.0.zip", "name": }'),
    _mac(
        "squirrel-mac-no-url",
        Severity.ERROR,
        "There is no url",
        consequence="Squirrel.Mac reports an error; for no update it expects an answer 204",
        correction="Write the address of a zip of the app",
        find=_no_url,
        bad=json.dumps({"name": "1.1.0", "notes": "New"}, indent=2),
    ),
    _mac(
        "squirrel-mac-not-current",
        Severity.ERROR,
        "The currentRelease is the version of no release",
        consequence="Squirrel.Mac finds no update",
        correction="Write the version of one of the releases",
        find=_not_current,
        bad=json.dumps({"currentRelease": "1.2.0", "releases": []}, indent=2),
    ),
    _windows(
        "squirrel-line",
        Severity.ERROR,
        "A line of RELEASES is no digest, name and size",
        consequence="Squirrel.Windows reads nothing of the file",
        correction="Write the SHA-1 in 40 digits of hex, the name of the package and its bytes",
        find=_line_form,
        bad=f"{_SHA1} AcmeNotes-1.1.0-full.nupkg",
    ),
    _windows(
        "squirrel-path",
        Severity.ERROR,
        "A package has a path",
        consequence="Squirrel.Windows refuses the line",
        correction="Put the package beside RELEASES and write its name alone, or write a whole address",
        find=_path,
        bad=f"{_SHA1} packages/AcmeNotes-1.1.0-full.nupkg 5000",
    ),
    _windows(
        "squirrel-package-name",
        Severity.ERROR,
        "The name of a package says no version",
        consequence="The version is read from the name, and there is none",
        correction="Call it as nuget does: AcmeNotes-1.1.0-full.nupkg",
        find=_package_name,
        bad=f"{_SHA1} AcmeNotes.nupkg 5000",
    ),
)
