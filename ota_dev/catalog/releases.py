"""Releases, apps and the catalog of all that is on offer.

- A release groups the artifacts of one short version of one app; each artifact keeps its own build.
- Releases stand newest first, by the newest build in each, as the strictest client compares builds.
- Within one version: universal first, then x86_64 before arm64, since Sparkle takes the first of equals.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.policy import Policy
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.catalog.versions import Version

__all__ = ["App", "Catalog", "Release"]

_PLATFORM_ORDER = {platform: place for place, platform in enumerate(Platform)}
_ARCHITECTURE_ORDER = {architecture: place for place, architecture in enumerate(Architecture)}


@dataclass(frozen=True, kw_only=True)
class Release:
    """One short version of one app with its artifacts, newest build first."""

    short_version: Version
    artifacts: tuple[Artifact, ...]

    @classmethod
    def of(cls, artifacts: Iterable[Artifact]) -> "Release":
        """Group artifacts of one short version."""
        ordered = sorted(artifacts, key=_within_release)
        ordered.sort(key=lambda artifact: artifact.build.order, reverse=True)
        return cls(short_version=ordered[0].short_version, artifacts=tuple(ordered))

    @property
    def build(self) -> Version:
        """Give the newest build among the artifacts."""
        return self.artifacts[0].build


@dataclass(frozen=True, kw_only=True)
class App:
    """One app with its releases, newest first."""

    key: str  # lower-case letters and digits; names the app in URLs
    name: str
    releases: tuple[Release, ...] = ()

    @classmethod
    def of(cls, key: str, name: str, artifacts: Iterable[Artifact]) -> "App":
        """Group one app's artifacts into releases and order them."""
        by_version: dict[str, list[Artifact]] = {}
        for artifact in artifacts:
            by_version.setdefault(artifact.short_version.canonical, []).append(artifact)
        releases = sorted(map(Release.of, by_version.values()), key=lambda release: release.short_version.text)
        releases.sort(key=lambda release: release.build.order, reverse=True)
        return cls(key=key, name=name, releases=tuple(releases))

    @property
    def newest(self) -> Release | None:
        """Give the newest release, `None` while there is none."""
        return self.releases[0] if self.releases else None

    @cached_property
    def artifacts(self) -> tuple[Artifact, ...]:
        """Give every artifact, newest build first."""
        ordered = sorted(
            (artifact for release in self.releases for artifact in release.artifacts),
            key=lambda artifact: artifact.build.order,
            reverse=True,
        )
        return tuple(ordered)

    @cached_property
    def channels(self) -> frozenset[str]:
        """Give the channels that there are installers on, besides the default one."""
        return frozenset(artifact.policy.channel for artifact in self.artifacts if artifact.policy.channel)

    @cached_property
    def languages(self) -> tuple[tuple[str, ...], ...]:
        """Give the languages of the notes of one installer, for each choice of them that there is."""
        return tuple(sorted({artifact.notes.languages for artifact in self.artifacts}))

    def with_each(self, change: Callable[[Artifact], Artifact]) -> "App":
        """Change every artifact in a way that keeps its release and its place."""
        return self._with_artifacts(lambda release: map(change, release.artifacts))

    def narrowed(self, platform: Platform | None = None, architecture: Architecture | None = None) -> "App":
        """Keep the artifacts that run on *platform* and *architecture*; `None` does not narrow.

        An artifact whose architecture is universal or not known is kept for every architecture.
        """
        return self._with_artifacts(
            lambda release: (a for a in release.artifacts if _runs_on(a, platform, architecture))
        )

    def on_channel(self, channel: str | None) -> "App":
        """Keep what those on *channel* see: it and the default channel, which alone is `None`.

        What is kept carries no channel any more, since some clients know none.
        """
        return self._with_artifacts(
            lambda release: (
                replace(artifact, policy=replace(artifact.policy, channel=None))
                for artifact in release.artifacts
                if artifact.policy.channel in (None, channel)
            )
        )

    def up_to(self, newest: Version) -> "App":
        """Keep the releases whose short version is not newer than *newest*."""
        return self._with_artifacts(
            lambda release: () if release.short_version.is_newer_than(newest) else release.artifacts
        )

    def in_language(self, wanted: Sequence[str]) -> "App":
        """Keep the notes in the best of the *wanted* languages, else in the default one."""
        return self._with_artifacts(
            lambda release: (replace(artifact, notes=artifact.notes.only(wanted)) for artifact in release.artifacts)
        )

    def with_newest(self, policy: Policy) -> "App":
        """Lay *policy* over that of the newest release."""
        return self._with_artifacts(
            lambda release: (
                replace(artifact, policy=policy.over(artifact.policy)) if release is self.newest else artifact
                for artifact in release.artifacts
            )
        )

    def _with_artifacts(self, change: Callable[[Release], Iterable[Artifact]]) -> "App":
        """Change the artifacts of each release, without changing their order; a release without any is left out."""
        changed = ((release, tuple(change(release))) for release in self.releases)
        releases = (replace(release, artifacts=artifacts) for release, artifacts in changed if artifacts)
        return replace(self, releases=tuple(releases))


@dataclass(frozen=True, kw_only=True)
class Catalog:
    """All apps on offer, in the order of their keys."""

    apps: tuple[App, ...] = ()

    def __iter__(self) -> Iterator[Artifact]:
        return (artifact for app in self.apps for artifact in app.artifacts)

    def with_each(self, change: Callable[[Artifact], Artifact]) -> "Catalog":
        """Change every artifact in a way that keeps its app, its release and its place."""
        return Catalog(apps=tuple(app.with_each(change) for app in self.apps))

    def app(self, key: str) -> App | None:
        """Find an app by its key."""
        return next((app for app in self.apps if app.key == key), None)


def _within_release(artifact: Artifact) -> tuple[int, int, str]:
    return (
        _PLATFORM_ORDER[artifact.platform],
        _ARCHITECTURE_ORDER[artifact.architecture],
        artifact.download_name,
    )


def _runs_on(artifact: Artifact, platform: Platform | None, architecture: Architecture | None) -> bool:
    fits_every = (Architecture.UNIVERSAL, Architecture.UNKNOWN)
    return platform in (None, artifact.platform) and (
        architecture in (None, artifact.architecture) or artifact.architecture in fits_every
    )
