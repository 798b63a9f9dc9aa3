"""The rules by which Tauri refuses a release that it can read. Pure.

Source: `updater.rs` of tauri-plugin-updater. The signature is looked at after the download, and cannot be done without.
"""

from ota_dev.catalog.minisign import MinisignError, MinisignSignature
from ota_dev.simulated_client.one_release import newer_than_installed
from ota_dev.simulated_client.profile import Profile
from ota_dev.simulated_client.rules import Rule
from ota_dev.simulated_client.tauri.address import target_of
from ota_dev.simulated_client.tauri.comparator import compare
from ota_dev.simulated_client.tauri.seen_release import SeenPlatform, SeenRelease

__all__ = ["RULES", "chosen_platform"]


def chosen_platform(seen: SeenRelease, profile: Profile) -> SeenPlatform | None:
    """Choose the entry for the app: its own, else one of a bundle, as which it may have been installed."""
    own = "-".join(target_of(profile))
    names = ("", own, *(name for name in seen.platforms if name.startswith(f"{own}-")))
    return next((seen.platforms[name] for name in names if name in seen.platforms), None)


def _platform(seen: SeenRelease, profile: Profile) -> str:
    if chosen_platform(seen, profile):
        return ""
    return f"has no {'-'.join(target_of(profile))} among its platforms (TargetNotFound)"


def _signature(seen: SeenRelease, profile: Profile) -> str:
    platform = chosen_platform(seen, profile)
    try:
        MinisignSignature.unpacked(platform.signature if platform else "")
    except MinisignError as error:
        return f"has a signature that {error}: the download is refused"
    return ""


RULES: tuple[Rule[SeenRelease], ...] = (
    newer_than_installed(compare, lambda profile: profile.allows_downgrades),
    Rule("platform", _platform),
    Rule("signature", _signature),
)
