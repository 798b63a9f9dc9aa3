"""The rules by which electron-updater refuses a release, in its order. Pure.

Source: `isUpdateAvailable`, `checkIfUpdateSupported` and `isStagingMatch` in `AppUpdater.js`, `resolveFiles` in
`Provider.js` of electron-updater 6.8.10. The rules from `files` on strike when it downloads, which it does by itself.
"""

import re

from ota_dev.catalog.targets import Platform
from ota_dev.simulated_client.electron_updater.files import chosen_file
from ota_dev.simulated_client.electron_updater.seen_release import SeenRelease
from ota_dev.simulated_client.one_release import newer_than_installed
from ota_dev.simulated_client.profile import PHASED_GROUPS, Profile, System
from ota_dev.simulated_client.rules import Rule, quoted
from ota_dev.simulated_client.semantic_versions import compare_as_npm, read_as_npm

__all__ = ["RULES", "kernel_version", "staging_share"]

_INTEGER = re.compile(r"\s*([+-]?[0-9]{1,9})")  # what parseInt reads
_NEEDS = {
    Platform.MACOS: "has no zip for this architecture, and Macs take nothing else (ERR_UPDATER_ZIP_FILE_NOT_FOUND)",
    Platform.LINUX: "has no file that it takes on Linux",
}


def kernel_version(system: System) -> str:
    """Give what `os.release()` of Node says: on a Mac the version of Darwin, which is another one."""
    numbers = [int(number) for number in system.version.split(".")] if system.version else []
    if not numbers:
        return ""
    major, minor, patch = (*numbers, 0, 0)[:3]
    if system.platform is Platform.MACOS and major < 20:
        return f"{major + 9}.{minor}.0" if major > 10 else f"{minor + 4}.{patch}.0"
    return f"{major - 1}.{minor}.0" if system.platform is Platform.MACOS else f"{major}.{minor}.{patch}"


def staging_share(value: object) -> float | None:
    """Give the share of users, from 0 to 1, that a stagingPercentage means; `None` for all."""
    match = _INTEGER.match(str(value)) if value is not None else None
    return int(match[1]) / 100 if match else None


def _version(seen: SeenRelease, _: Profile) -> str:
    if not seen.version:
        return "there is no version (ERR_UPDATER_INVALID_VERSION)"
    if not seen.is_version_text:
        return f"is the number {quoted(seen.version)} in YAML, and no text (ERR_UPDATER_INVALID_VERSION)"
    if read_as_npm(seen.version) is None:
        return "is no semantic version, which has three numbers (ERR_UPDATER_INVALID_VERSION)"
    return ""


def _minimum_system(seen: SeenRelease, profile: Profile) -> str:
    kernel = kernel_version(profile.system)
    if not kernel or read_as_npm(seen.minimum_system) is None or compare_as_npm(kernel, seen.minimum_system) >= 0:
        return ""  # What is no version is only logged.
    return f"needs {quoted(seen.minimum_system)}, and the system's kernel, which counts, is {kernel}"


def _staging(seen: SeenRelease, profile: Profile) -> str:
    share = staging_share(seen.staging)
    if share is None or profile.group / PHASED_GROUPS < share:
        return ""
    return (
        f"is staged for {quoted(str(seen.staging))}% of the apps, and group {profile.group} stands for those from "
        f"{profile.group / PHASED_GROUPS:.0%} on"
    )


def _allows_downgrades(profile: Profile) -> bool:
    return profile.allows_downgrades or bool(profile.channels)  # An app that sets a channel allows them.


def _files(seen: SeenRelease, _: Profile) -> str:
    return "" if seen.files else "has neither files nor a path (ERR_UPDATER_NO_FILES_PROVIDED)"


def _checksum(seen: SeenRelease, _: Profile) -> str:
    bare = next((file for file in seen.files if not file.sha512 and not file.sha2), None)
    return f"has no sha512 for {quoted(bare.url)}, and so takes no file (ERR_UPDATER_NO_CHECKSUM)" if bare else ""


def _usable_file(seen: SeenRelease, profile: Profile) -> str:
    if chosen_file(seen.files, profile):
        return ""
    return _NEEDS.get(profile.system.platform, "has no file")


RULES: tuple[Rule[SeenRelease], ...] = (
    Rule("version", _version),
    Rule("minimum-system-version", _minimum_system),
    Rule("staging", _staging),
    newer_than_installed(compare_as_npm, _allows_downgrades),
    Rule("files", _files),
    Rule("checksum", _checksum),
    Rule("usable-file", _usable_file),
)
