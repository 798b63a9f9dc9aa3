"""Who is asking: the app, its machine and its user, as far as an update client's decision depends on them. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.errors import UsageError

__all__ = ["PHASED_GROUPS", "Profile", "SecurityMode", "SkippedMajor", "System", "TrustedKey"]

PHASED_GROUPS = 7  # SUPhasedUpdateGroupInfo.m of Sparkle 2.9

# What Windows tells programs that ask for its version.
_WINDOWS_NAMES = {"7": "6.1.7601", "8": "6.2.9200", "8.1": "6.3.9600", "10": "10.0.10240", "11": "10.0.22000"}
_SYSTEM_VERSION = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){0,3}")


class SecurityMode(StrEnum):
    """How much NetSparkle asks of signatures; the names of its `SecurityMode`."""

    STRICT = "strict"  # of feed and files, always
    IF_POSSIBLE = "if-possible"  # of feed and files, once the app has a key
    DOWNLOADS = "downloads"  # of files only
    UNSAFE = "unsafe"  # of nothing


class TrustedKey(Protocol):
    """The public key that the app carries, as decisions use it; each answer is what is wrong, or an empty text."""

    def problem(self, data: bytes, signature: str) -> str:
        """Verify a signature of *data*."""

    def feed_problem(self, feed: bytes) -> str:
        """Verify the block at the end of a signed feed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class System:
    """An operating system and its version; an empty version is one that no rule refuses."""

    platform: Platform
    version: str = ""

    @classmethod
    def parse(cls, text: str) -> "System":
        """Read `macos`, `macos-14.2` or `windows-11`; names of Windows become the numbers that Windows gives.

        Raises:
            UsageError: it is no operating system, or its version is none.
        """
        name, _, version = text.strip().partition("-")
        platform = Platform.parse(name)
        if platform is Platform.UNKNOWN or (version and not _SYSTEM_VERSION.fullmatch(version)):
            raise UsageError(
                f"{text!r} is no operating system, write macos, windows or linux, with its version if that "
                "matters: macos-14.2"
            )
        return cls(
            platform=platform,
            version=_WINDOWS_NAMES.get(version, version) if platform is Platform.WINDOWS else version,
        )

    def __str__(self) -> str:
        return f"{self.platform} {self.version}".rstrip()


@dataclass(frozen=True, kw_only=True, slots=True)
class SkippedMajor:
    """A major upgrade that the user skipped in Sparkle."""

    version: str  # the sparkle:minimumAutoupdateVersion of what was skipped
    subrelease: str | None = None  # the version that was skipped, where Sparkle noted it

    @classmethod
    def parse(cls, text: str) -> "SkippedMajor":
        """Read `VERSION` or `VERSION:SUBRELEASE`."""
        version, _, subrelease = text.partition(":")
        return cls(version=version, subrelease=subrelease or None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """All that a client knows besides the feed."""

    installed: str  # the version that the client compares, on macOS the CFBundleVersion
    system: System
    now: datetime
    architecture: Architecture = Architecture.UNKNOWN  # that no rule refuses
    channels: frozenset[str] = frozenset()  # besides the default channel
    group: int = 0  # of a phased rollout, from 0 to 6
    is_scheduled: bool = False  # else the user asked, and phasing and skipped versions do not count
    skipped: str | None = None
    skipped_major: SkippedMajor | None = None
    trusted_key: TrustedKey | None = None
    requires_signed_feed: bool = False  # SURequireSignedFeed of Sparkle 2.9
    security_mode: SecurityMode = SecurityMode.IF_POSSIBLE
    languages: tuple[str, ...] = ("en",)  # most wanted first
    allows_downgrades: bool = False  # the option of electron-updater, Velopack and Tauri
