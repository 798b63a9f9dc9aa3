"""Which installers Tauri's updater is offered. Pure.

1. The static document is about one version, the newest by semantic versioning that something usable is there of.
2. Usable is a bundle of Tauri's with a signature: one entry without would fail the whole document, for every system.
3. The client knows no channels in a feed, so only what carries no mark counts; who asks for a channel sees no marks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Architecture
from ota_dev.feeds.interface import Alternate
from ota_dev.feeds.semantic_versions import SemanticVersion
from ota_dev.feeds.tauri.bundles import BUNDLES, target_names
from ota_dev.feeds.tauri.candidates import Candidate

__all__ = ["Selection"]


@dataclass(frozen=True)
class Selection:
    """What is offered of *app*; of one *kind* of installer, where that is asked for."""

    app: App
    kind: PackageKind | None = None

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """Give whatever carries no mark of a channel, newest build first."""
        return tuple(Candidate.of(artifact) for artifact in self.app.artifacts if artifact.policy.channel is None)

    @cached_property
    def version(self) -> SemanticVersion | None:
        """Give the version on offer, `None` where there is none."""
        versions = (candidate.version for candidate in self.candidates if candidate.version and self._takes(candidate))
        return max(versions, key=lambda version: version.order, default=None)

    @cached_property
    def chosen(self) -> tuple[Candidate, ...]:
        """Give what is on offer: what is for one architecture first, then by kind."""
        newest = self.version
        usable = (candidate for candidate in self.candidates if self._takes(candidate))
        chosen = (each for each in usable if newest and each.version and each.version.order == newest.order)
        return tuple(sorted(chosen, key=_rank))

    @property
    def files(self) -> tuple[Artifact, ...]:
        """Give the installers on offer, in that order."""
        return tuple(candidate.artifact for candidate in self.chosen)

    @cached_property
    def entries(self) -> dict[str, Artifact]:
        """Give what stands for each target, and for each bundle of a target, by its key in the document."""
        found: dict[str, Artifact] = {}
        for artifact in self.files:
            for target in target_names(artifact):
                found.setdefault(target, artifact)
                found.setdefault(f"{target}-{BUNDLES[artifact.platform][artifact.kind]}", artifact)
        return dict(sorted(found.items()))

    @property
    def alternates(self) -> Iterator[Alternate]:
        """Name what is there of the same version and system and is no bundle of Tauri's."""
        chosen = {artifact.platform: artifact for artifact in reversed(self.files)}
        for candidate in self.candidates:
            other = candidate.artifact
            if not candidate.is_bundle and candidate.version == self.version and other.platform in chosen:
                yield Alternate(left_out=other, chosen=chosen[other.platform])

    def _takes(self, candidate: Candidate) -> bool:
        return candidate.is_usable and self.kind in (None, candidate.artifact.kind)


def _rank(candidate: Candidate) -> tuple[bool, int]:
    artifact = candidate.artifact
    is_for_several = artifact.architecture in (Architecture.UNIVERSAL, Architecture.UNKNOWN)
    return is_for_several, list(BUNDLES[artifact.platform]).index(artifact.kind)
