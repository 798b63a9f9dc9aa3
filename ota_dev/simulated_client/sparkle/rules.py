"""The rules by which Sparkle refuses items, in its order. Pure.

Source: `SUAppcastDriver.m` (`filterAppcast:`, `filterSupportedAppcast:`) and `SPUAppcastItemStateResolver.m` of Sparkle
2.9. Versions of the operating system are compared as those of apps.
"""

from datetime import UTC, datetime

from ota_dev.catalog.targets import Architecture
from ota_dev.catalog.versions import Version
from ota_dev.catalog.versions import compare as compare_versions
from ota_dev.simulated_client.profile import Profile
from ota_dev.simulated_client.rules import Rule, quoted
from ota_dev.simulated_client.sparkle.seen_item import SeenItem

__all__ = ["RULES", "compare", "is_critical", "is_informational", "is_major_upgrade"]

_FIRST_SYSTEM_WITHOUT_INTEL = "27.0"


def compare(a: str, b: str) -> int:
    """Compare as `SUStandardVersionComparator.m` does: -1 when *a* is older, 0 when equal, 1 when newer."""
    return compare_versions(Version(a), Version(b))


def is_critical(item: SeenItem, profile: Profile) -> bool:
    """Say whether the item is critical to this app."""
    below = item.critical_below
    return below is not None and (not below or compare(profile.installed, below) < 0)


def is_informational(item: SeenItem, profile: Profile) -> bool:
    """Say whether Sparkle only opens the item's link."""
    marks = item.informational_for
    if marks is None:
        return False
    below = (mark.removeprefix("<") for mark in marks if mark.startswith("<"))
    return not marks or profile.installed in marks or any(compare(profile.installed, version) < 0 for version in below)


def is_major_upgrade(item: SeenItem, profile: Profile) -> bool:
    """Say whether the item is a major upgrade to this app, which Sparkle offers only when there is nothing else."""
    return bool(item.minimum_autoupdate) and compare(profile.installed, item.minimum_autoupdate) < 0


def _os_mark(item: SeenItem, _: Profile) -> str:
    return (
        ""
        if item.os in (None, "macos")
        else f"is marked for {quoted(item.os or '')}; only macos to the letter is for Macs"
    )


def _top_level_delta(item: SeenItem, _: Profile) -> str:
    return "is a delta, which belongs into sparkle:deltas of the whole item" if item.is_delta else ""


def _minimum_update(item: SeenItem, profile: Profile) -> str:
    if not item.minimum_update or compare(profile.installed, item.minimum_update) >= 0:
        return ""
    return f"is only for {quoted(item.minimum_update)} and newer (sparkle:minimumUpdateVersion)"


def _channel(item: SeenItem, profile: Profile) -> str:
    if not item.channel or item.channel in profile.channels:
        return ""
    return f"is on the channel {quoted(item.channel)}, which the app does not ask for"


def _minimum_system(item: SeenItem, profile: Profile) -> str:
    version = profile.system.version
    if not item.minimum_system or not version or compare(item.minimum_system, version) <= 0:
        return ""
    return f"needs macOS {quoted(item.minimum_system)} or newer, and this is {version}"


def _maximum_system(item: SeenItem, profile: Profile) -> str:
    version = profile.system.version
    if not item.maximum_system or not version or compare(item.maximum_system, version) >= 0:
        return ""
    return f"is for macOS up to {quoted(item.maximum_system)}, and this is {version}"


def _hardware(item: SeenItem, profile: Profile) -> str:
    needs_arm64 = "arm64" in item.hardware or (
        item.minimum_system and compare(item.minimum_system, _FIRST_SYSTEM_WITHOUT_INTEL) >= 0
    )
    return "needs an arm64 processor" if needs_arm64 and profile.architecture is Architecture.X86_64 else ""


def _phased_rollout(item: SeenItem, profile: Profile) -> str:
    if not profile.is_scheduled or is_critical(item, profile) or not item.rollout_interval or not item.published:
        return ""
    try:
        opens = item.published + item.rollout_interval * profile.group
    except OverflowError:  # after the year 9999
        opens = datetime.max.replace(tzinfo=UTC)
    if profile.now >= opens:
        return ""
    return f"reaches group {profile.group} of its phased rollout at {opens:%Y-%m-%d %H:%M:%S%z}"


def _skipped_major(item: SeenItem, profile: Profile) -> str:
    skipped = profile.skipped_major
    if not profile.is_scheduled or skipped is None or not item.minimum_autoupdate:
        return ""
    if compare(profile.installed, skipped.version) >= 0 or compare(skipped.version, item.minimum_autoupdate) < 0:
        return ""
    below = item.ignore_skipped_below
    if below and not (skipped.subrelease and compare(skipped.subrelease, below) >= 0):
        return ""
    return f"belongs to the major upgrade {quoted(skipped.version)}, which the user skipped"


def _skipped(item: SeenItem, profile: Profile) -> str:
    if not profile.is_scheduled or profile.skipped is None or compare(profile.skipped, item.version) < 0:
        return ""
    return f"is not newer than {quoted(profile.skipped)}, which the user skipped"


RULES: tuple[Rule[SeenItem], ...] = (
    Rule("os-mark", _os_mark),
    Rule("top-level-delta", _top_level_delta),
    Rule("minimum-update-version", _minimum_update),
    Rule("channel", _channel),
    Rule("minimum-system-version", _minimum_system),
    Rule("maximum-system-version", _maximum_system),
    Rule("hardware-requirements", _hardware),
    Rule("phased-rollout", _phased_rollout),
    Rule("skipped-major-version", _skipped_major),
    Rule("skipped-version", _skipped),
)
