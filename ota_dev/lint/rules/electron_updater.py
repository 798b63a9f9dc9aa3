"""Rules about feeds of electron-updater. Pure.

Source: electron-updater 6.8.10, as its simulated client names the files.
"""

import binascii
import re
from base64 import b64decode
from collections.abc import Iterator
from urllib.parse import urlsplit

from ota_dev.documents.nodes import Node
from ota_dev.lint.findings import DocumentRule, Severity
from ota_dev.lint.linted_document import LintedDocument
from ota_dev.lint.rules.making import RuleMaker
from ota_dev.simulated_client.clients import ClientName
from ota_dev.simulated_client.feed_kinds import FeedKind
from ota_dev.simulated_client.rules import quoted
from ota_dev.simulated_client.semantic_versions import read_as_npm

__all__ = ["ELECTRON_UPDATER_RULES"]

Found = Iterator[tuple[Node | None, str]]

_SHA512_SIZE = 64  # bytes
_HEX_SHA512 = re.compile("[0-9A-Fa-f]{128}")
_LINUX = (".appimage", ".deb", ".rpm", ".pacman")
_SYSTEM_IN_NAME = re.compile(r"-(mac|linux)(?:-[a-z0-9]+)?\.ya?ml$")
_ENDINGS = {"mac": (".zip",), "linux": _LINUX, "": (".exe",)}
_WHOLE_NUMBER = re.compile(r"[0-9]{1,3}")
# The versions of macOS that people know; Darwin, whose version counts, had these numbers long ago.
_MAC_SYSTEMS = range(10, 17)

_DIGEST = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw=="
_GOOD = f"""\
version: 1.1.0
files:
  - url: Acme-Notes-1.1.0.exe
    sha512: {_DIGEST}
    size: 5000
path: Acme-Notes-1.1.0.exe
sha512: {_DIGEST}
releaseDate: '2026-03-01T12:00:00.000Z'"""


def _files(document: LintedDocument) -> tuple[Node, ...]:
    files = document.root.get("files")
    if files and files.entries:
        return tuple(files.entries)
    return (document.root,) if document.root.get("path") else ()


def _name(file: Node) -> str:
    try:
        return urlsplit(file.text_of("url", "path")).path
    except ValueError:
        return ""


def _names(document: LintedDocument) -> list[str]:
    return [_name(file).lower() for file in _files(document)]


def _version(document: LintedDocument) -> Found:
    version = document.root.get("version")
    if version is None or read_as_npm(version.text) is None:
        is_number = version is not None and not isinstance(version.value, str)
        said = quoted(str(version.value)) if version else "it"
        yield version, f"{said} is {'a number in YAML' if is_number else 'no version'}"


def _no_files(document: LintedDocument) -> Found:
    if not _files(document):
        yield document.root.get("files"), "there are neither files nor a path"


def _no_digest(document: LintedDocument) -> Found:
    for file in _files(document):
        if not file.get("sha512", "sha2"):
            yield file, f"{quoted(_name(file))} has none"


def _digests(document: LintedDocument) -> Iterator[Node]:
    places = (*_files(document), document.root)
    return (digest for file in dict.fromkeys(places) if (digest := file.get("sha512")))


def _wrong_digest(document: LintedDocument) -> Found:
    for digest in _digests(document):
        if not _HEX_SHA512.fullmatch(digest.text) and not _is_sha512(digest.text):
            yield digest, f"{quoted(str(digest.value))} is not the base64 of {_SHA512_SIZE} bytes"


def _hex_digest(document: LintedDocument) -> Found:
    for digest in _digests(document):
        if _HEX_SHA512.fullmatch(digest.text):
            yield digest, f"{quoted(digest.text)} is in hex"


def _is_sha512(text: str) -> bool:
    try:
        return len(b64decode(text, validate=True)) == _SHA512_SIZE
    except (binascii.Error, ValueError):
        return False


def _only_sha2(document: LintedDocument) -> Found:
    for file in _files(document):
        if file.get("sha2") and not file.get("sha512"):
            yield file.get("sha2"), f"{quoted(_name(file))} has a sha2 alone"


