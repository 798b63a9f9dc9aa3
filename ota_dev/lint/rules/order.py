"""Rules about the versions of several items: which are the same to a client, and which comes first. Pure."""

from collections import defaultdict
from collections.abc import Hashable, Iterator
from functools import cmp_to_key
from itertools import pairwise

from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.lint.examples import Example, sample
from ota_dev.lint.findings import EVERY_CLIENT, AppcastRule, Occurrence, Severity, at
from ota_dev.lint.linted import LintedFeed, LintedItem
from ota_dev.simulated_client.clients import ClientName, clients_of
from ota_dev.simulated_client.feed_kinds import FeedKind
from ota_dev.simulated_client.interface import SimulatedClient
from ota_dev.simulated_client.rules import bounded, quoted
from ota_dev.simulated_client.sparkle.rules import compare

__all__ = ["ORDER_RULES"]

_MOST_COMPARED = 2_000  # different versions
_CONDITIONS = ("channel", "minimumSystemVersion", "maximumSystemVersion", "hardwareRequirements")


def _targets(item: LintedItem) -> Iterator[Hashable]:
    """Give what an item is for, once for each file; the order among different targets decides nothing."""
    conditions = tuple(item.text(name) for name in _CONDITIONS)
    for file in item.enclosures:
        yield (file.os, Architecture.parse(file.arch), *conditions)


def _same_version(feed: LintedFeed) -> Iterator[Occurrence]:
    first: dict[Hashable, LintedItem] = {}
    for item in feed.items:
        keys = [(item.version, target) for target in dict.fromkeys(_targets(item))] if item.version else []
        if any(first.setdefault(key, item) is not item for key in keys):
            yield at(item.version_place, f"{quoted(item.version)} is there already, for the same system")


def _compare_equal(feed: LintedFeed) -> Iterator[Occurrence]:
    for client in clients_of(FeedKind.APPCAST):
        for older, newer in _equal_to(client, feed):
            reason = f"{quoted(newer.version)} and {quoted(older.version)} are the same to {client.title}"
            yield at(newer.version_place, reason)


def _equal_to(client: SimulatedClient, feed: LintedFeed) -> Iterator[tuple[LintedItem, LintedItem]]:
    if client.name == ClientName.NETSPARKLE:
        return  # Texts that differ are never the same to it, but for their case.
    by_version: dict[str, LintedItem] = {}
    for item in feed.items:
        is_number = item.version[:1].isdigit()  # Of others another rule says that they are never offered.
        if is_number and any(map(item.concerns, client.platforms)) and len(by_version) < _MOST_COMPARED:
            by_version.setdefault(bounded(item.version), item)
    for a, b in pairwise(sorted(by_version, key=cmp_to_key(client.comparator))):
        if client.comparator(a, b) == 0 and by_version[a].platforms & by_version[b].platforms:
            yield by_version[a], by_version[b]


def _marketing_version(feed: LintedFeed) -> Iterator[Occurrence]:
    items = list(feed.items_for(Platform.MACOS))
    if not any(item.version.isdigit() and "." in item.short_version for item in items):
        return
    for item in items:
        if "." in item.version and item.short_version in ("", item.version):
            yield at(item.version_place, f"{quoted(item.version)} among builds such as {_a_build(items)}")


def _a_build(items: list[LintedItem]) -> str:
    return next(quoted(item.version) for item in items if item.version.isdigit())


def _builds_contradict(feed: LintedFeed) -> Iterator[Occurrence]:
    groups: dict[Hashable, list[LintedItem]] = defaultdict(list)
    for item in feed.items:
        if item.short_version and item.version:
            for target in _targets(item):
                groups[target].append(item)
    for items in groups.values():
        for older, newer in pairwise(sorted(items[:_MOST_COMPARED], key=cmp_to_key(_compare_builds))):
            names = bounded(older.short_version), bounded(newer.short_version)
            if _compare_builds(older, newer) < 0 < compare(*names):
                yield at(newer.version_place, f"{_both(newer)} is offered as an update of {_both(older)}")


def _compare_builds(a: LintedItem, b: LintedItem) -> int:
    return compare(bounded(a.version), bounded(b.version))


def _both(item: LintedItem) -> str:
    return f"{quoted(item.short_version)} (build {quoted(item.version)})"


