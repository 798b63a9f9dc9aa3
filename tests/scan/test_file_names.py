import time
from collections.abc import Callable
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.scan.file_names import read_file_name

MACOS, WINDOWS, LINUX = Platform.MACOS, Platform.WINDOWS, Platform.LINUX
ARM64, X86_64, X86, UNIVERSAL = Architecture.ARM64, Architecture.X86_64, Architecture.X86, Architecture.UNIVERSAL


def read(file_name: str) -> Facts:
    facts = read_file_name(file_name)
    assert facts is not None, f"{file_name} is of no installer kind"
    return facts


def table(columns: str, *rows: tuple[object, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(columns, rows, ids=[str(row[0]) for row in rows])


@table(
    "file_name, name, version, platform, architectures",
    ("Acme-Notes-Setup-1.3.0-x64.exe", "Acme Notes", "1.3.0", WINDOWS, (X86_64,)),
    ("AcmeNotes_1.3.0.dmg", "AcmeNotes", "1.3.0", MACOS, ()),
    ("Acme.Notes-1.3.0-full.nupkg", "Acme Notes", "1.3.0", WINDOWS, ()),
    ("Acme.Notes-1.3.0-osx-full.nupkg", "Acme Notes", "1.3.0", MACOS, ()),
    ("Acme.Notes.1.3.0.nupkg", "Acme Notes", "1.3.0", WINDOWS, ()),
    ("AcmeNotes-win-Setup.exe", "AcmeNotes", None, WINDOWS, ()),
    ("acme_1.3.0_amd64.snap", "acme", "1.3.0", LINUX, (X86_64,)),
    ("Acme_Notes-1.3.0-x86_64.AppImage", "Acme Notes", "1.3.0", LINUX, (X86_64,)),
    ("Acme Notes Setup 1.3.0.exe", "Acme Notes", "1.3.0", WINDOWS, ()),
    ("Acme.Notes.Setup.1.3.0.exe", "Acme Notes", "1.3.0", WINDOWS, ()),
    ("Acme Notes-1.3.0-arm64-mac.zip", "Acme Notes", "1.3.0", MACOS, (ARM64,)),
    ("Acme Notes-1.3.0-universal.pkg", "Acme Notes", "1.3.0", MACOS, (UNIVERSAL,)),
    ("Acme_1.1.0_x64_en-US.msi", "Acme", "1.1.0", WINDOWS, (X86_64,)),
    ("Acme_1.1.0_x64-setup.nsis.zip", "Acme", "1.1.0", WINDOWS, (X86_64,)),
    ("acme_1.1.0_amd64.AppImage.tar.gz", "acme", "1.1.0", LINUX, (X86_64,)),
    ("Acme.app.tar.gz", "Acme", None, MACOS, ()),
    ("eCan-1.0.1-macos-aarch64.pkg", "eCan", "1.0.1", MACOS, (ARM64,)),
    ("eCan-1.0.1-windows-amd64-Setup.exe", "eCan", "1.0.1", WINDOWS, (X86_64,)),
    ("Acme.Notes_1.3.0.0_x64__8wekyb3d8bbwe.msix", "Acme Notes", "1.3.0.0", WINDOWS, (X86_64,)),
    ("Acme_1.3.0.0_neutral.msix", "Acme", "1.3.0.0", WINDOWS, (UNIVERSAL,)),
    ("Acme_1.3.0.0_x86_x64_arm64.appxbundle", "Acme", "1.3.0.0", WINDOWS, (X86, X86_64, ARM64)),
    ("acme-v1.3.0-x86_64-pc-windows-msvc.zip", "acme", "1.3.0", WINDOWS, (X86_64,)),
    ("acme-1.3.0-aarch64-apple-darwin.tar.gz", "acme", "1.3.0", MACOS, (ARM64,)),
    ("acme-x86_64-unknown-linux-gnu.tar.xz", "acme", None, LINUX, (X86_64,)),
    ("acme-notes-1.3.0.flatpak", "acme notes", "1.3.0", LINUX, ()),
)
def test_the_names_that_packagers_give_are_read_whole(
    file_name: str,
    name: str,
    version: str | None,
    platform: Platform,
    architectures: tuple[Architecture, ...],
) -> None:
    facts = read(file_name)

    assert (facts.name, facts.short_version, facts.platform) == (name, version, platform)
    assert facts.architectures == architectures


@table(
    "file_name, name, version",
    ("signal-desktop-mac-universal-6.42.0.dmg", "signal desktop", "6.42.0"),
    ("VSCodeUserSetup-x64-1.85.1.exe", "VSCodeUser", "1.85.1"),
    ("VSCode-darwin-universal.zip", "VSCode", None),
    ("tsetup-x64.4.14.3.exe", "tsetup", "4.14.3"),
    ("npp.8.6.2.Installer.x64.exe", "npp", "8.6.2"),
    ("go1.21.5.windows-amd64.msi", "go", "1.21.5"),
    ("Git-2.43.0-64-bit.exe", "Git", "2.43.0"),
    ("Wireshark 4.2.0 Arm 64.dmg", "Wireshark", "4.2.0"),
    ("LibreOffice_7.6.4_Win_x86-64.msi", "LibreOffice", "7.6.4"),
    ("OpenJDK17U-jdk_x64_windows_hotspot_17.0.9_9.msi", "OpenJDK17U jdk hotspot", "17.0.9"),
    ("jdk-21_windows-x64_bin.exe", "jdk", "21"),
    ("android-studio-2023.1.1.26-mac_arm.dmg", "android studio", "2023.1.1.26"),
    ("sublime_text_build_4169_x64_setup.exe", "sublime text", "4169"),
    ("SumatraPDF-3.5.2-64-install.exe", "SumatraPDF", "3.5.2"),
    ("calibre-64bit-7.2.0.msi", "calibre", "7.2.0"),
    ("OBS-Studio-30.0.2-macOS-Apple.dmg", "OBS Studio", "30.0.2"),
    ("iina.v1.3.3.dmg", "iina", "1.3.3"),
    ("win-acme.v2.2.9.zip", "win acme", "2.2.9"),
    ("rufus-4.3p.exe", "rufus", "4.3p"),
)
def test_well_known_downloads_are_read(file_name: str, name: str, version: str | None) -> None:
    facts = read(file_name)

    assert (facts.name, facts.short_version) == (name, version)


@table(
    "file_name, version",
    ("Acme-5.dmg", "5"),
    ("Acme-1.3.dmg", "1.3"),
    ("Acme-1.3.0.dmg", "1.3.0"),
    ("Acme-1.3.0.7.dmg", "1.3.0.7"),
    ("Acme-2024.1.dmg", "2024.1"),
    ("Acme-2024.10.05.dmg", "2024.10.05"),
    ("Acme-v1.3.0.dmg", "1.3.0"),
    ("Acme-V5.dmg", "5"),
    ("Acme v 1.3.0.dmg", "1.3.0"),
    ("Acme version 5.dmg", "5"),
    ("Acme-01.02.dmg", "01.02"),
    ("Acme_1_3_0.dmg", "1.3.0"),
    ("acme-notes-1-3-0.dmg", "1.3.0"),
    ("Acme Notes 1 3 0.dmg", "1.3.0"),
    ("Acme_mac_1_3_0.dmg", "1.3.0"),
    ("Acme Notes (1.3.0).dmg", "1.3.0"),
    ("AcmeNotes1.3.0.dmg", "1.3.0"),
    ("1.3.0.dmg", "1.3.0"),
    ("1.3.0-Acme-Notes.dmg", "1.3.0"),
)
def test_a_version_has_one_to_four_numbers_in_any_usual_writing(file_name: str, version: str) -> None:
    assert read(file_name).short_version == version


@table(
    "file_name, version",
    ("Acme-1.3.0-beta.dmg", "1.3.0-beta"),
    ("Acme-1.3.0-beta.2.dmg", "1.3.0-beta.2"),
    ("Acme-1.3.0-beta-2.dmg", "1.3.0-beta-2"),
    ("Acme-1.3.0-alpha.0.1.dmg", "1.3.0-alpha.0.1"),
    ("Acme-1.3.0rc1.dmg", "1.3.0rc1"),
    ("Acme-1.3.0-RC1.dmg", "1.3.0-RC1"),
    ("Acme-2.0b3.dmg", "2.0b3"),
    ("Acme-5rc1.dmg", "5rc1"),
    ("Acme-1.3.0.beta2.dmg", "1.3.0.beta2"),
    ("Acme Notes 1.3.0 beta 2.dmg", "1.3.0-beta.2"),
    ("Acme_1_3_0_beta_2.dmg", "1.3.0-beta.2"),
    ("Acme-1.3.0-nightly.20241005.dmg", "1.3.0-nightly.20241005"),
    ("Acme-1.3.0-nightly-2024-10-05.dmg", "1.3.0-nightly-2024.10.05"),
    ("Acme-1.3.0-beta-64-bit.exe", "1.3.0-beta"),
    ("Acme-1.3.0+45.dmg", "1.3.0+45"),
    ("Acme-1.3.0+build.45-mac.zip", "1.3.0+build.45"),
    ("Acme-1.3.0-beta.2+g3f2a9c1-mac.zip", "1.3.0-beta.2+g3f2a9c1"),
    ("Acme-1.3.0+45.x64.exe", "1.3.0+45"),
    ("Acme-1.1.1w.exe", "1.1.1w"),
)
def test_a_pre_release_and_a_build_belong_to_the_version(file_name: str, version: str) -> None:
    assert read(file_name).short_version == version


@table(
    "file_name, version",
    ("Acme-1.3.0-mac-beta.zip", "1.3.0-beta"),
    ("Acme-1.3.0-win-x64-rc.2.zip", "1.3.0-rc.2"),
)
def test_a_pre_release_behind_the_target_is_not_taken_for_the_release(file_name: str, version: str) -> None:
    assert read(file_name).short_version == version


@table(
    "file_name, version",
    ("Acme-1.3.0-final.dmg", "1.3.0"),
    ("Acme-1.3.0-stable-x64.msi", "1.3.0"),
    ("Acme-1.3.0-build45.dmg", "1.3.0"),
    ("Acme 1.3.0 build 45.dmg", "1.3.0"),
    ("Acme-1.3.0-en-US.exe", "1.3.0"),
    ("Acme-1.3.0-5-g3f2a9c1.dmg", "1.3.0"),
    ("Acme-1.3.0x64.exe", "1.3.0"),
    ("Acme 1.3.0.64bit.exe", "1.3.0"),
    ("Acme.mac.x86_64.1.3.0.zip", "1.3.0"),
    ("Acme.win32.1.3.0.zip", "1.3.0"),
    ("Acme.i386.1.3.0.zip", "1.3.0"),
)
def test_other_words_around_the_version_do_not_belong_to_it(file_name: str, version: str) -> None:
    assert read(file_name).short_version == version


@table(
    "file_name, name, version",
    ("acme-notes_1.3.0-1_amd64.deb", "acme notes", "1.3.0"),
    ("acme-notes_1.3-1.1_amd64.deb", "acme notes", "1.3"),
    ("acme_2-1ubuntu3_arm64.deb", "acme", "2"),
    ("acme_1%3a1.3.0-1_all.deb", "acme", "1.3.0"),
    ("acme_1.3.0~beta1-1_amd64.deb", "acme", "1.3.0-beta1"),
    ("acme_1.3.0-beta.2_amd64.deb", "acme", "1.3.0-beta.2"),
    ("acme_1.3.0_amd64.deb", "acme", "1.3.0"),
    ("Acme-Notes-1.3.0-linux-amd64.deb", "Acme Notes", "1.3.0"),
    ("acme-notes-1.3.0-1.x86_64.rpm", "acme notes", "1.3.0"),
    ("acme-1.3-0.1.2.fc39.noarch.rpm", "acme", "1.3"),
    ("acme-notes-1.3.0.x86_64.rpm", "acme notes", "1.3.0"),
    ("acme-notes-1.3.0-beta.2.x86_64.rpm", "acme notes", "1.3.0-beta.2"),
)
def test_a_linux_package_gives_the_upstream_version_without_its_revision(
    file_name: str, name: str, version: str
) -> None:
    facts = read(file_name)

    assert (facts.name, facts.short_version) == (name, version)


@table(
    "file_name, name, version",
    ("7-Zip.exe", "7-Zip", None),
    ("7-Zip-24.01-x64.exe", "7-Zip", "24.01"),
    ("7z2401-x64.exe", "7z2401", None),
    ("Studio3T-2024.1.exe", "Studio3T", "2024.1"),
    ("Mp3tag-v3.27.exe", "Mp3tag", "3.27"),
    ("Notepad++ 8.6.2.exe", "Notepad++", "8.6.2"),
    ("Python-3.12.1-amd64.exe", "Python", "3.12.1"),
    ("H264Player_2.1.exe", "H264Player", "2.1"),
    ("x64dbg.zip", "x64dbg", None),
    ("Win32DiskImager-1.0.0.exe", "Win32DiskImager", "1.0.0"),
    ("X-Plane 12 Installer.exe", "X-Plane", "12"),
    ("iTerm2-3_4_23.zip", "iTerm2", "3.4.23"),
    ("1Password-8.10.dmg", "1Password", "8.10"),
    ("V8-Viewer-1.0.exe", "V8 Viewer", "1.0"),
    ("3D-Viewer.exe", "3D Viewer", None),
    ("Web2.0-Viewer-2024.1.exe", "Web2.0 Viewer", "2024.1"),
    ("Acme-365-2.0.exe", "Acme 365", "2.0"),
    ("Acme-2-Notes.dmg", "Acme 2 Notes", None),
    ("Acme-64.exe", "Acme 64", None),
)
def test_digits_of_the_product_are_not_a_version(file_name: str, name: str, version: str | None) -> None:
    facts = read(file_name)

    assert (facts.name, facts.short_version) == (name, version)


@table(
    "file_name, version",
    ("Acme-Notes-2-1.3.0.dmg", "1.3.0"),
    ("Acme-2.0-1.3.0.dmg", "1.3.0"),
    ("Acme-1.3.0-2.0.0.dmg", "2.0.0"),
    ("Acme-v2-1.3.0.dmg", "1.3.0"),
    ("Acme-1.3.0-macos-10.15.7.zip", "1.3.0"),
    ("Acme-2024.1-macos-10.15.7.zip", "2024.1"),
    ("AcmeNotes1.3.0-macos-11.0.zip", "1.3.0"),
    ("Acme-1.3.0-macos11.pkg", "1.3.0"),
    ("Acme-1.3-win10.zip", "1.3"),
    ("Acme-1.3-ubuntu22.04.tar.gz", "1.3"),
    ("Acme-macos-1.3.0.zip", "1.3.0"),
    ("Acme-macos-1.3.0-2024.10.05.zip", "1.3.0"),
)
def test_of_several_numbers_the_most_version_like_is_taken(file_name: str, version: str) -> None:
    assert read(file_name).short_version == version


@table(
    "file_name, name, version",
    ("Acme-1.3.2_2023-11-25_091e20e-x64.exe", "Acme", "1.3.2"),
    ("Acme-1.3-20241005.123456.dmg", "Acme", "1.3"),
    ("Acme-1.3.0-2024.10.05.dmg", "Acme", "1.3.0"),
    ("Acme-2.0-2024.10.dmg", "Acme", "2.0"),
    ("Acme-5-20241005.dmg", "Acme", "5"),
    ("Acme-5-2024-01-06.dmg", "Acme", "5"),
    ("Acme-3f2a9c1-1.3.0.dmg", "Acme", "1.3.0"),
    ("Acme-1.3.0-12a4567.dmg", "Acme", "1.3.0"),
    ("Acme-12a4567.dmg", "Acme", None),
    ("Acme-g3f2a9c1.dmg", "Acme", None),
)
def test_a_commit_or_a_date_is_no_version_beside_a_better_one(file_name: str, name: str, version: str | None) -> None:
    facts = read(file_name)

    assert (facts.name, facts.short_version) == (name, version)


@table(
    "file_name, version",
    ("x64dbg_2024-01-06_12-10.zip", "2024.01.06"),
    ("Acme-20241005.dmg", "20241005"),
    ("acme-x86_64-20231231-git-abc2342.zip", "20231231"),
)
def test_a_date_is_the_version_where_there_is_no_better_one(file_name: str, version: str) -> None:
    assert read(file_name).short_version == version


@pytest.mark.parametrize(
    "file_name",
    [
        "Acme-Notes.dmg",
        "Acme-Notes-x64.exe",
        "Acme-nightly.dmg",
        "Acme-1.2.3.4.5.dmg",
        "Acme_1_2_3_4_5.dmg",
        "AcmeNotes1_3_0.dmg",
        "Acme-windows-11.zip",
        "Acme-١.٢.dmg",
        "Acme-" + "9" * 65 + ".dmg",
    ],
)
def test_no_version_is_given_rather_than_a_guess(file_name: str) -> None:
    assert read(file_name).short_version is None


@table(
    "file_name, name",
    ("Acme-Notes.dmg", "Acme Notes"),
    ("acme_notes.dmg", "acme notes"),
    ("Acme Notes - Pro-Edition 1.0.exe", "Acme Notes - Pro-Edition"),
    ("AcmeNotesSetup.exe", "AcmeNotes"),
    ("AcmeNotesInstaller-1.0.exe", "AcmeNotes"),
    ("AcmeNotesPortable_1.0.exe", "AcmeNotes"),
    ("setup-something-1.3.0.dmg", "something"),
    ("Install Acme Notes 1.3.0.exe", "Acme Notes"),
    ("Acme-Notes-Portable-1.3.0.exe", "Acme Notes"),
    ("Acme-Notes-Nightly-2024.10.05.dmg", "Acme Notes"),
    ("Acme Notes Beta.dmg", "Acme Notes"),
    ("Acme-windows-Desktop-1.0.zip", "Acme Desktop"),
    ("Universal-Viewer-1.0.dmg", "Universal Viewer"),
    ("Acme C#-1.0.exe", "Acme C#"),
    ("Acme (Pro) 1.0.exe", "Acme Pro"),
    ("Setup.exe", None),
    ("win-x64-1.0.zip", None),
)
def test_the_name_is_what_people_call_the_product(file_name: str, name: str | None) -> None:
    assert read(file_name).name == name


@table(
    "file_name, platform",
    *((f"Acme-1.0-{word}.zip", MACOS) for word in ("macos", "darwin", "osx", "mac", "macOS", "macosx", "macos11.0")),
    *((f"Acme-1.0-{word}.zip", WINDOWS) for word in ("windows", "win", "win32", "WIN64", "win-64", "win10")),
    *((f"Acme-1.0-{word}.tar.gz", LINUX) for word in ("linux", "linux64", "gnu_linux", "debian12", "Ubuntu-22.04")),
    *((f"Acme-1.0.{ending}", MACOS) for ending in ("dmg", "pkg", "aar", "app.zip", "dmg.zip")),
    *((f"Acme-1.0.{ending}", WINDOWS) for ending in ("exe", "msi", "msix", "nupkg", "exe.zip")),
    *((f"Acme-1.0.{ending}", LINUX) for ending in ("AppImage", "deb", "rpm", "snap", "flatpak")),
    ("Acme-1.0.zip", None),
    ("Acme-1.0.pkg.tar.zst", None),
    ("Darwin-1.0.tar.gz", MACOS),
    ("Edwin-1.0.zip", None),
    ("Win32DiskImager-1.0.zip", None),
    ("Tarmac-Linuxoid-1.0.zip", None),
)
def test_whole_words_or_the_kind_tell_the_platform(file_name: str, platform: Platform | None) -> None:
    assert read(file_name).platform is platform


@table(
    "file_name, platform",
    ("Darwin-Notes-1.0.zip", MACOS),
    ("Darwin-Notes-1.0-win.zip", WINDOWS),
    ("Darwin-Notes-1.0.exe", WINDOWS),
    ("Darwin.Notes-1.0-full.nupkg", WINDOWS),
    ("Acme-linux-gcc-1.0.exe", WINDOWS),
)
def test_a_platform_in_the_products_name_gives_way_to_a_clearer_sign(file_name: str, platform: Platform) -> None:
    assert read(file_name).platform is platform


@table(
    "word, architectures",
    *((word, (ARM64,)) for word in ("arm64", "aarch64", "ARM64", "Arm 64", "arm64e")),
    *((word, (X86_64,)) for word in ("x64", "x86_64", "x86-64", "X86_64", "amd64", "AMD64", "64bit", "64-bit")),
    *((word, (X86,)) for word in ("x86", "i386", "ia32", "i686", "32-bit")),
    *((word, (UNIVERSAL,)) for word in ("universal", "universal2")),
    ("win64", (X86_64,)),
    ("win-32", (X86,)),
    ("linux64", (X86_64,)),
    ("win32-x64", (X86_64,)),
    ("win32-arm64", (ARM64,)),
    ("x64-arm64", (X86_64, ARM64)),
    ("x64dbg", ()),
    ("anything", ()),
)
def test_every_common_spelling_of_an_architecture_is_known(word: str, architectures: tuple[Architecture, ...]) -> None:
    assert read(f"Acme-Notes-1.3.0-{word}.zip").architectures == architectures


@table(
    "file_name, architectures",
    ("Acme-intel-1.3.0.dmg", (X86_64,)),
    ("Acme-1.3.0-Apple-Silicon.dmg", (ARM64,)),
    ("Acme-1.3.0-mac_arm.zip", (ARM64,)),
    ("acme-1.3.0-arm.tar.gz", (Architecture.ARM,)),
    ("Intel-Tools-1.3.0.exe", ()),
    ("Arm-Wrestler-1.3.0.exe", ()),
    ("x64.exe", (X86_64,)),
)
def test_some_words_tell_an_architecture_in_their_place_only(
    file_name: str, architectures: tuple[Architecture, ...]
) -> None:
    assert read(file_name).architectures == architectures


@pytest.mark.parametrize(
    "file_name",
    [
        "Acme%20Notes-1.3.0.dmg",
        "Acme Notes-1.3.0 (1).dmg",
        "Acme Notes-1.3.0(12).dmg",
        "Acme Notes-1.3.0-2.dmg",
        "Acme Notes-1.3.0 copy.dmg",
        "Acme Notes-1.3.0 copy 2.dmg",
        "Acme Notes-1.3.0 - Copy (2).dmg",
    ],
)
def test_traces_of_browsers_and_file_managers_are_ignored(file_name: str) -> None:
    facts = read(file_name)

    assert (facts.name, facts.short_version) == ("Acme Notes", "1.3.0")


def test_the_mark_of_a_second_copy_is_no_version() -> None:
    assert read("Acme Notes (2).dmg").known().keys() == {"name", "platform"}


@pytest.mark.parametrize("change", [str.upper, str.lower, str.title], ids=lambda change: change.__name__)
def test_upper_and_lower_case_are_one(change: Callable[[str], str]) -> None:
    facts = read(change("Acme-Notes-v1.3.0-Windows-x86_64-Setup.zip"))

    assert (facts.short_version, facts.platform, facts.architectures) == ("1.3.0", WINDOWS, (X86_64,))
    assert facts.name is not None
    assert facts.name.casefold() == "acme notes"


@table(
    "file_name, name",
    ("Müller-Büro_1.3.0.dmg", "Müller Büro"),
    ("Mu\u0308ller-Bu\u0308ro_1.3.0.dmg", "Müller Büro"),
    ("ノート-1.3.0.dmg", "ノート"),
    ("Заметки 1.3.0.dmg", "Заметки"),
    ("🚀-Acme-1.3.0.dmg", "Acme"),
    ("\u202eAcme\u202e-\tNotes-1.3.0.dmg", "Acme Notes"),
)
def test_names_in_any_script_are_read(file_name: str, name: str) -> None:
    facts = read(file_name)

    assert (facts.name, facts.short_version) == (name, "1.3.0")


@pytest.mark.parametrize("file_name", ["notes.txt", "Acme-1.3.0", "appcast.xml", "Acme.dmg.part", ".dmg", ""])
def test_a_file_of_no_installer_kind_gives_nothing(file_name: str) -> None:
    assert read_file_name(file_name) is None


def test_every_fact_says_that_it_comes_from_the_file_name() -> None:
    facts = read("Acme-Notes-1.3.0-macos-arm64.zip")

    assert facts.sources == dict.fromkeys(("name", "short_version", "platform", "architectures"), "file name")


@pytest.mark.parametrize("unit", ["a", "-", "1-", "1_", "1.", "1.1a.", "mac-", "(1)", "1+", "%20", "x86-64-", " copy"])
def test_a_monstrous_name_is_read_in_no_time(unit: str) -> None:
    file_name = unit * (10_000 // len(unit)) + ".zip"
    read_file_name(file_name)

    start = time.process_time()
    read_file_name(file_name)

    assert time.process_time() - start < 0.010


@pytest.mark.parametrize("unit", ["a", "-", "1-", "1_", "1.", "1.1a.", "mac-", "(1)", "1+", "%20", "x86-64-", " copy"])
def test_the_longest_name_a_file_can_have_is_read_in_no_time(unit: str) -> None:
    file_name = (unit * 255)[:251] + ".zip"
    read_file_name(file_name)

    start = time.process_time()
    read_file_name(file_name)

    assert time.process_time() - start < 0.010


# From here on, rules that hold for every name.

PIECES = st.sampled_from(
    [*"-_.+~ ()%v", "1", "2.0", "64", "2024", "20241005", "beta", "rc1", "x86", "x64", "mac", "win32", "linux", "Setup"]
)
ENDINGS = st.sampled_from([".dmg", ".exe", ".zip", ".tar.gz", ".deb", ".rpm", ".nupkg", ".AppImage"])


class Target(NamedTuple):
    """What is written of a target, and what is to be read."""

    written: str
    platform: Platform
    architectures: tuple[Architecture, ...]


class Composed(NamedTuple):
    """A file name, and what is to be read out of it."""

    file_name: str
    name: str
    version: str
    target: Target


# Product words in which no word, number or channel of another meaning hides.
PRODUCTS = st.lists(st.from_regex(r"[A-Z][b-z]*q[A-Z0-9]?q", fullmatch=True), min_size=1, max_size=3)
NUMBERS = st.lists(st.integers(0, 99), min_size=2, max_size=4).map(lambda numbers: ".".join(map(str, numbers)))
PRE_RELEASES = st.sampled_from(["", "-alpha", "-beta.2", "-rc.1", "rc1", "b3", "+45", "-beta.2+45", "-dev.3"])
TARGETS = st.sampled_from(
    [
        Target(written.replace("-", joint), platform, architectures)
        for written, platform, architectures in (
            ("macos-arm64", MACOS, (ARM64,)),
            ("darwin-x86_64", MACOS, (X86_64,)),
            ("mac-universal", MACOS, (UNIVERSAL,)),
            ("win-x64", WINDOWS, (X86_64,)),
            ("windows-arm64", WINDOWS, (ARM64,)),
            ("ia32-win32", WINDOWS, (X86,)),
            ("linux-amd64", LINUX, (X86_64,)),
            ("aarch64-linux", LINUX, (ARM64,)),
        )
        for joint in "-_"
    ]
)


@st.composite
def composed_names(draw: st.DrawFn) -> Composed:
    product, target = draw(PRODUCTS), draw(TARGETS)
    version = draw(NUMBERS) + draw(PRE_RELEASES)
    marked = draw(st.sampled_from(["", "v"])) + version
    behind = draw(st.permutations([target.written, marked]))
    file_name = draw(st.sampled_from("-_. ")).join([*product, *behind]) + ".zip"
    return Composed(file_name, " ".join(product), version, target)


@given(st.text(st.characters(exclude_categories=())), ENDINGS)  # lone surrogates too: bytes that are no UTF-8
def test_no_name_makes_the_reader_fail(stem: str, ending: str) -> None:
    read_file_name(stem + ending)


@given(st.lists(PIECES, max_size=30).map("".join), ENDINGS)
def test_no_name_of_likely_pieces_makes_the_reader_fail(stem: str, ending: str) -> None:
    facts = read_file_name(stem + ending)

    assert facts is None or facts.short_version is None or facts.short_version[0].isdecimal()


@given(composed_names())
def test_what_is_written_into_a_name_is_read_out_of_it(composed: Composed) -> None:
    facts = read(composed.file_name)

    assert (facts.name, facts.short_version) == (composed.name, composed.version)
    assert (facts.platform, facts.architectures) == (composed.target.platform, composed.target.architectures)