def _no_size(document: LintedDocument) -> Found:
    for file in _files(document):
        size = file.get("size")
        if file is not document.root and (size is None or (size.number or 0) <= 0):
            yield size or file, f"{quoted(_name(file))} has no size in bytes"


def _without_zip(document: LintedDocument) -> Found:
    names = _names(document)
    if any(name.endswith((".dmg", ".pkg")) for name in names) and not any(name.endswith(".zip") for name in names):
        yield document.root.get("files"), "there is a dmg or a pkg, and no zip"


def _wrong_name(document: LintedDocument) -> Found:
    if not document.file_name.lower().endswith((".yml", ".yaml")):
        return
    match, names = _SYSTEM_IN_NAME.search(document.file_name), _names(document)
    endings = _ENDINGS[match[1] if match else ""]
    if names and not any(name.endswith((*endings, ".dmg", ".pkg")) for name in names):
        yield document.root.get("files"), f"{document.file_name} names none of {' '.join(endings)}"


def _query(document: LintedDocument) -> Found:
    for file in _files(document):
        url = file.get("url", "path")
        if url and "?" in url.text:
            yield url, f"{quoted(url.text)} has a query"


def _minimum_system(document: LintedDocument) -> Found:
    minimum, names = document.root.get("minimumSystemVersion"), _names(document)
    if minimum is None:
        return
    version = read_as_npm(minimum.text)
    said = quoted(str(minimum.value))
    if version is None:
        yield minimum, f"{said} has not three numbers, and is passed over"
    elif version.numbers[0] in _MAC_SYSTEMS and any(name.endswith(".zip") for name in names):
        yield minimum, f"{said} is less than the version of every Darwin in use, and keeps nobody out"
    elif version.numbers[0] > 10 and any(name.endswith(".exe") for name in names):
        yield minimum, f"{said} is more than 10.0, which every Windows says, and keeps everybody out"


def _staging(document: LintedDocument) -> Found:
    share = document.root.get("stagingPercentage")
    if share is None:
        return
    match = _WHOLE_NUMBER.fullmatch(str(share.value))
    if not match or not 0 < int(match[0]) <= 100:
        yield share, f"{quoted(str(share.value))} is not from 1 to 100"


_rule = RuleMaker(kind=FeedKind.ELECTRON_UPDATER, language="yaml", clients=(ClientName.ELECTRON_UPDATER,), good=_GOOD)
_FILE_AND_DIGEST = f"files:\n  - url: Acme-Notes-1.1.0.exe\n    sha512: {_DIGEST}\n    size: 5000\n"


def _with_files(*names: str) -> str:
    entries = "".join(f"  - url: {name}\n    sha512: {_DIGEST}\n    size: 5000\n" for name in names)
    return f"version: 1.1.0\nfiles:\n{entries}"


