"""Rules about enclosures: whether there is something to download, its length, its kind and what it is for. Pure."""

from collections.abc import Iterator

from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.feeds.appcast.reading import SPARKLE, Enclosure
from ota_dev.lint.examples import EXE, FILE, Example, enclosure, sample, windows_sample
from ota_dev.lint.findings import EVERY_CLIENT, AppcastRule, Occurrence, Severity, at
from ota_dev.lint.linted import VERSION, LintedFeed, platform_of
from ota_dev.simulated_client.rules import quoted

__all__ = ["ENCLOSURE_RULES"]

_INTERACTIVE = ".sparkle_interactive.pkg"
_WINDOWS_BUILDS = ("windows-x64", "windows-x86", "windows-arm64")
_KNOWN_MARKS = ("macos", "windows", "linux", *_WINDOWS_BUILDS)
_GENERIC_ARCHITECTURES = ("aarch64", "arm64", "arm64e", "amd64", "x64", "x86_64")


def _files(feed: LintedFeed) -> Iterator[Enclosure]:
    return (file for item in feed.items for file in item.enclosures)


def _nothing(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        if item.sparkle_refusal == "enclosure":
            yield at(item.element, "the item has neither an enclosure nor a link of http or https")


def _no_url(feed: LintedFeed) -> Iterator[Occurrence]:
    for file in _files(feed):
        if not file.url:
            yield at(file.element, "the enclosure has no url")


def _several(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        # Where their versions differ, too, version-leaks says so with the same correction.
        if len(item.enclosures) > 1 and len({file.element.get(VERSION) for file in item.enclosures} - {""}) < 2:
            yield at(item.enclosures[1].element, f"the item has {len(item.enclosures)} enclosures")


def _no_length(feed: LintedFeed) -> Iterator[Occurrence]:
    for file in _files(feed):
        length = file.element.get("length")
        if length.strip("0") == "" and platform_of(file) is not Platform.WINDOWS:
            yield at(file.element.attribute("length") or file.element, f"the length is {length or 'not said'}")


def _wrong_length(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        for file in item.files:
            length = file.element.get("length")
            if length and file.length is None:
                yield at(file.element.attribute("length"), f"{quoted(length)} is no number of bytes")


def _installation_type(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        if item.sparkle_refusal == "installation-type" and item.file:
            attribute = item.file.element.attribute(f"{SPARKLE}installationType")
            yield at(attribute, f"{quoted(attribute.value if attribute else '')} is not known")


def _ended_installation_type(feed: LintedFeed) -> Iterator[Occurrence]:
    for file in _files(feed):
        attribute = file.element.attribute(f"{SPARKLE}installationType")
        if attribute and attribute.value == "interactive-package":
            yield at(attribute, "interactive-package ended with Sparkle 2.8")
        elif file.file_name.endswith(_INTERACTIVE):
            yield at(file.element.attribute("url"), f"{_INTERACTIVE} ended with Sparkle 2.8")


def _unknown_os(feed: LintedFeed) -> Iterator[Occurrence]:
    for file in _files(feed):
        attribute = file.element.attribute(f"{SPARKLE}os")
        if attribute and attribute.value not in (*_KNOWN_MARKS, ""):
            yield at(attribute, f"{quoted(attribute.value)} is none of {', '.join(_KNOWN_MARKS)}")


def _windows_build(feed: LintedFeed) -> Iterator[Occurrence]:
    marks = {file.os for file in _files(feed)}
    if len(marks.intersection(_WINDOWS_BUILDS)) > 1:
        return  # Where there are several, the mark must say which one.
    for file in _files(feed):
        if file.os in _WINDOWS_BUILDS:
            yield at(file.element.attribute(f"{SPARKLE}os"), f"the only files for Windows are marked {quoted(file.os)}")


def _unmarked(feed: LintedFeed) -> Iterator[Occurrence]:
    if len(feed.platforms) < 2:
        return
    for file in _files(feed):
        if not file.os:
            yield at(file.element, f"{quoted(file.file_name)} has no mark, and the feed has files for other systems")


def _other_kind(feed: LintedFeed) -> Iterator[Occurrence]:
    for file in _files(feed):
        kind = PackageKind.of_file(file.file_name)
        platform = kind[0].platform if kind else Platform.UNKNOWN
        if file.os and Platform.UNKNOWN not in (platform, platform_of(file)) and platform is not platform_of(file):
            yield at(file.element.attribute(f"{SPARKLE}os"), f"{quoted(file.file_name)} is marked {quoted(file.os)}")


def _unknown_architecture(feed: LintedFeed) -> Iterator[Occurrence]:
    for file in _files(feed):
        if (
            file.arch
            and file.arch not in _GENERIC_ARCHITECTURES
            and Architecture.parse(file.arch) is not Architecture.X86
        ):
            yield at(file.element.attribute(f"{SPARKLE}arch"), f"{quoted(file.arch)} is not known")


_SPARKLE, _WINSPARKLE, _NETSPARKLE, _GENERIC = EVERY_CLIENT
_TWO_FILES = (
    "<item>\n  <sparkle:version>1.3.0</sparkle:version>\n"
    f"  {enclosure(EXE, '1.3.0', 'windows')}\n  {enclosure(FILE, '1.3.0')}\n</item>"
)

ENCLOSURE_RULES = (
    AppcastRule(
        code="nothing-to-offer",
        severity=Severity.ERROR,
        title="An item has neither a file nor a link",
        clients=EVERY_CLIENT,
        consequence="Sparkle refuses the whole feed because of one such item; the others skip the item",
        correction="Add an enclosure with a url, or a link of http or https to a page",
        example=Example("<item>\n  <sparkle:version>1.3.0</sparkle:version>\n</item>", sample()),
        check=_nothing,
    ),
    AppcastRule(
        code="enclosure-without-url",
        severity=Severity.ERROR,
        title="An enclosure has no url",
        clients=EVERY_CLIENT,
        consequence="Sparkle refuses the whole feed, unless the item has a link; the others skip the item",
        correction="Add the url, and look for href or src in its place",
        example=Example(sample(url=""), sample()),
        check=_no_url,
    ),
    AppcastRule(
        code="several-enclosures",
        severity=Severity.WARNING,
        title="An item has several enclosures",
        clients=(_SPARKLE, _NETSPARKLE, _GENERIC),
        consequence="These clients look at the first only, and do not find the file for their system behind it",
        correction="Write one item for each file, with the same version",
        example=Example(_TWO_FILES, f"{windows_sample()}\n{sample()}"),
        check=_several,
    ),
    AppcastRule(
        code="length-missing",
        severity=Severity.WARNING,
        title="An enclosure has no length, or 0",
        clients=(_SPARKLE, _GENERIC),
        consequence="Sparkle shows no progress when the server sends no length, and nothing notices a wrong file",
        correction="Write the size of the file in bytes",
        example=Example(sample(length=""), sample()),
        check=_no_length,
    ),
    AppcastRule(
        code="length-invalid",
        severity=Severity.ERROR,
        title="A length is no number of bytes",
        clients=(_SPARKLE, _NETSPARKLE, _GENERIC),
        consequence="Hand-written clients and NetSparkle cannot read it, and Sparkle reads only its first digits",
        correction="Write the size of the file in bytes, as digits alone",
        example=Example(sample(length="4.8 MB"), sample()),
        check=_wrong_length,
    ),
    AppcastRule(
        code="installation-type-unknown",
        severity=Severity.ERROR,
        title="A sparkle:installationType is not known",
        clients=(_SPARKLE,),
        consequence="Sparkle refuses the whole feed",
        correction="Write application or package, or leave it out: a pkg is known by its name",
        example=Example(
            sample(attributes='sparkle:installationType="pkg"'), sample(attributes='sparkle:installationType="package"')
        ),
        check=_installation_type,
    ),
    AppcastRule(
        code="installation-type-ended",
        severity=Severity.WARNING,
        title="A sparkle:installationType is no longer supported",
        clients=(_SPARKLE,),
        consequence="Sparkle 2.8 and newer do not install interactive packages",
        correction="Write package",
        example=Example(
            sample(attributes='sparkle:installationType="interactive-package"'),
            sample(attributes='sparkle:installationType="package"'),
        ),
        check=_ended_installation_type,
    ),
    AppcastRule(
        code="os-unknown",
        severity=Severity.ERROR,
        title="A sparkle:os is not known",
        clients=EVERY_CLIENT,
        consequence=(
            "Sparkle, WinSparkle and hand-written clients compare it to the letter, Windows for windows too, and skip "
            "the item"
        ),
        correction="Write macos, windows or linux, or for one build of WinSparkle windows-x64, -x86 or -arm64",
        example=Example(windows_sample(os="Windows"), windows_sample()),
        check=_unknown_os,
    ),
    AppcastRule(
        code="os-too-narrow",
        severity=Severity.NOTE,
        title="The mark names an architecture of Windows though there is only one",
        clients=(_WINSPARKLE, _GENERIC),
        consequence="Hand-written clients, and WinSparkle in an app of another architecture, skip the item",
        correction="Write windows while there is one file for Windows",
        example=Example(windows_sample(os="windows-x64"), windows_sample()),
        check=_windows_build,
    ),
    AppcastRule(
        code="os-missing",
        severity=Severity.WARNING,
        title="A file has no sparkle:os in a feed for several systems",
        clients=EVERY_CLIENT,
        consequence=(
            "Sparkle, WinSparkle and hand-written clients take it for theirs on every system, NetSparkle for Windows'"
        ),
        correction="Mark every file with macos, windows or linux",
        example=Example(f"{sample(os='')}\n{windows_sample()}", f"{sample()}\n{windows_sample()}"),
        check=_unmarked,
    ),
    AppcastRule(
        code="os-contradicts-file",
        severity=Severity.ERROR,
        title="The mark and the kind of file are of different systems",
        clients=EVERY_CLIENT,
        consequence="Clients offer a file that cannot be installed",
        correction="Correct sparkle:os, or the url",
        example=Example(sample(url=EXE), sample()),
        check=_other_kind,
    ),
    AppcastRule(
        code="arch-unknown",
        severity=Severity.WARNING,
        title="A sparkle:arch is not known",
        clients=(_GENERIC,),
        consequence="Hand-written clients skip the item, whatever their architecture",
        correction="Write arm64 or x86_64, and nothing for a universal file",
        example=Example(sample(attributes='sparkle:arch="universal"'), sample(attributes='sparkle:arch="arm64"')),
        check=_unknown_architecture,
    ),
)
