"""Facts from an installer's file name. Pure: opens no file.

The name is the fallback for what is not said inside an installer, so the reader would rather say nothing than guess.

- The ending gives the kind, and the kind the platform; archives and NuGet packages exist for every platform.
- The version of a package `name_version-revision_arch.deb` or `name-version-release.arch.rpm` is the upstream version,
  the one that people read, without the revision.
- The first word belongs to the product even if it names a platform (`Darwin-Notes-1.0.zip`); it then tells the platform
  only where nothing else does, and tells no architecture.
"""

import unicodedata
from collections.abc import Sequence
from urllib.parse import unquote

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.scan.file_names.products import product_name, product_words
from ota_dev.scan.file_names.versions import find_version
from ota_dev.scan.file_names.words import Word, meant_on, split_words

__all__ = ["read_file_name"]

LONGEST_NAME = 1024  # characters; file systems allow 255, and of what they do not allow only the ending is read

# Velopack makes NuGet packages for macOS and Linux too, so that only one that does not say otherwise is for Windows.
_KINDS_FOR_ALL = (PackageKind.ZIP, PackageKind.TAR, PackageKind.NUPKG)

# What Tauri and others pack into an archive once more, such as Acme.app.tar.gz and Acme-setup.nsis.zip.
_PACKED = {
    "app": Platform.MACOS,
    "dmg": Platform.MACOS,
    "pkg": Platform.UNKNOWN,  # of macOS, or of Arch Linux
    **dict.fromkeys(("exe", "msi", "nsis"), Platform.WINDOWS),
    "appimage": Platform.LINUX,
}
_BITS = {"64": Architecture.X86_64, "32": Architecture.X86}


def read_file_name(name: str) -> Facts | None:
    """Read an installer's file name, without its folder; `None` when its ending is of no installer kind.

    Gives the name, short version, platform and architectures, as far as the file name says them.
    """
    found = PackageKind.of_file(name)
    if found is None:
        return None
    kind, stem = found
    stem, packed = _unpacked(_readable(stem))
    words = split_words(_without_revision(kind, stem)) if len(stem) <= LONGEST_NAME else []
    platform = _platform(kind, packed, words)
    words = [meant_on(platform, word) for word in words]
    version = find_version(words)
    product = product_words(words, version)
    return Facts.read_from(
        "file name",
        name=product_name(product),
        short_version=version.text if version else None,
        platform=None if platform is Platform.UNKNOWN else platform,
        architectures=_architectures(words[1:] if product and product[0] is words[0] else words),
    )


def _readable(stem: str) -> str:
    """Undo what browsers and file systems do to names: `%20`, and letters taken apart into letter and accent."""
    decoded = unquote(stem) if "%" in stem else stem
    return decoded if decoded.isascii() else unicodedata.normalize("NFC", decoded)


def _unpacked(stem: str) -> tuple[str, Platform]:
    """Take off a second ending, and say which platform it tells."""
    inner, _, ending = stem.rpartition(".")
    platform = _PACKED.get(ending.lower())
    return (stem, Platform.UNKNOWN) if platform is None else (inner, platform)


def _without_revision(kind: PackageKind, stem: str) -> str:
    """Take the packaging revision out of a Linux package's name, and the epoch from the front of a Debian version."""
    if kind is PackageKind.DEB and stem.count("_") == 2:
        name, version, architecture = stem.split("_")
        version = version.rpartition(":")[2]
        upstream, dash, revision = version.rpartition("-")
        return f"{name}_{upstream if dash and _is_number_first(revision) else version}_{architecture}"
    if kind is PackageKind.RPM and stem.count("-") >= 2:
        name, version, release = stem.rsplit("-", 2)
        if _is_number_first(version) and _is_number_first(release):
            return f"{name}-{version}.{release.rpartition('.')[2]}"
    return stem


def _is_number_first(text: str) -> bool:
    return text[:1].isdecimal()


def _platform(kind: PackageKind, packed: Platform, words: Sequence[Word]) -> Platform:
    if kind not in _KINDS_FOR_ALL:
        return kind.platform
    said = [word.meaning for word in words if isinstance(word.meaning, Platform)]
    if packed is not Platform.UNKNOWN:
        return packed
    if said and (len(said) > 1 or words[0].meaning not in said):
        return said[-1]
    if kind.platform is not Platform.UNKNOWN:
        return kind.platform
    return said[0] if said else Platform.UNKNOWN


def _architectures(words: Sequence[Word]) -> tuple[Architecture, ...]:
    named = dict.fromkeys(word.meaning for word in words if isinstance(word.meaning, Architecture))
    if named:
        return tuple(named)
    # Electron calls Windows `win32` on every architecture, so the word counts only where there is no other.
    systems = (word.key[-2:] for word in words if isinstance(word.meaning, Platform))
    return tuple(dict.fromkeys(_BITS[bits] for bits in systems if bits in _BITS))