ELECTRON_UPDATER_RULES: tuple[DocumentRule, ...] = (
    _rule.unreadable("electron-not-yaml", "YAML", f"{_GOOD}\nreleaseNotes: [a"),
    _rule(
        "electron-version",
        Severity.ERROR,
        "The version is no semantic version",
        consequence="The client reports ERR_UPDATER_INVALID_VERSION, and offers nothing",
        correction="Write three numbers, as in the package.json of the app: 1.1.0",
        find=_version,
        bad=_GOOD.replace("1.1.0\nfiles", "1.1\nfiles"),
    ),
    _rule(
        "electron-no-files",
        Severity.ERROR,
        "The feed names no file",
        consequence="The client announces the update and then reports ERR_UPDATER_NO_FILES_PROVIDED",
        correction="List the installers under files, each with url, sha512 and size",
        find=_no_files,
        bad="version: 1.1.0\nfiles: []",
    ),
    _rule(
        "electron-no-digest",
        Severity.ERROR,
        "A file has no sha512",
        consequence="The client reports ERR_UPDATER_NO_CHECKSUM, also when the file is for another system",
        correction="Write what `ota-dev hash -a sha512 --base64 FILE` prints",
        find=_no_digest,
        bad="version: 1.1.0\nfiles:\n  - url: Acme-Notes-1.1.0.exe\n    size: 5000",
    ),
    _rule(
        "electron-sha512-form",
        Severity.ERROR,
        "A sha512 is not the base64 of a SHA-512",
        consequence="The client downloads the file and reports ERR_CHECKSUM_MISMATCH",
        correction="Write what `ota-dev hash -a sha512 --base64 FILE` prints",
        find=_wrong_digest,
        bad=f"version: 1.1.0\n{_FILE_AND_DIGEST.replace(_DIGEST, 'AAECAwQ=')}",
    ),
    _rule(
        "electron-sha512-hex",
        Severity.WARNING,
        "A sha512 is in hex, and not in base64",
        consequence="A whole download takes it in lower case; a differential one fails, and nothing is found again",
        correction="Write what `ota-dev hash -a sha512 --base64 FILE` prints",
        find=_hex_digest,
        bad=f"version: 1.1.0\n{_FILE_AND_DIGEST.replace(_DIGEST, 'ab' * 64)}",
    ),
    _rule(
        "electron-sha2-alone",
        Severity.WARNING,
        "A file has the old sha2 alone",
        consequence="Clients from version 7 on refuse the file",
        correction="Write its sha512 in base64",
        find=_only_sha2,
        bad=f"version: 1.1.0\n{_FILE_AND_DIGEST.replace(f'sha512: {_DIGEST}', 'sha2: ' + 'ab' * 32)}",
    ),
    _rule(
        "electron-no-size",
        Severity.WARNING,
        "A file has no size",
        consequence="The client downloads all of it instead of what has changed, and cannot tell how far it is",
        correction="Write the number of bytes as size",
        find=_no_size,
        bad=f"version: 1.1.0\n{_FILE_AND_DIGEST.replace('    size: 5000', '')}",
    ),
    _rule(
        "electron-mac-without-zip",
        Severity.ERROR,
        "For Macs there is no zip",
        consequence="The client reports ERR_UPDATER_ZIP_FILE_NOT_FOUND: it installs nothing from a dmg or a pkg",
        correction="Add the target zip beside dmg, and upload it, too",
        find=_without_zip,
        bad=_with_files("Acme-Notes-1.1.0.dmg"),
    ),
    _rule(
        "electron-wrong-feed-name",
        Severity.ERROR,
        "The feed's name is that of another system",
        consequence="Clients ask for latest.yml, latest-mac.yml or latest-linux.yml, and find no file that they take",
        correction="Save the feed under the name of the system that its files are for",
        find=_wrong_name,
        bad=_with_files("Acme-Notes-1.1.0.AppImage"),
        name="latest.yml",
    ),
    _rule(
        "electron-url-query",
        Severity.WARNING,
        "The address of a file has a query",
        consequence="Where the app is told a folder with a query of its own, that takes the place of this one",
        correction="Leave the query out, or sign the whole folder",
        find=_query,
        bad=_with_files("Acme-Notes-1.1.0.exe?token=abc"),
    ),
    _rule(
        "electron-minimum-system",
        Severity.WARNING,
        "The minimumSystemVersion is no version of a kernel",
        consequence="It is compared with os.release() of Node, and keeps out nobody, or everybody",
        correction="Write what that gives on the oldest system: 23.0.0 for macOS 14, 10.0.22000 for Windows 11",
        find=_minimum_system,
        bad=f"{_with_files('Acme-Notes-1.1.0.zip')}minimumSystemVersion: 14.0.0",
    ),
    _rule(
        "electron-staging",
        Severity.WARNING,
        "The stagingPercentage is not from 1 to 100",
        consequence="With 0 nobody is offered the update; what is no number, or more than 100, is for everybody",
        correction="Write a whole number from 1 to 100, or leave it out",
        find=_staging,
        bad=f"{_GOOD}\nstagingPercentage: 0",
    ),
)
