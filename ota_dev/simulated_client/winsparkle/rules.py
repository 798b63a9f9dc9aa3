"""The rules by which WinSparkle refuses items. Pure.

Source: `appcast.cpp` of WinSparkle 0.9, confirmed with the real client 0.9.3. What is not here is ignored by
WinSparkle: channels, phased rollouts, maximum systems, major upgrades, informational updates, deltas and dates.
"""

import re

from ota_dev.catalog.targets import Architecture
from ota_dev.simulated_client.profile import Profile
from ota_dev.simulated_client.rules import Rule, quoted
from ota_dev.simulated_client.winsparkle.seen_item import SeenEnclosure, SeenItem

__all__ = ["RULES", "WITHOUT_MANIFEST", "chosen_enclosure", "needed_system"]

WITHOUT_MANIFEST = (6, 2, 0)  # what Windows says it is to an app whose manifest does not name newer ones

# The third number is a build, or a service pack when it is small; a dash may stand before the build.
_SYSTEM = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,9})(?:[.-]([0-9]{1,9}))?)?")
_MOST_SERVICE_PACKS = 100
_OWN_MARKS = {
    Architecture.X86_64: "windows-x64",
    Architecture.X86: "windows-x86",
    Architecture.ARM64: "windows-arm64",
}


def chosen_enclosure(item: SeenItem, architecture: Architecture) -> SeenEnclosure | None:
    """Give the file for this build of WinSparkle: its own mark, else `windows`, else the first without a mark."""
    wanted = (*((own,) if (own := _OWN_MARKS.get(architecture)) else ()), "windows", "")
    fitting = (enclosure for mark in wanted for enclosure in item.enclosures if enclosure.os == mark)
    return next(fitting, None)


def needed_system(item: SeenItem) -> tuple[int, int, int] | None:
    """Give the least Windows that the item asks for; what WinSparkle cannot read is no condition."""
    found = _SYSTEM.match(item.minimum_system)
    if found is None:
        return None
    major, minor, build = (int(number or 0) for number in found.groups())
    return major, minor, 0 if build < _MOST_SERVICE_PACKS else build


def _first_channel(item: SeenItem, _: Profile) -> str:
    return "" if item.is_in_first_channel else "stands behind the first channel, where WinSparkle stops reading"


def _version(item: SeenItem, _: Profile) -> str:
    return "" if item.version else "has no sparkle:version, neither as an element nor as an attribute of an enclosure"


def _file(item: SeenItem, _: Profile) -> str:
    has_address = item.link or any(enclosure.url for enclosure in item.enclosures)
    return "" if has_address else "has neither an enclosure with a url nor a link"


def _os_mark(item: SeenItem, profile: Profile) -> str:
    if not item.enclosures or chosen_enclosure(item, profile.architecture):
        return ""
    marks = ", ".join(dict.fromkeys(quoted(enclosure.os) for enclosure in item.enclosures[:_MOST_MARKS]))
    own = _OWN_MARKS.get(profile.architecture)
    wanted = f"windows or {own}" if own else "windows"
    return f"is marked for {marks}; only {wanted} to the letter, or no mark, is for this app"


_MOST_MARKS = 5


def _minimum_system(item: SeenItem, profile: Profile) -> str:
    needed = needed_system(item)
    version = profile.system.version
    if needed is None or not version or needed <= _numbers(version):
        return ""
    return f"needs Windows {quoted(item.minimum_system)} or newer, and this is {version}"


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in f"{version}.0.0".split(".")[:3])


RULES: tuple[Rule[SeenItem], ...] = (
    Rule("first-channel", _first_channel),
    Rule("version", _version),
    Rule("enclosure", _file),
    Rule("os-mark", _os_mark),
    Rule("minimum-system-version", _minimum_system),
)
