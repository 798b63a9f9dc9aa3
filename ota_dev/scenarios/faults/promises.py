"""Faults of what the feed promises about a download, which itself stays as it is. Values and pure functions.

They bend the catalog that feeds are rendered from, so that signed feeds are validly signed all the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import ClassVar

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.releases import Catalog
from ota_dev.catalog.resources import Resource
from ota_dev.scenarios.faults.description import Description

__all__ = ["PromiseFault", "WrongHash", "WrongLength", "bend_catalog", "bend_digests"]

_FEEDS = frozenset({Resource.FEED})
_OTHER_DIGITS = str.maketrans("0123456789abcdef", "fedcba9876543210")


@dataclass(frozen=True, kw_only=True, slots=True)
class WrongLength:
    """The feed promises one byte more than there is."""

    about: ClassVar = Description(
        name="wrong-length",
        does="The feed says that each installer is one byte longer than it is.",
        client_must="Trust the signature or the digest; where there is neither, refuse the file.",
        concerns="Hand-written clients compare the length and refuse the file; Sparkle only logs it, WinSparkle "
        "never reads it.",
        targets=_FEEDS,
        is_for_feeds_alone=True,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class WrongHash:
    """The feed promises other digests than those of the installers."""

    about: ClassVar = Description(
        name="wrong-hash",
        does="Every digit of every digest in the feed is another; signatures stay right.",
        client_must="Refuse the file after the download, and delete it.",
        concerns="Clients that verify a digest: Velopack, electron-updater, hand-written ones. An appcast prints none "
        "unless its template does.",
        targets=_FEEDS,
        is_for_feeds_alone=True,
    )


PromiseFault = WrongLength | WrongHash


def bend_catalog(catalog: Catalog, faults: Iterable[PromiseFault]) -> Catalog:
    """Give the catalog whose feeds make the promises that *faults* describe; applied twice, a fault is one."""
    for fault in dict.fromkeys(faults):
        catalog = catalog.with_each(_longer if isinstance(fault, WrongLength) else _with_other_digests)
    return catalog


def bend_digests(digests: Mapping[str, str], faults: Iterable[PromiseFault]) -> Mapping[str, str]:
    """Give, as `bend_catalog` has them, digests that were not known when the catalog was bent."""
    return _other_digests(digests) if any(isinstance(fault, WrongHash) for fault in faults) else digests


def _longer(artifact: Artifact) -> Artifact:
    return replace(artifact, size=artifact.size + 1)


def _with_other_digests(artifact: Artifact) -> Artifact:
    deltas = tuple(replace(delta, digests=_other_digests(delta.digests)) for delta in artifact.deltas)
    return replace(artifact, digests=_other_digests(artifact.digests), deltas=deltas)


def _other_digests(digests: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({algorithm: digest.translate(_OTHER_DIGITS) for algorithm, digest in digests.items()})
