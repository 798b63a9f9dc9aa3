"""Kinds of installer, by the ending of a name."""

import pytest

from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.targets import Platform

ENDINGS = {
    "Acme.dmg": PackageKind.DMG,
    "Acme.PKG": PackageKind.PKG,
    "Acme.zip": PackageKind.ZIP,
    "Acme.tar.gz": PackageKind.TAR,
    "Acme.tgz": PackageKind.TAR,
    "Acme.tar.bz2": PackageKind.TAR,
    "Acme.tar.xz": PackageKind.TAR,
    "Acme.tar.zst": PackageKind.TAR,
    "Acme.aar": PackageKind.AAR,
    "Acme.exe": PackageKind.EXE,
    "Acme.msi": PackageKind.MSI,
    "Acme.msix": PackageKind.MSIX,
    "Acme.msixbundle": PackageKind.MSIX,
    "Acme.appx": PackageKind.APPX,
    "Acme.nupkg": PackageKind.NUPKG,
    "Acme.AppImage": PackageKind.APPIMAGE,
    "Acme.deb": PackageKind.DEB,
    "Acme.rpm": PackageKind.RPM,
    "Acme.snap": PackageKind.SNAP,
    "Acme.flatpak": PackageKind.FLATPAK,
}


@pytest.mark.parametrize(("name", "kind"), ENDINGS.items())
def test_a_kind_is_read_from_the_ending(name: str, kind: PackageKind) -> None:
    assert PackageKind.of_file(name) == (kind, "Acme")


@pytest.mark.parametrize("name", ["Acme.txt", "Acme.gz", "appcast.xml", "zip", ".zip", "Acme.dmg.yaml", ""])
def test_any_other_file_is_no_installer(name: str) -> None:
    assert PackageKind.of_file(name) is None


@pytest.mark.parametrize("kind", PackageKind)
def test_every_kind_has_a_media_type_without_an_encoding(kind: PackageKind) -> None:
    assert "/" in kind.media_type


@pytest.mark.parametrize("kind", [PackageKind.ZIP, PackageKind.TAR])
def test_archives_say_nothing_of_their_platform(kind: PackageKind) -> None:
    assert kind.platform is Platform.UNKNOWN
