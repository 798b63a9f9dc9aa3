"""The rules by which a hand-written client refuses items. Pure.

Source: the Python client of a PyInstaller app, observed; many are like it. Channels, systems' versions, phased
rollouts, critical updates, deltas and release notes' links mean nothing to it.
"""

from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.simulated_client.generic.seen_item import SeenItem
from ota_dev.simulated_client.profile import Profile
from ota_dev.simulated_client.rules import Rule, quoted

__all__ = ["RULES"]

_MARKS = {
    Architecture.ARM64: ("aarch64", "arm64", "arm64e"),
    Architecture.X86_64: ("amd64", "x64", "x86_64"),
}


def _version(item: SeenItem, _: Profile) -> str:
    return (
        ""
        if item.version
        else "has no sparkle:version as an attribute of its first enclosure, the only place looked at"
    )


def _file(item: SeenItem, _: Profile) -> str:
    return "" if item.url else "has no url in its first enclosure"


def _os_mark(item: SeenItem, profile: Profile) -> str:
    platform: Platform = profile.system.platform
    if item.os in ("", platform):
        return ""
    return f"is marked for {quoted(item.os)}; only {platform} to the letter, or no mark, is for this app"


def _arch_mark(item: SeenItem, profile: Profile) -> str:
    own = _MARKS.get(profile.architecture, (item.arch,))
    if not item.arch or item.arch in own:
        return ""
    return f"is for the architecture {quoted(item.arch)}, and this app is for {profile.architecture}"


RULES: tuple[Rule[SeenItem], ...] = (
    Rule("version", _version),
    Rule("enclosure-url", _file),
    Rule("os-mark", _os_mark),
    Rule("arch-mark", _arch_mark),
)
