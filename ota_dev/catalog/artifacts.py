"""One installer for one target, and what tells one state of its file from another."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from ota_dev.catalog.deltas import Delta
from ota_dev.catalog.facts import Facts
from ota_dev.catalog.notes import Notes
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.policy import NOTHING_SAID, Policy
from ota_dev.catalog.signatures import Signatures
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.catalog.versions import Version

__all__ = ["Artifact", "FileIdentity"]

# File systems hold dates that no feed and no time zone can tell.
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = datetime(9998, 12, 31, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class FileIdentity:
    """What stays the same while a file's content does; `changed_ns` notices a replacement that keeps size and date."""

    size: int  # bytes
    modified_ns: int
    changed_ns: int  # the inode's change on POSIX, the file's creation on Windows
    inode: int
    device: int

    @classmethod
    def of(cls, status: os.stat_result) -> "FileIdentity":
        """Take the identity out of what `stat` says."""
        return cls(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev)

    def has_same_bytes_as(self, other: "FileIdentity") -> bool:
        """Say whether this is one file in one state, whatever names, links and permissions it was given since."""
        return replace(self, changed_ns=0) == replace(other, changed_ns=0)

    @property
    def modified(self) -> datetime:
        """Give the modification time in UTC, to the second; one before 1970 or after 9998 as the nearest within."""
        seconds = min(max(self.modified_ns // 1_000_000_000, 0), (_LATEST - _EARLIEST) // timedelta(seconds=1))
        return _EARLIEST + timedelta(seconds=seconds)  # Windows has no timestamps beyond the year 3000.


@dataclass(frozen=True, kw_only=True, slots=True)
class Artifact:
    """One installer for one target, on offer under `download_name`."""

    download_name: str  # the path below the served folder, with "/" on every system; unique in a catalog
    size: int  # bytes
    modified: datetime  # UTC
    kind: PackageKind
    platform: Platform
    architecture: Architecture
    build: Version  # what clients compare
    short_version: Version  # what people read, and what groups artifacts into a release
    facts: Facts
    app: str | None = None  # the name of its app, where somebody said it
    aliases: tuple[str, ...] = ()  # normalised names; artifacts that share one are of one app
    digests: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # algorithm: lower-case hex
    ed25519_signature: str | None = None  # base64 of 64 bytes, over the whole file
    minisign_signature: str | None = None  # content of the `.sig` file beside it, unchecked, or by a key in force
    policy: Policy = field(default=NOTHING_SAID)  # what people say of it
    notes: Notes = field(default_factory=Notes)
    deltas: tuple[Delta, ...] = ()  # that lead to it, newest starting point first

    @property
    def download_names(self) -> tuple[str, ...]:
        """Name every file that belongs to it: the installer, then its deltas."""
        return (self.download_name, *(delta.download_name for delta in self.deltas))

    @property
    def is_mac_bundle(self) -> bool:
        """Say whether it brings a Mac app as its bundle, as Sparkle installs it, and not in a package of Velopack's."""
        return self.platform is Platform.MACOS and self.kind is not PackageKind.NUPKG

    @property
    def bundle_identifier(self) -> str | None:
        """Give the identifier of a Mac app's bundle, where the installer says it; the id of a package is none."""
        return self.facts.identifier if self.is_mac_bundle else None

    def signed(self, signatures_of: "Callable[[Artifact | Delta], Signatures]") -> "Artifact":
        """Give itself and its deltas their signatures, in the place of those that they had."""
        own = signatures_of(self)
        deltas = tuple(replace(delta, ed25519_signature=signatures_of(delta).ed25519) for delta in self.deltas)
        return replace(self, ed25519_signature=own.ed25519, minisign_signature=own.minisign, deltas=deltas)

    def with_digests(self, digests: Mapping[str, Mapping[str, str]]) -> "Artifact":
        """Add *digests*, by download name, to its own and those of its deltas."""
        deltas = tuple(replace(delta, digests=_more(delta, digests)) for delta in self.deltas)
        return replace(self, digests=_more(self, digests), deltas=deltas)

    @property
    def published(self) -> datetime:
        """Give the publication date that somebody said, else when the file was last modified; in UTC."""
        return (self.policy.publication_date or self.modified).astimezone(UTC)

    @property
    def policy_in_force(self) -> Policy:
        """Give the policy over what the installer itself demands.

        Only a Mac app's demands count: with a minimum system WinSparkle hides every update from apps without a
        manifest, so on Windows it takes somebody to ask for one.
        """
        if self.platform is not Platform.MACOS:
            return self.policy
        hardware = ("arm64",) if self.architecture is Architecture.ARM64 else ()
        return self.policy.over(Policy(minimum_os=self.facts.minimum_os, hardware_requirements=hardware))


def _more(file: Artifact | Delta, digests: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
    return MappingProxyType({**file.digests, **digests.get(file.download_name, {})})
