"""Which file of a release electron-updater downloads. Pure.

Source: `findFile` in `Provider.js`, `MacUpdater.js`, `NsisUpdater.js`, `AppImageUpdater.js` and `DebUpdater.js` of
electron-updater 6.8.10. It goes by the ending of an address, then by Node's name of the architecture in it, else takes
the first. On Linux an app takes the kind that it was installed from; here that is the first kind that there is.
"""

from collections.abc import Sequence

from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.simulated_client.electron_updater.address import PROCESS_ARCH
from ota_dev.simulated_client.electron_updater.seen_release import SeenFile
from ota_dev.simulated_client.profile import Profile

__all__ = ["chosen_file"]

_ON_LINUX = ("appimage", "deb", "rpm", "pacman")


def chosen_file(files: Sequence[SeenFile], profile: Profile) -> SeenFile | None:
    """Choose what the app downloads, `None` when there is nothing that it takes."""
    arch = PROCESS_ARCH.get(profile.architecture, "x64")
    match profile.system.platform:
        case Platform.MACOS:
            usable = _for_mac(files, is_arm64=profile.architecture is Architecture.ARM64)
            return _find(usable, "zip", arch) or _first_without(usable, "pkg", "dmg")
        case Platform.LINUX:
            kind = next((kind for kind in _ON_LINUX if any(file.has_ending(kind) for file in files)), _ON_LINUX[0])
            return _find(files, kind, arch) or _first_without(files, *(other for other in _ON_LINUX if other != kind))
        case _:
            return _find(files, "exe", arch) or _first_without(files)


def _for_mac(files: Sequence[SeenFile], *, is_arm64: bool) -> list[SeenFile]:
    """Leave out what is for the other architecture; Apple silicon takes what is not marked if nothing is."""
    if is_arm64 and any(file.names("arm64") for file in files):
        return [file for file in files if file.names("arm64")]
    return [file for file in files if not file.names("arm64")]


def _find(files: Sequence[SeenFile], ending: str, arch: str) -> SeenFile | None:
    fitting = [file for file in files if file.has_ending(ending)]
    return next((file for file in fitting if file.names(arch)), next(iter(fitting), None))


def _first_without(files: Sequence[SeenFile], *endings: str) -> SeenFile | None:
    return next((file for file in files if not file.has_ending(*endings)), None)
