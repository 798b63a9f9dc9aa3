"""The one Mac app inside an archive or a disk image, whatever its format; pure.

The format lists its paths and reads single members; this finds the app among them and reads its Info.plist and the
header of its executable. Helper apps inside the app and what macOS adds to archives are no apps of their own.
"""

import posixpath
from collections.abc import Callable, Iterable

from ota_dev.catalog.facts import Facts
from ota_dev.errors import InstallerError
from ota_dev.installers.mac_app import info_plist, mach_o

__all__ = ["ReadMember", "read_app", "read_only_app", "top_level_apps"]

# Gives at most so many bytes from the start of the member at a path, or `None` when there is none.
ReadMember = Callable[[str, int], bytes | None]

_MAX_NAMED = 3  # apps in one message


def read_only_app(paths: Iterable[str], read: ReadMember) -> Facts | None:
    """Read the facts of the one app among the files at *paths*; `None` when there is no app.

    Raises:
        InstallerError: there are two or more, as Sparkle's generate_appcast refuses them too; or see `read_app`.
    """
    apps = top_level_apps(paths)
    if not apps:
        return None
    if len(apps) > 1:
        named = ", ".join(apps[:_MAX_NAMED]) + (", ..." if len(apps) > _MAX_NAMED else "")
        raise InstallerError(f"it holds {len(apps)} apps ({named}), so pack each in an archive of its own")
    return read_app(apps[0], read)


def top_level_apps(paths: Iterable[str]) -> list[str]:
    """Give the paths of the app bundles that hold any of *paths* and are not inside another app, sorted."""
    return sorted({app for path in paths if (app := _top_level_app(path))})


def read_app(app: str, read: ReadMember) -> Facts:
    """Read the facts of the app bundle at the path *app*.

    Raises:
        InstallerError: it has no usable Info.plist.
    """
    plist = read(f"{app}/Contents/Info.plist", info_plist.MAX_SIZE + 1)
    if plist is None:
        raise InstallerError(f"{app} has no Contents/Info.plist")
    info = info_plist.read_info_plist(plist)
    # As in Apple's CFBundle, an executable that is not named is called like the app.
    executable = info.executable or posixpath.basename(app)[: -len(".app")]
    header = read(f"{app}/Contents/MacOS/{executable}", mach_o.HEADER_SIZE) or b""
    return info.facts.over(Facts.read_from("Mach-O header", architectures=mach_o.architectures(header)))


def _top_level_app(path: str) -> str | None:
    parts = path.split("/")
    # macOS keeps resource forks in `__MACOSX/` and in AppleDouble files, under the names of what they belong to.
    if any(part == "__MACOSX" or part.startswith("._") for part in parts):
        return None
    for depth, part in enumerate(parts[:-1], start=1):
        # Elsewhere, `com.acme.app/` is but a folder.
        if part.lower().endswith(".app"):
            return "/".join(parts[:depth]) if parts[depth] == "Contents" else None
    return None
