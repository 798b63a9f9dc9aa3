"""The same installers under another version: none newer, the same, an older one, or an advertised one. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.policy_values import version_text
from ota_dev.catalog.releases import App, Catalog
from ota_dev.catalog.versions import Version
from ota_dev.scenarios.asker import Asker
from ota_dev.scenarios.bends.newest import newest_of_each_platform, rebuilt
from ota_dev.scenarios.parameters import parameter
from ota_dev.scenarios.values import Kind

__all__ = ["VERSION", "OlderVersion", "SameVersion", "offered_as", "relabelled"]

VERSION = Kind("version, such as 1.3.0", lambda text: Version(version_text(text)))
OLDEST = Version("0.0.1")


def relabelled(artifact: Artifact, short_version: Version, build: Version, title: str | None = None) -> Artifact:
    """Give *artifact* under another version, for everyone; file, size and signature stay.

    A title that was made for its own version, a channel that would hide it, and deltas that lead to another build are
    left out.
    """
    return replace(
        artifact,
        short_version=short_version,
        build=build,
        policy=replace(artifact.policy, title=title, channel=None),
        deltas=artifact.deltas if build == artifact.build else (),
    )


def offered_as(catalog: Catalog, bent: Catalog) -> Iterator[str]:
    """Say for the log, in a sentence for each installer, what the *bent* catalog offers as another version than it is.

    The sentences hold names of files, in which control characters are still to be escaped.
    """
    real = {artifact.download_name: artifact for artifact in catalog}
    for offered in bent:
        artifact = real[offered.download_name]
        if (offered.short_version, offered.build) != (artifact.short_version, artifact.build):
            yield (
                f"{offered.download_name}: offered as {offered.short_version} (build {offered.build}), "
                f"though it is {artifact.short_version} (build {artifact.build})"
            )


@dataclass(frozen=True, kw_only=True, slots=True)
class OlderVersion:
    """Offer only the newest installers, under a version that is older than any app."""

    def bend(self, catalog: Catalog, _asker: Asker) -> Catalog:
        """Bend *catalog*, the same for everyone."""
        return rebuilt(catalog, lambda app: [relabelled(a, OLDEST, OLDEST) for a in newest_of_each_platform(app)])


@dataclass(frozen=True, kw_only=True, slots=True)
class SameVersion:
    """Offer only what the asker has already; to who does not say what that is, the newest."""

    host: Version | None = parameter(VERSION, None, "the version that the app has; else what it says of itself")

    def bend(self, catalog: Catalog, asker: Asker) -> Catalog:
        """Bend *catalog* for this asker."""
        version = self.host or asker.host_version
        return rebuilt(catalog, lambda app: _at(app, version))


def _at(app: App, version: Version | None) -> list[Artifact]:
    there = newest_of_each_platform(app) if version is None else _having(app, version)
    if version is None or there:
        return [relabelled(artifact, artifact.short_version, artifact.build) for artifact in there]
    return [relabelled(artifact, version, version) for artifact in newest_of_each_platform(app)]


def _having(app: App, version: Version) -> tuple[Artifact, ...]:
    """Find what has *version* as its short version, else as its build: clients say the one, who asks by hand either."""
    wanted = version.canonical
    return tuple(artifact for artifact in app.artifacts if artifact.short_version.canonical == wanted) or tuple(
        artifact for artifact in app.artifacts if artifact.build.canonical == wanted
    )