def _not_newest_first(feed: LintedFeed) -> Iterator[Occurrence]:
    before: dict[Hashable, LintedItem] = {}
    for item in feed.items:
        for target in dict.fromkeys(_targets(item)) if item.version else ():
            earlier = before.get(target)
            before[target] = item
            if earlier and compare(bounded(earlier.version), bounded(item.version)) < 0:
                yield at(item.element, f"{quoted(item.version)} stands behind {quoted(earlier.version)}")
                break


def _arm64_first(feed: LintedFeed) -> Iterator[Occurrence]:
    first: dict[str, LintedItem] = {}
    for item in feed.items_for(Platform.MACOS):
        if not item.version or not item.file:
            continue
        earlier = first.setdefault(item.version, item)
        is_for_intel = _architecture(item) is Architecture.X86_64
        if earlier is not item and is_for_intel and _architecture(earlier) is Architecture.ARM64:
            yield at(item.element, f"the {quoted(item.version)} for Intel stands behind that for arm64")


def _architecture(item: LintedItem) -> Architecture:
    return Architecture.parse(item.file.arch if item.file else "")


def _two(first: str, second: str) -> str:
    return f"{first}\n{second}"


def _build(build: str, short_version: str) -> str:
    return sample(f"<sparkle:shortVersionString>{short_version}</sparkle:shortVersionString>", version=build)


_FOR_ARM, _FOR_INTEL = sample(attributes='sparkle:arch="arm64"'), sample(attributes='sparkle:arch="x86_64"')

ORDER_RULES = (
    AppcastRule(
        code="version-twice",
        severity=Severity.WARNING,
        title="Two items have the same version for the same system",
        clients=EVERY_CLIENT,
        consequence="Clients take the first of them, and never look at the other",
        correction="Remove one; a replaced installer needs a new version, or nobody who has the old one gets it",
        example=Example(_two(sample(), sample()), _two(sample(), sample(version="1.2.0"))),
        check=_same_version,
    ),
    AppcastRule(
        code="versions-compare-equal",
        severity=Severity.ERROR,
        title="Two versions are the same to a client",
        clients=EVERY_CLIENT,
        consequence="Whoever has one of them is never offered the other",
        correction="Write versions that differ in their first three numbers, or builds that count up",
        example=Example(_two(sample(version="1.3.0.1"), sample()), _two(sample(version="1.3.1"), sample())),
        check=_compare_equal,
    ),
    AppcastRule(
        code="marketing-version-as-build",
        severity=Severity.WARNING,
        title="A version for people stands where other items have builds",
        clients=(ClientName.SPARKLE,),
        consequence=(
            "Sparkle compares sparkle:version with the CFBundleVersion of the app, and 1.3.0 is older than build 120: "
            "it says that the app is up to date"
        ),
        correction="Write the CFBundleVersion into sparkle:version, and this into sparkle:shortVersionString",
        example=Example(
            _two(_build("130", "1.3.0"), sample(version="1.2.0")), _two(_build("130", "1.3.0"), _build("120", "1.2.0"))
        ),
        check=_marketing_version,
    ),
    AppcastRule(
        code="builds-contradict-versions",
        severity=Severity.WARNING,
        title="A newer build has an older version for people",
        clients=EVERY_CLIENT,
        consequence="The build is what counts: people are offered what looks like a step back",
        correction="Correct the build, or put maintenance releases on a channel of their own",
        example=Example(
            _two(_build("131", "1.2.5"), _build("130", "1.3.0")), _two(_build("131", "1.3.1"), _build("130", "1.3.0"))
        ),
        check=_builds_contradict,
    ),
    AppcastRule(
        code="not-newest-first",
        severity=Severity.NOTE,
        title="A newer item stands behind an older one",
        clients=(ClientName.GENERIC,),
        consequence="Most clients look for the highest version wherever it is; simple ones take the first item",
        correction="Put the newest item first",
        example=Example(_two(sample(version="1.2.0"), sample()), _two(sample(), sample(version="1.2.0"))),
        check=_not_newest_first,
    ),
    AppcastRule(
        code="arm64-before-intel",
        severity=Severity.WARNING,
        title="Of one version, the item for arm64 comes before the one for Intel",
        clients=(ClientName.SPARKLE,),
        consequence="Sparkle takes the first of equals, whatever its sparkle:arch: Intel Macs get what they cannot run",
        correction="Put the item for Intel first, or offer one universal file",
        example=Example(_two(_FOR_ARM, _FOR_INTEL), _two(_FOR_INTEL, _FOR_ARM)),
        check=_arm64_first,
    ),
)
