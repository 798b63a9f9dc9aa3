"""The kinds of installer there are: how their names end, what they run on, how they are called on the wire."""

from enum import StrEnum
from typing import NamedTuple

from ota_dev.catalog.deltas import is_delta_name
from ota_dev.catalog.targets import Platform

__all__ = ["PackageKind"]


class _Trait(NamedTuple):
    suffixes: tuple[str, ...]
    platform: Platform
    media_type: str


class PackageKind(StrEnum):
    """A kind of installer."""

    DMG = "dmg"
    PKG = "pkg"
    AAR = "aar"
    ZIP = "zip"
    TAR = "tar"
    EXE = "exe"
    MSI = "msi"
    MSIX = "msix"
    APPX = "appx"
    NUPKG = "nupkg"
    APPIMAGE = "appimage"
    DEB = "deb"
    RPM = "rpm"
    SNAP = "snap"
    FLATPAK = "flatpak"

    @property
    def platform(self) -> Platform:
        """Give the only platform this kind runs on; `UNKNOWN` for archives, which run on any."""
        return _TRAITS[self].platform

    @property
    def media_type(self) -> str:
        """Give the media type to serve it as."""
        return _TRAITS[self].media_type

    @classmethod
    def of_file(cls, name: str) -> tuple["PackageKind", str] | None:
        """Give the kind that a file name's ending says, and the name without that ending; `None` for any other file."""
        stem, dot, last = name.rpartition(".")
        if not stem or is_delta_name(name):
            return None
        ending = dot + last.lower()
        shorter, second_dot, before_last = stem.rpartition(".")
        if shorter and (kind := _BY_SUFFIX.get(second_dot + before_last.lower() + ending)):
            return kind, shorter
        kind = _BY_SUFFIX.get(ending)
        return (kind, stem) if kind else None


_TRAITS = {
    PackageKind.DMG: _Trait((".dmg",), Platform.MACOS, "application/x-apple-diskimage"),
    PackageKind.PKG: _Trait((".pkg", ".mpkg"), Platform.MACOS, "application/vnd.apple.installer+xml"),
    PackageKind.AAR: _Trait((".aar", ".yaa"), Platform.MACOS, "application/octet-stream"),
    PackageKind.ZIP: _Trait((".zip",), Platform.UNKNOWN, "application/zip"),
    PackageKind.TAR: _Trait(
        (
            *(".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz", ".tbz2"),
            *(".tar.xz", ".txz", ".tar.lzma", ".tar.zst", ".tzst"),
        ),
        Platform.UNKNOWN,
        "application/octet-stream",
    ),
    PackageKind.EXE: _Trait((".exe",), Platform.WINDOWS, "application/vnd.microsoft.portable-executable"),
    PackageKind.MSI: _Trait((".msi",), Platform.WINDOWS, "application/x-msi"),
    PackageKind.MSIX: _Trait((".msix", ".msixbundle"), Platform.WINDOWS, "application/msix"),
    PackageKind.APPX: _Trait((".appx", ".appxbundle"), Platform.WINDOWS, "application/appx"),
    PackageKind.NUPKG: _Trait((".nupkg",), Platform.WINDOWS, "application/zip"),
    PackageKind.APPIMAGE: _Trait((".appimage",), Platform.LINUX, "application/vnd.appimage"),
    PackageKind.DEB: _Trait((".deb",), Platform.LINUX, "application/vnd.debian.binary-package"),
    PackageKind.RPM: _Trait((".rpm",), Platform.LINUX, "application/x-rpm"),
    PackageKind.SNAP: _Trait((".snap",), Platform.LINUX, "application/vnd.snap"),
    PackageKind.FLATPAK: _Trait((".flatpak",), Platform.LINUX, "application/vnd.flatpak"),
}

_BY_SUFFIX = {suffix: kind for kind, trait in _TRAITS.items() for suffix in trait.suffixes}
