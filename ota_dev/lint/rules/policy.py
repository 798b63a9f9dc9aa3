"""Rules about who is offered an item: channels, systems, rollouts, major and informational updates. Pure."""

import re
from collections.abc import Iterator

from ota_dev.catalog.targets import Platform
from ota_dev.feeds.appcast.reading import SPARKLE
from ota_dev.lint.examples import Example, sample, windows_sample
from ota_dev.lint.findings import EVERY_CLIENT, AppcastRule, Occurrence, Severity, at
from ota_dev.lint.linted import LintedFeed
from ota_dev.simulated_client.rules import bounded, quoted
from ota_dev.simulated_client.sparkle import texts
from ota_dev.simulated_client.sparkle.rules import compare
from ota_dev.simulated_client.winsparkle.rules import WITHOUT_MANIFEST, needed_system

__all__ = ["POLICY_RULES"]

_SYSTEM = re.compile(r"[0-9]+([.-][0-9]+){0,3}")
_HARDWARE = re.compile(r"[,\s]+")
_WINDOWS_11 = "11"
# What WinSparkle does not read, and what becomes of it.
_UNREAD_ON_WINDOWS = (
    "phasedRolloutInterval",
    "maximumSystemVersion",
    "minimumUpdateVersion",
    "minimumAutoupdateVersion",
    "informationalUpdate",
)


