"""What an installer is for: an operating system and a processor architecture, in every common spelling."""

from enum import StrEnum

__all__ = ["Architecture", "Platform"]


class Platform(StrEnum):
    """An operating system."""

    MACOS = "macos"
    WINDOWS = "windows"
    LINUX = "linux"
    UNKNOWN = "unknown"

    @classmethod
    def parse(cls, spelling: str) -> "Platform":
        """Read any common spelling, in any case; `UNKNOWN` for anything else."""
        return _PLATFORM_SPELLINGS.get(spelling.lower(), cls.UNKNOWN)

    @classmethod
    def named(cls, spelling: str) -> "Platform":
        """Read any common spelling, in any case.

        Raises:
            ValueError: it is none; what to write instead is said.
        """
        if (platform := cls.parse(spelling)) is cls.UNKNOWN:
            raise ValueError(f"{spelling!r} is no operating system, use macos, windows or linux")
        return platform


class Architecture(StrEnum):
    """A processor architecture; `UNIVERSAL` runs on every one that its platform has."""

    UNIVERSAL = "universal"
    X86_64 = "x86_64"
    ARM64 = "arm64"
    X86 = "x86"
    ARM = "arm"
    UNKNOWN = "unknown"

    @classmethod
    def parse(cls, spelling: str) -> "Architecture":
        """Read any common spelling, in any case; `UNKNOWN` for anything else."""
        return _ARCHITECTURE_SPELLINGS.get(spelling.lower().replace("-", "_"), cls.UNKNOWN)

    @classmethod
    def named(cls, spelling: str) -> "Architecture":
        """Read any common spelling, in any case.

        Raises:
            ValueError: it is none; what to write instead is said.
        """
        if (architecture := cls.parse(spelling)) is cls.UNKNOWN:
            raise ValueError(f"{spelling!r} is no architecture, use arm64, x86_64, x86 or universal")
        return architecture


_PLATFORM_SPELLINGS = {
    **dict.fromkeys(("macos", "darwin", "osx", "mac", "macosx"), Platform.MACOS),
    **dict.fromkeys(("windows", "win", "win32", "win64"), Platform.WINDOWS),
    **dict.fromkeys(("linux", "linux32", "linux64", "gnu_linux"), Platform.LINUX),
}

_ARCHITECTURE_SPELLINGS = {
    **dict.fromkeys(("arm64", "aarch64", "arm64e", "armv8"), Architecture.ARM64),
    **dict.fromkeys(("x86_64", "x64", "amd64", "x8664", "intel64", "64bit"), Architecture.X86_64),
    **dict.fromkeys(("x86", "i386", "i486", "i586", "i686", "ia32", "x86_32", "32bit"), Architecture.X86),
    **dict.fromkeys(("arm", "armhf", "armv7", "armv7l", "armv6", "armel"), Architecture.ARM),
    **dict.fromkeys(("universal", "universal2", "fat"), Architecture.UNIVERSAL),
}
