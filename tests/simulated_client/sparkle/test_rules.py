"""Which items Sparkle refuses, and by which rule."""

from typing import Any

import pytest

from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.simulated_client.clients import ClientName
from ota_dev.simulated_client.profile import SkippedMajor, System
from tests.simulated_client.asking import ask, feed_of, item_of, verdicts

MINIMUM, MAXIMUM = "sparkle:minimumSystemVersion", "sparkle:maximumSystemVersion"
MAJOR = "<sparkle:minimumAutoupdateVersion>2.0</sparkle:minimumAutoupdateVersion>"
# Published three days before the tests' now: with a day for each group, groups 0 to 3 have their turn.
PHASED = (
    "<pubDate>Sat, 07 Mar 2026 13:00:00 +0100</pubDate>"
    "<sparkle:phasedRolloutInterval>86400</sparkle:phasedRolloutInterval>"
)
CRITICAL = "<sparkle:criticalUpdate/>"


def on(version: str) -> System:
    return System(platform=Platform.MACOS, version=version)


def channel(name: str) -> str:
    return f"<sparkle:channel>{name}</sparkle:channel>"


RULES: dict[str, tuple[str, dict[str, Any], str]] = {
    "without conditions it is offered": (item_of("2.0"), {}, "offered"),
    "marked for macos": (item_of("2.0", attributes='sparkle:os="macos"'), {}, "offered"),
    "marked for another system": (item_of("2.0", attributes='sparkle:os="windows"'), {}, "refused: os-mark"),
    "marked in capital letters": (item_of("2.0", attributes='sparkle:os="macOS"'), {}, "refused: os-mark"),
    "marked with nothing": (item_of("2.0", attributes='sparkle:os=""'), {}, "refused: os-mark"),
    "a delta outside of sparkle:deltas": (
        item_of("2.0", attributes='sparkle:deltaFrom="1.0"'),
        {},
        "refused: top-level-delta",
    ),
    "on a channel": (item_of("2.0", channel("beta")), {}, "refused: channel"),
    "on a channel of the app": (item_of("2.0", channel("beta")), {"channels": frozenset({"beta"})}, "offered"),
    "on the default channel for an app with others": (item_of("2.0"), {"channels": frozenset({"beta"})}, "offered"),
    "on an invalid channel, which all see": (item_of("2.0", channel("early birds")), {}, "offered"),
    "on an empty channel, which all see": (item_of("2.0", channel(" ")), {}, "offered"),
    "for a newer system": (
        item_of("2.0", f"<{MINIMUM}>15.0</{MINIMUM}>"),
        {"system": on("14.2")},
        "refused: minimum-system-version",
    ),
    "for just this system": (item_of("2.0", f"<{MINIMUM}>14.2</{MINIMUM}>"), {"system": on("14.2")}, "offered"),
    "for an older system": (
        item_of("2.0", f"<{MAXIMUM}>13.9</{MAXIMUM}>"),
        {"system": on("14.2")},
        "refused: maximum-system-version",
    ),
    "up to just this system": (item_of("2.0", f"<{MAXIMUM}>14.2</{MAXIMUM}>"), {"system": on("14.2")}, "offered"),
    "for a newer system, but nobody knows this one": (item_of("2.0", f"<{MINIMUM}>15.0</{MINIMUM}>"), {}, "offered"),
    "for an empty system": (item_of("2.0", f"<{MINIMUM}/>"), {"system": on("14.2")}, "offered"),
    "for other hardware": (
        item_of("2.0", "<sparkle:hardwareRequirements>Metal, ARM64</sparkle:hardwareRequirements>"),
        {"architecture": Architecture.X86_64},
        "refused: hardware-requirements",
    ),
    "for this hardware": (
        item_of("2.0", "<sparkle:hardwareRequirements>arm64</sparkle:hardwareRequirements>"),
        {"architecture": Architecture.ARM64},
        "offered",
    ),
    "for the first system without Intel": (
        item_of("2.0", f"<{MINIMUM}>27.0</{MINIMUM}>"),
        {"architecture": Architecture.X86_64, "system": on("27.1")},
        "refused: hardware-requirements",
    ),
    "only for newer apps": (
        item_of("2.0", "<sparkle:minimumUpdateVersion>1.5</sparkle:minimumUpdateVersion>"),
        {},
        "refused: minimum-update-version",
    ),
    "for apps of just this version": (
        item_of("2.0", "<sparkle:minimumUpdateVersion>1.0</sparkle:minimumUpdateVersion>"),
        {},
        "offered",
    ),
    "phased, before the group's turn": (
        item_of("2.0", PHASED),
        {"is_scheduled": True, "group": 4},
        "refused: phased-rollout",
    ),
    "phased, at the group's turn": (item_of("2.0", PHASED), {"is_scheduled": True, "group": 3}, "offered"),
    "phased, in a check by hand": (item_of("2.0", PHASED), {"group": 6}, "offered"),
    "phased, but critical": (item_of("2.0", PHASED, CRITICAL), {"is_scheduled": True, "group": 6}, "offered"),
    "phased from a date that cannot be read": (
        item_of("2.0", PHASED.replace("Sat, 07 Mar", "7 March")),
        {"is_scheduled": True, "group": 6},
        "offered",
    ),
    "phased for longer than there are years": (
        item_of("2.0", PHASED.replace("86400", "9" * 18)),
        {"is_scheduled": True, "group": 6},
        "refused: phased-rollout",
    ),
    "skipped": (item_of("2.0"), {"is_scheduled": True, "skipped": "2.0"}, "refused: skipped-version"),
    "older than what was skipped": (
        item_of("2.0"),
        {"is_scheduled": True, "skipped": "2.1"},
        "refused: skipped-version",
    ),
    "newer than what was skipped": (item_of("2.0"), {"is_scheduled": True, "skipped": "1.9"}, "offered"),
    "skipped, in a check by hand": (item_of("2.0"), {"skipped": "2.0"}, "offered"),
    "a major upgrade, if there is nothing else": (item_of("2.0", MAJOR), {}, "offered"),
    "a major upgrade that was skipped": (
        item_of("2.1", MAJOR),
        {"is_scheduled": True, "skipped_major": SkippedMajor(version="2.0")},
        "refused: skipped-major-version",
    ),
    "a later major upgrade than was skipped": (
        item_of("3.1", MAJOR.replace("2.0", "3.0")),
        {"is_scheduled": True, "skipped_major": SkippedMajor(version="2.0")},
        "offered",
    ),
    "a skipped major upgrade that is announced again": (
        item_of(
            "2.5", MAJOR, "<sparkle:ignoreSkippedUpgradesBelowVersion>2.4</sparkle:ignoreSkippedUpgradesBelowVersion>"
        ),
        {"is_scheduled": True, "skipped_major": SkippedMajor.parse("2.0:2.1")},
        "offered",
    ),
    "a skipped major upgrade that was announced before": (
        item_of(
            "2.5", MAJOR, "<sparkle:ignoreSkippedUpgradesBelowVersion>2.4</sparkle:ignoreSkippedUpgradesBelowVersion>"
        ),
        {"is_scheduled": True, "skipped_major": SkippedMajor.parse("2.0:2.4")},
        "refused: skipped-major-version",
    ),
    "installed": (item_of("1.0"), {}, "refused: newer-than-installed"),
    "the same to Sparkle as what is installed": (item_of("1.0.0-beta.7"), {}, "refused: newer-than-installed"),
    "older": (item_of("0.9"), {}, "refused: newer-than-installed"),
}


@pytest.mark.parametrize(("item", "profile", "verdict"), RULES.values(), ids=RULES)
def test_an_item(item: str, profile: dict[str, Any], verdict: str) -> None:
    decision = ask(ClientName.SPARKLE, feed_of(item), **profile)

    assert verdicts(decision) == [verdict]
    assert (decision.offered is not None) == (verdict == "offered")
    assert decision.items[0].reason


def test_the_reason_says_when_the_turn_of_a_group_comes() -> None:
    decision = ask(ClientName.SPARKLE, feed_of(item_of("2.0", PHASED)), is_scheduled=True, group=4)

    assert decision.items[0].reason == "reaches group 4 of its phased rollout at 2026-03-11 13:00:00+0100"


def test_the_reason_says_which_of_two_versions_counts() -> None:
    item = item_of("130", "<sparkle:shortVersionString>1.3.0</sparkle:shortVersionString>")

    decision = ask(ClientName.SPARKLE, feed_of(item), installed="1200")

    assert decision.items[0].reason == "is older than the installed 1200; 130 counts, not 1.3.0"
