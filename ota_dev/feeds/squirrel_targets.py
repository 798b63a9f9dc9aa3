"""The addresses at which release servers answer Squirrel, with the target and the version of who asks. Pure.

    update/{target}/{version}            as hazel, nuts and electron-release-server have it
    {owner}/{repository}/{target}/{version}    as update.electronjs.org has it
    {system}/{architecture}/{file}       as `update-electron-app` asks a static host

A target is `darwin`, `darwin-arm64`, `win32-x64` and so on, as Node names them.
"""

import re

from ota_dev.feeds.interface import FeedName

__all__ = ["NEWER", "below_target"]

NEWER = "newer"  # the form that is answered to the version of who asks

_ASKED = re.compile(
    r"(?:update|[^/]+/[^/]+)/(?P<system>darwin|win32)(?:-(?P<architecture>x64|arm64|ia32|universal))?"
    r"/(?P<version>v?[0-9][^/]*)"
)
_STATIC = re.compile(r"(?P<system>darwin|win32)/(?P<architecture>x64|arm64|ia32)")


def below_target(name: str, system: str, file: str = "") -> FeedName | None:
    """Read the address of *file* for *system*, or with the version for its last part; `None` for any other."""
    folder, slash, last = name.rpartition("/")
    if not slash or (file and last != file):
        return None
    asked = _ASKED.fullmatch(folder if file else name)
    match = asked or (_STATIC.fullmatch(folder) if file else None)
    if not match or match["system"] != system:
        return None
    architecture = match["architecture"]
    return FeedName(
        system={"win32": "windows"}.get(system, system),
        architecture=None if architecture == "universal" else architecture,
        host_version=asked["version"] if asked else None,
        form=NEWER if asked else "",
    )
