"""Rules about what WinSparkle and NetSparkle read in another way than it was meant. Pure."""

from collections.abc import Iterator

from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.targets import Platform
from ota_dev.feeds.appcast.reading import SPARKLE
from ota_dev.lint.examples import Example, sample, windows_sample
from ota_dev.lint.findings import AppcastRule, Occurrence, Severity, at
from ota_dev.lint.linted import LintedFeed, LintedItem
from ota_dev.simulated_client.clients import ClientName
from ota_dev.simulated_client.rules import quoted
from ota_dev.simulated_client.winsparkle.rules import needed_system

__all__ = ["WINDOWS_RULES"]

_READ_AS_BOOLEAN = ("true", "1", "yes", "false", "0", "no", "")
_PARTS_WITH_BUILD = 3


def _service_pack(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        parts = item.text("minimumSystemVersion").replace("-", ".").split(".")
        needed = needed_system(item.seen_by_winsparkle) if item.is_meant_for(Platform.WINDOWS) else None
        if needed and len(parts) >= _PARTS_WITH_BUILD and needed[2] == 0 and parts[2].strip("0"):
            said = quoted(item.text("minimumSystemVersion"))
            yield at(item.first("minimumSystemVersion"), f"the third number of {said} is below 100")


def _other_length(feed: LintedFeed) -> Iterator[Occurrence]:
    """Compare each version with the one before it in the feed, which most likely is the one that people have."""
    before: LintedItem | None = None
    for item in feed.items_for(Platform.WINDOWS):
        if not item.is_meant_for(Platform.WINDOWS) or not _is_numbers(item.version):
            continue
        if before and item.version.count(".") != before.version.count("."):
            yield at(item.version_place, f"{quoted(item.version)} and {quoted(before.version)} differ in how many")
        before = item


def _is_numbers(version: str) -> bool:
    return all(part.isascii() and part.isdigit() for part in version.split("."))


def _unread_critical(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        mark = item.file.element.attribute(f"{SPARKLE}criticalUpdate") if item.file else None
        if mark and mark.value not in _READ_AS_BOOLEAN:
            yield at(mark, f"{quoted(mark.value)} is neither true, 1 nor yes")


def _unmarked_elsewhere(feed: LintedFeed) -> Iterator[Occurrence]:
    if len(feed.platforms) > 1:
        return  # Then os-missing says so, since every client stumbles over it.
    for item in feed.items:
        kind = PackageKind.of_file(item.file.file_name) if item.file else None
        is_elsewhere = kind and kind[0].platform in (Platform.MACOS, Platform.LINUX)
        if item.file and is_elsewhere and not item.file.os and not item.first("os"):
            yield at(item.file.element, f"{quoted(item.file.file_name)} has no sparkle:os")


_MINIMUM = "<sparkle:minimumSystemVersion>{}</sparkle:minimumSystemVersion>".format
_CRITICAL = 'sparkle:criticalUpdate="{}"'.format

WINDOWS_RULES = (
    AppcastRule(
        code="minimum-windows-service-pack",
        severity=Severity.NOTE,
        title="The third number of a minimum of Windows is below 100",
        clients=(ClientName.WINSPARKLE,),
        consequence="WinSparkle takes it for a service pack, and not for a build",
        correction="Write the whole build, such as 6.1.7601, or leave the third number out",
        example=Example(windows_sample(_MINIMUM("6.1.1")), windows_sample(_MINIMUM("6.1.7601"))),
        check=_service_pack,
    ),
    AppcastRule(
        code="version-parts-differ",
        severity=Severity.NOTE,
        title="Versions for Windows have different numbers of parts",
        clients=(ClientName.WINSPARKLE, ClientName.NETSPARKLE),
        consequence="To these clients 1.3.0 is newer than 1.3: an app that calls itself 1.3 is offered itself for ever",
        correction="Write as many numbers in every version as the app says of itself",
        example=Example(
            f"{windows_sample()}\n{windows_sample(version='1.2')}",
            f"{windows_sample()}\n{windows_sample(version='1.2.0')}",
        ),
        check=_other_length,
    ),
    AppcastRule(
        code="critical-unreadable",
        severity=Severity.WARNING,
        title="A sparkle:criticalUpdate of an enclosure is neither true nor false",
        clients=(ClientName.NETSPARKLE,),
        consequence="NetSparkle takes true, 1 and yes in small letters, and anything else for no",
        correction='Write sparkle:criticalUpdate="true"',
        example=Example(windows_sample(attributes=_CRITICAL("True")), windows_sample(attributes=_CRITICAL("true"))),
        check=_unread_critical,
    ),
    AppcastRule(
        code="os-missing-for-netsparkle",
        severity=Severity.NOTE,
        title="A file for macOS or Linux has no sparkle:os",
        clients=(ClientName.NETSPARKLE,),
        consequence="NetSparkle takes it for one for Windows, and refuses it; the other clients take it for theirs",
        correction="Mark it with macos or linux, if a NetSparkle app reads this feed",
        example=Example(sample(os=""), sample()),
        check=_unmarked_elsewhere,
    ),
)
