"""Rules about one item's version: where it stands, and how clients read it. Pure."""

import re
from collections.abc import Callable, Iterator

from ota_dev.catalog.targets import Platform
from ota_dev.feeds.appcast.reading import Attribute, Element
from ota_dev.lint.examples import EXE, Example, enclosure, sample, windows_sample
from ota_dev.lint.findings import EVERY_CLIENT, AppcastRule, Occurrence, Severity, at
from ota_dev.lint.linted import SHORT_VERSION, VERSION, LintedFeed
from ota_dev.simulated_client.rules import quoted
from ota_dev.simulated_client.winsparkle.comparator import LARGEST_NUMBER

__all__ = ["VERSION_RULES"]

_NUMBER = re.compile(r"[0-9]+")
_MOST_DIGITS = 10  # that NetSparkle puts in order
_LARGEST_DIGITS = len(str(LARGEST_NUMBER))


def _written(place: Element | Attribute) -> str:
    return place.value if isinstance(place, Attribute) else place.text


def _missing(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        if not item.version:
            yield at(item.element, "the item says no version, and the name of its file none after a _")


def _only_in_name(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        if item.version and not any(_written(place).strip() for place in item.version_places):
            yield at(item.element, f"the version {quoted(item.version)} is the end of the file's name")


def _not_on_enclosure(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        if item.file and item.first("version") and not item.file.element.attribute(VERSION):
            yield at(item.file.element, f"{quoted(item.version)} stands in an element alone")


def _contradiction(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        for name in (VERSION, SHORT_VERSION):
            attribute = item.file.element.attribute(name) if item.file else None
            element = item.children.get(name, [None])[0]
            if attribute and element and attribute.value.strip() != element.text.strip():
                said = f"the element says {quoted(element.text.strip())}, the attribute {quoted(attribute.value)}"
                yield at(attribute, said)


def _appended(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items_for(Platform.WINDOWS):
        read = item.seen_by_winsparkle.version
        if len(item.version_places) > 1 and read not in map(_written, item.version_places):
            yield at(item.version_place, f"WinSparkle reads {quoted(read)}")


def _leaking(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items_for(Platform.WINDOWS):
        attributes = [file.element.attribute(VERSION) for file in item.enclosures]
        values = dict.fromkeys(attribute.value for attribute in attributes if attribute)
        if len(values) > 1 and attributes[-1]:
            yield at(attributes[-1], f"the item's files say {' and '.join(map(quoted, values))}; the last one counts")


def _untrimmed(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        for place in item.version_places:
            text = _written(place)
            # Sparkle trims elements, and nothing else reads those of Macs.
            if text != text.strip() and (isinstance(place, Attribute) or item.concerns(Platform.WINDOWS)):
                yield at(place, f"there is white space around {quoted(text.strip())}")


def _letter_first(feed: LintedFeed) -> Iterator[Occurrence]:
    return _versions_that(feed, lambda version: version[:1].isalpha(), "begins with a letter")


def _prerelease(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        plain, dash, suffix = item.version.partition("-")
        if plain and dash:
            yield at(item.version_place, f"what is compared of {quoted(item.version)} is {quoted(plain)}, not {suffix}")


def _build_metadata(feed: LintedFeed) -> Iterator[Occurrence]:
    return _versions_that(feed, lambda version: "+" in version, "has build metadata, which counts")


def _inner_space(feed: LintedFeed) -> Iterator[Occurrence]:
    return _versions_that(feed, lambda version: any(map(str.isspace, version)), "has white space in it")


def _too_large(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items_for(Platform.WINDOWS):
        if any(map(_is_too_large, _NUMBER.findall(item.version[:200]))):
            yield at(item.version_place, f"{quoted(item.version)} has a number above {LARGEST_NUMBER}")


def _is_too_large(number: str) -> bool:
    digits = number.lstrip("0")
    return len(number) > _MOST_DIGITS or (len(digits) == _LARGEST_DIGITS and int(digits) > LARGEST_NUMBER)


def _no_short_version(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items_for(Platform.MACOS):
        if item.version.isdigit() and not item.short_version:
            yield at(item.version_place, f"people see {quoted(item.version)}")


def _versions_that(feed: LintedFeed, is_so: Callable[[str], bool], words: str) -> Iterator[Occurrence]:
    return (at(item.version_place, f"{quoted(item.version)} {words}") for item in feed.items if is_so(item.version))


_SPARKLE, _WINSPARKLE, _NETSPARKLE, _GENERIC = EVERY_CLIENT
_SHORT = "<sparkle:shortVersionString>{}</sparkle:shortVersionString>".format
_BACKWARDS = "<item>\n  {}\n  <sparkle:version>1.3.0</sparkle:version>\n</item>"
_TWO_FILES = "<item>\n  {}\n  {}\n</item>"

VERSION_RULES = (
    AppcastRule(
        code="version-missing",
        severity=Severity.ERROR,
        title="An item has no version",
        clients=EVERY_CLIENT,
        consequence="Sparkle refuses the whole feed because of one such item; the others skip the item",
        correction="Write sparkle:version as the item's first element, and again on its enclosure",
        example=Example(sample(version=""), sample()),
        check=_missing,
    ),
    AppcastRule(
        code="version-only-in-file-name",
        severity=Severity.WARNING,
        title="The version stands in the file's name alone",
        clients=(_WINSPARKLE, _NETSPARKLE, _GENERIC),
        consequence="Sparkle takes it from there, where the feed is not signed; the others skip the item",
        correction="Write sparkle:version as the item's first element, and again on its enclosure",
        example=Example(
            sample(version="", url="https://acme.example/Acme_1.3.0.dmg"),
            sample(url="https://acme.example/Acme_1.3.0.dmg"),
        ),
        check=_only_in_name,
    ),
    AppcastRule(
        code="version-not-on-enclosure",
        severity=Severity.NOTE,
        title="The version is no attribute of the enclosure",
        clients=(_GENERIC,),
        consequence="Hand-written clients read attributes of the enclosure only, and skip the item",
        correction="Repeat sparkle:version, equal, on the enclosure, if such a client reads this feed",
        example=Example(sample(attribute=""), sample()),
        check=_not_on_enclosure,
    ),
    AppcastRule(
        code="version-contradiction",
        severity=Severity.ERROR,
        title="The element and the enclosure say different versions",
        clients=EVERY_CLIENT,
        consequence="Sparkle and hand-written clients take the attribute, NetSparkle the element",
        correction="Write the same version in both places",
        example=Example(sample(attribute="1.2.0"), sample()),
        check=_contradiction,
    ),
    AppcastRule(
        code="version-appended",
        severity=Severity.ERROR,
        title="The version element comes after the enclosure, or twice",
        clients=(_WINSPARKLE,),
        consequence="WinSparkle adds the element to what it has: 1.3.0 becomes 1.3.01.3.0, a wrong version",
        correction="Write sparkle:version once, as an element before the enclosure",
        example=Example(_BACKWARDS.format(enclosure(EXE, "1.3.0", "windows")), windows_sample()),
        check=_appended,
    ),
    AppcastRule(
        code="version-leaks",
        severity=Severity.ERROR,
        title="Enclosures of one item say different versions",
        clients=EVERY_CLIENT,
        consequence="WinSparkle takes the last, even that of a file for another system; the others know one file",
        correction="Write an item for each file, or the same version on all",
        example=Example(
            f"{_TWO_FILES.format(enclosure(EXE, '1.3.0', 'windows'), enclosure(version='1.4.0'))}",
            f"{windows_sample()}\n{sample()}",
        ),
        check=_leaking,
    ),
    AppcastRule(
        code="version-not-trimmed",
        severity=Severity.ERROR,
        title="White space stands around the version",
        clients=(_WINSPARKLE, _NETSPARKLE),
        consequence="These clients do not trim: WinSparkle never offers an update whose version begins with a blank",
        correction="Write the version without blanks and line breaks around it",
        example=Example(windows_sample(version=" 1.3.0").replace('" 1.3.0"', '"1.3.0"'), windows_sample()),
        check=_untrimmed,
    ),
    AppcastRule(
        code="version-begins-with-letter",
        severity=Severity.ERROR,
        title="The version begins with a letter, such as v",
        clients=EVERY_CLIENT,
        consequence="Letters are older than numbers: the update is older than what is installed, and never offered",
        correction="Write the version without its prefix, as the app does",
        example=Example(sample(version="v1.3.0"), sample()),
        check=_letter_first,
    ),
    AppcastRule(
        code="version-prerelease",
        severity=Severity.WARNING,
        title="The version has a dash",
        clients=(_SPARKLE, _GENERIC),
        consequence=(
            "Sparkle and hand-written clients ignore what follows: 1.3.0-beta.1, 1.3.0-beta.2 and 1.3.0 are the same, "
            "and never update to each other"
        ),
        correction="Count a build number up, and write the pre-release into sparkle:shortVersionString alone",
        example=Example(sample(version="1.3.0-beta.1"), sample(_SHORT("1.3.0-beta.1"), version="130")),
        check=_prerelease,
    ),
    AppcastRule(
        code="version-build-metadata",
        severity=Severity.WARNING,
        title="The version has build metadata",
        clients=EVERY_CLIENT,
        consequence="It counts: 1.3.0+5 is older than 1.3.0, and for hand-written clients the same",
        correction="Write a fourth number, or a build number of its own",
        example=Example(sample(version="1.3.0+5"), sample()),
        check=_build_metadata,
    ),
    AppcastRule(
        code="version-has-white-space",
        severity=Severity.WARNING,
        title="The version has white space in it",
        clients=EVERY_CLIENT,
        consequence="Clients disagree: 1.3.0 beta is newer than 1.3.0 for Sparkle, and older for WinSparkle",
        correction="Write numbers and periods; words belong into sparkle:shortVersionString",
        example=Example(sample(version="1.3.0 beta"), sample()),
        check=_inner_space,
    ),
    AppcastRule(
        code="version-number-too-large",
        severity=Severity.ERROR,
        title="A number of the version is too large",
        clients=(_WINSPARKLE, _NETSPARKLE),
        consequence=(
            "WinSparkle's numbers end at 32 bits, so that all above are the same; NetSparkle puts those of more than "
            "ten digits into the wrong order"
        ),
        correction="Split it with periods, as in 2024.01.01.0000",
        example=Example(windows_sample(version="202401010000"), windows_sample(version="2024.01.01.0000")),
        check=_too_large,
    ),
    AppcastRule(
        code="short-version-missing",
        severity=Severity.NOTE,
        title="A build has no version for people",
        clients=(_SPARKLE,),
        consequence="Sparkle shows the build number to its users",
        correction="Add sparkle:shortVersionString, the CFBundleShortVersionString of the app",
        example=Example(sample(version="130"), sample(_SHORT("1.3.0"), version="130")),
        check=_no_short_version,
    ),
)
