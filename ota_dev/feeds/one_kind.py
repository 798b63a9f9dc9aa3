"""Which installers clients get that take one kind of package, and what keeps them from others. Pure.

1. Versions are semantic. Of each there is one, the first in the catalog: such clients see no architectures.
2. The client knows no channels in a feed, so only what carries no mark counts; who asks for a channel sees no marks.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.feeds.interface import Alternate
from ota_dev.feeds.semantic_versions import SemanticVersion

__all__ = ["Offer", "Selection", "select"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """One installer, under the version by which clients compare it."""

    artifact: Artifact
    version: SemanticVersion


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """What clients are offered."""

    offers: tuple[Offer, ...] = ()  # newest first
    alternates: tuple[Alternate, ...] = ()
    problems: tuple[str, ...] = ()

    def __add__(self, other: "Selection") -> "Selection":
        """Put what several systems are offered together."""
        return Selection(
            offers=self.offers + other.offers,
            alternates=self.alternates + other.alternates,
            problems=self.problems + other.problems,
        )


def select(artifacts: Iterable[Artifact], kind: PackageKind, needs: str) -> Selection:
    """Choose among the *artifacts* of one system; *needs* says what its clients need, such as `X needs a zip`."""
    visible = [artifact for artifact in artifacts if artifact.policy.channel is None]
    versions = {a.download_name: version for a in visible if (version := SemanticVersion.read(a.short_version))}
    readable = [Offer(artifact=a, version=versions[a.download_name]) for a in visible if a.download_name in versions]
    chosen: dict[object, Offer] = {}
    for offer in readable:
        if offer.artifact.kind is kind:
            chosen.setdefault(offer.version.order, offer)
    newest_first = sorted(chosen.values(), key=_order, reverse=True)
    alternates = (
        Alternate(left_out=other.artifact, chosen=taken.artifact)
        for other in readable
        if (taken := chosen.get(other.version.order)) and taken is not other
    )
    unreadable = [a for a in visible if a.download_name not in versions and a.kind is kind]
    return Selection(
        offers=tuple(newest_first),
        alternates=tuple(alternates),
        problems=(*map(_unreadable, unreadable), *_missing(readable, newest_first, needs)),
    )


def _order(offer: Offer) -> tuple[object, ...]:
    return offer.version.order


def _unreadable(artifact: Artifact) -> str:
    return (
        f"{artifact.download_name} is left out: its version {artifact.short_version} is no semantic version, which has "
        "three numbers"
    )


def _missing(readable: list[Offer], newest_first: list[Offer], needs: str) -> Iterator[str]:
    """Say what the newest version is, when it is not what clients are offered."""
    newest = max(readable, key=_order, default=None)
    if newest and (not newest_first or newest.version.order > newest_first[0].version.order):
        yield f"{needs}: of {newest.version} there is only {newest.artifact.download_name}"