def _invalid_channel(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        channel = item.first("channel")
        if channel and not texts.channel(channel.text.strip()):
            yield at(channel, f"{quoted(channel.text.strip())} is no name of a channel")
        elif channel and not channel.text.strip():
            yield at(channel, "the channel has no name")


def _ignored_channel(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        channel = item.first("channel")
        if channel and channel.text.strip() and not item.concerns_only_macs:
            yield at(
                channel, f"an item for {' and '.join(sorted(item.platforms))} is on {quoted(channel.text.strip())}"
            )


def _phased_without_date(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        interval = item.first("phasedRolloutInterval")
        if interval and "pubDate" not in item.children:
            yield at(interval, "the item has no pubDate")


def _invalid_interval(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        interval = item.first("phasedRolloutInterval")
        if interval and not (interval.text.strip().isdigit() and texts.interval(interval.text)):
            yield at(interval, f"{quoted(interval.text.strip())} is no number of seconds above 0")


def _informational(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        mark = item.first("informationalUpdate")
        link = item.children.get("link")
        if mark and not (link and link[0].text.strip()):
            yield at(mark, "the item has no link")


def _manifest(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        minimum = item.first("minimumSystemVersion")
        needed = needed_system(item.seen_by_winsparkle) if minimum else None
        if needed and item.is_meant_for(Platform.WINDOWS) and WITHOUT_MANIFEST < needed < (11, 0, 0):
            yield at(minimum, f"the item asks for Windows {quoted(item.text('minimumSystemVersion'))}")


def _eleven(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        text = item.text("minimumSystemVersion")
        if item.is_meant_for(Platform.WINDOWS) and text.partition(".")[0] == _WINDOWS_11:
            yield at(item.first("minimumSystemVersion"), f"no Windows has the version {quoted(text)}")


def _unreadable_system(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        for name in ("minimumSystemVersion", "maximumSystemVersion"):
            text = item.text(name)
            if text and not _SYSTEM.fullmatch(text):
                yield at(item.first(name), f"{quoted(text)} is no version of a system")


def _no_system(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        least, most = (bounded(item.text(f"{end}imumSystemVersion")) for end in ("min", "max"))
        if least and most and compare(least, most) > 0:
            yield at(item.first("maximumSystemVersion"), f"{quoted(least)} is the least, and {quoted(most)} the most")


def _unknown_hardware(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        words = filter(None, _HARDWARE.split(item.text("hardwareRequirements").lower()))
        if unknown := [word for word in words if word != "arm64"]:
            yield at(item.first("hardwareRequirements"), f"{quoted(unknown[0])} has no effect")


def _unreachable(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        for name in ("minimumUpdateVersion", "minimumAutoupdateVersion"):
            text = bounded(item.text(name))
            if text and item.version and compare(text, bounded(item.version)) > 0:
                yield at(item.first(name), f"{quoted(text)} is newer than the item's own {quoted(item.version)}")


def _unread_policy(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        if item.is_meant_for(Platform.WINDOWS):
            for name in _UNREAD_ON_WINDOWS:
                if element := item.first(name):
                    yield at(element, f"sparkle:{name} in an item for Windows")


def _critical_below(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        critical = item.first("criticalUpdate")
        if critical and critical.get(f"{SPARKLE}version") and item.is_meant_for(Platform.WINDOWS):
            yield at(critical, f"it is meant for versions below {quoted(critical.get(f'{SPARKLE}version'))}")


_SPARKLE, _WINSPARKLE, _NETSPARKLE, _GENERIC = EVERY_CLIENT
_PUBLISHED = "<pubDate>Tue, 03 Mar 2026 10:00:00 +0100</pubDate>"


def _said(name: str, text: str) -> str:
    return f"<sparkle:{name}>{text}</sparkle:{name}>"


POLICY_RULES = (
    AppcastRule(
        code="channel-invalid",
        severity=Severity.ERROR,
        title="A channel's name is not allowed",
        clients=(_SPARKLE,),
        consequence="Sparkle ignores it: the item is on the default channel, and everyone is offered it",
        correction="Use letters, digits, dots, dashes and underscores; for the default channel leave the element out",
        example=Example(sample(_said("channel", "early birds")), sample(_said("channel", "early-birds"))),
        check=_invalid_channel,
    ),
    AppcastRule(
        code="channel-ignored",
        severity=Severity.WARNING,
        title="An item for Windows or Linux is on a channel",
        clients=(_WINSPARKLE, _NETSPARKLE, _GENERIC),
        consequence="These clients do not read sparkle:channel, and offer the item to everyone",
        correction="Give each channel a feed of its own",
        example=Example(windows_sample(_said("channel", "beta")), sample(_said("channel", "beta"))),
        check=_ignored_channel,
    ),
    AppcastRule(
        code="phased-without-date",
        severity=Severity.WARNING,
        title="A phased rollout has no pubDate",
        clients=(_SPARKLE,),
        consequence="Sparkle cannot tell when it began, and offers the item to everyone at once",
        correction="Add the pubDate of the release",
        example=Example(
            sample(_said("phasedRolloutInterval", "86400")), sample(_PUBLISHED, _said("phasedRolloutInterval", "86400"))
        ),
        check=_phased_without_date,
    ),
    AppcastRule(
        code="phased-interval-invalid",
        severity=Severity.WARNING,
        title="The interval of a phased rollout is no number of seconds",
        clients=(_SPARKLE,),
        consequence="Sparkle reads the digits at its beginning, else 0, and 0 offers the item to everyone at once",
        correction="Write whole seconds, such as 86400 for a day between two of the seven groups",
        example=Example(
            sample(_PUBLISHED, _said("phasedRolloutInterval", "P1D")),
            sample(_PUBLISHED, _said("phasedRolloutInterval", "86400")),
        ),
        check=_invalid_interval,
    ),
    AppcastRule(
        code="informational-without-link",
        severity=Severity.ERROR,
        title="An informational update has no link",
        clients=(_SPARKLE,),
        consequence="Sparkle has no page to show, and treats the item as an ordinary update",
        correction="Add a <link> to the page that people should read",
        example=Example(
            sample("<sparkle:informationalUpdate/>"),
            sample("<sparkle:informationalUpdate/>", "<link>https://acme.example/news</link>"),
        ),
        check=_informational,
    ),
    AppcastRule(
        code="minimum-windows-needs-manifest",
        severity=Severity.WARNING,
        title="A minimum of Windows above 6.2",
        clients=(_WINSPARKLE,),
        consequence="An app without a supportedOS manifest is told that it runs on 6.2, and never offered the update",
        correction="Leave sparkle:minimumSystemVersion out for Windows, or give the app that manifest first",
        example=Example(
            windows_sample(_said("minimumSystemVersion", "10.0")), windows_sample(_said("minimumSystemVersion", "6.1"))
        ),
        check=_manifest,
    ),
    AppcastRule(
        code="minimum-windows-11",
        severity=Severity.ERROR,
        title="The minimum is Windows 11 by its name",
        clients=(_WINSPARKLE,),
        consequence="Windows 11 calls itself 10.0.22000, so that nobody is offered the update",
        correction="Write 10.0.22000",
        example=Example(
            windows_sample(_said("minimumSystemVersion", "11.0")), sample(_said("minimumSystemVersion", "11.0"))
        ),
        check=_eleven,
    ),
    AppcastRule(
        code="system-version-unreadable",
        severity=Severity.ERROR,
        title="A version of a system is none",
        clients=(_SPARKLE, _WINSPARKLE),
        consequence="Sparkle compares the words with numbers, and WinSparkle reads it as no condition at all",
        correction="Write numbers alone, such as 14.2 or 10.0.22000",
        example=Example(
            sample(_said("minimumSystemVersion", "macOS 14")), sample(_said("minimumSystemVersion", "14.0"))
        ),
        check=_unreadable_system,
    ),
    AppcastRule(
        code="system-range-empty",
        severity=Severity.ERROR,
        title="The least system is newer than the most",
        clients=(_SPARKLE,),
        consequence="No Mac is offered the update",
        correction="Correct sparkle:minimumSystemVersion or sparkle:maximumSystemVersion",
        example=Example(
            sample(_said("minimumSystemVersion", "14.0"), _said("maximumSystemVersion", "13.9")),
            sample(_said("minimumSystemVersion", "13.0"), _said("maximumSystemVersion", "13.9")),
        ),
        check=_no_system,
    ),
    AppcastRule(
        code="hardware-unknown",
        severity=Severity.WARNING,
        title="A hardware requirement has no effect",
        clients=(_SPARKLE,),
        consequence="Sparkle knows arm64 alone, and offers the item to all others, too",
        correction="Write arm64, or leave sparkle:hardwareRequirements out",
        example=Example(
            sample(_said("hardwareRequirements", "x86_64")), sample(_said("hardwareRequirements", "arm64"))
        ),
        check=_unknown_hardware,
    ),
    AppcastRule(
        code="minimum-version-above-own",
        severity=Severity.ERROR,
        title="The item asks for an app that is newer than itself",
        clients=(_SPARKLE,),
        consequence="Nobody is offered it, or everybody as a major upgrade, which is never installed silently",
        correction="Write the oldest version that may update to this one",
        example=Example(sample(_said("minimumUpdateVersion", "2.0")), sample(_said("minimumUpdateVersion", "1.0"))),
        check=_unreachable,
    ),
    AppcastRule(
        code="policy-ignored-on-windows",
        severity=Severity.NOTE,
        title="A condition is not read on Windows",
        clients=(_WINSPARKLE, _NETSPARKLE, _GENERIC),
        consequence="These clients offer the item to everyone at once",
        correction="Leave it out of items for Windows, and hold such an item back by other means",
        example=Example(
            windows_sample(_PUBLISHED, _said("phasedRolloutInterval", "86400")),
            sample(_PUBLISHED, _said("phasedRolloutInterval", "86400")),
        ),
        check=_unread_policy,
    ),
    AppcastRule(
        code="critical-for-all-on-windows",
        severity=Severity.NOTE,
        title="An update that is critical for some is critical for all on Windows",
        clients=(_WINSPARKLE, _NETSPARKLE),
        consequence="These clients see only that sparkle:criticalUpdate is there: nobody can skip the update",
        correction="Leave it out of items for Windows unless it is meant for everyone",
        example=Example(
            windows_sample('<sparkle:criticalUpdate sparkle:version="1.2"/>'),
            windows_sample("<sparkle:criticalUpdate/>"),
        ),
        check=_critical_below,
    ),
)
