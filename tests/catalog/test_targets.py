"""Platforms and architectures in every common spelling."""

import pytest

from ota_dev.catalog.targets import Architecture, Platform

PLATFORMS = {
    Platform.MACOS: ["macos", "macOS", "darwin", "osx", "mac"],
    Platform.WINDOWS: ["windows", "win", "Win32", "win64"],
    Platform.LINUX: ["linux", "Linux", "linux64"],
    Platform.UNKNOWN: ["", "plan9", "winning"],
}

ARCHITECTURES = {
    Architecture.ARM64: ["arm64", "aarch64", "ARM64", "arm64e"],
    Architecture.X86_64: ["x86_64", "x86-64", "x64", "amd64", "AMD64"],
    Architecture.X86: ["x86", "i386", "i686", "ia32"],
    Architecture.ARM: ["armv7", "armhf"],
    Architecture.UNIVERSAL: ["universal", "universal2"],
    Architecture.UNKNOWN: ["", "mips"],
}


@pytest.mark.parametrize(("platform", "spelling"), [(p, s) for p, spellings in PLATFORMS.items() for s in spellings])
def test_a_platform_is_read_in_any_spelling(platform: Platform, spelling: str) -> None:
    assert Platform.parse(spelling) is platform


@pytest.mark.parametrize(
    ("architecture", "spelling"), [(a, s) for a, spellings in ARCHITECTURES.items() for s in spellings]
)
def test_an_architecture_is_read_in_any_spelling(architecture: Architecture, spelling: str) -> None:
    assert Architecture.parse(spelling) is architecture
