"""What a Mac app's Info.plist says, in its XML and its binary form; pure.

Takes only strings and numbers from the outermost dictionary, so that depth, references and everything else that a
hostile list may hold does not matter.
"""

import plistlib
from collections.abc import Mapping
from dataclasses import dataclass

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.targets import Platform
from ota_dev.errors import InstallerError
from ota_dev.installers.mac_app import binary_plist

__all__ = ["MAX_SIZE", "InfoPlist", "read_info_plist"]

MAX_SIZE = 4 * 1024 * 1024  # bytes; real ones have a few thousand

_SOURCE = "Info.plist"
_EXECUTABLE = "CFBundleExecutable"
_VERSION = "CFBundleVersion"

# The first key that has a value wins.
_KEYS_OF_FACTS = {
    "name": ("CFBundleDisplayName", "CFBundleName"),
    "identifier": ("CFBundleIdentifier",),
    "version": (_VERSION,),
    "short_version": ("CFBundleShortVersionString",),
    "minimum_os": ("LSMinimumSystemVersion",),
    "public_key": ("SUPublicEDKey",),
    "feed_url": ("SUFeedURL",),
}
_KEYS = frozenset((_EXECUTABLE, *(key for keys in _KEYS_OF_FACTS.values() for key in keys)))


@dataclass(frozen=True, kw_only=True, slots=True)
class InfoPlist:
    """What an Info.plist says of its app."""

    facts: Facts
    executable: str | None  # a file name in Contents/MacOS


def read_info_plist(data: bytes) -> InfoPlist:
    """Read the facts and the executable's name out of the bytes of an Info.plist.

    Raises:
        InstallerError: it is no property list, or larger than `MAX_SIZE`.
    """
    if len(data) > MAX_SIZE:
        raise InstallerError(f"its Info.plist is larger than {MAX_SIZE // 1024**2} MiB")
    values = _values(data)
    texts = {key: text for key, value in values.items() if (text := str(value).strip())}
    known = {fact: next((texts[key] for key in keys if key in texts), None) for fact, keys in _KEYS_OF_FACTS.items()}
    facts = Facts.read_from(_SOURCE, platform=Platform.MACOS, warnings=_warnings(values), **known)
    return InfoPlist(facts=facts, executable=texts.get(_EXECUTABLE))


def _values(data: bytes) -> dict[str, str | int | float]:
    try:
        if data.startswith(binary_plist.MAGIC):
            values = binary_plist.top_level_values(data, _KEYS)
        else:
            values = _xml_values(data)
    # The property list and XML libraries fail in many ways (ExpatError, AttributeError, UnicodeError, IndexError...).
    except Exception as error:
        raise InstallerError(f"its Info.plist cannot be read: {str(error) or type(error).__name__}") from error
    return {key: value for key, value in values.items() if _is_plain(value)}


def _xml_values(data: bytes) -> dict[str, str | int | float]:
    root = plistlib.loads(data, fmt=plistlib.FMT_XML)
    if not isinstance(root, dict):
        raise InstallerError("it is not a dictionary")
    return {key: root[key] for key in _KEYS if isinstance(root.get(key), str | int | float)}


def _is_plain(value: str | float) -> bool:
    """Tell a string or a number of common size from truth values and from numbers too long to write out."""
    return not isinstance(value, bool) and (not isinstance(value, int) or abs(value) < 2**63)


def _warnings(values: Mapping[str, str | int | float]) -> tuple[str, ...]:
    version = values.get(_VERSION)
    if version is None or not str(version).strip():
        return (f"the Info.plist has no {_VERSION}, without which Sparkle refuses the app",)
    if not isinstance(version, str):
        return (f"the {_VERSION} {version} in the Info.plist is a number, where macOS and Sparkle need a string",)
    return ()
