"""Which installer a hand-written client is offered. Pure.

1. Of the installers for its system and processor, on the default channel and the one it asks for, those of the newest
   short version, which is what such clients compare.
2. Of these, one whose name ends as the client accepts goes before any other: the client downloads the whole file, and
   refuses it then.
3. One that is known to run on the processor goes before one of which nothing is known.
4. Then the newest build, then the kind as the appcast prefers it, on Linux archives first.
"""

from pathlib import PurePosixPath

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.narrowing import Narrowing
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.catalog.versions import compare
from ota_dev.feeds.preferred_kinds import PREFERRED_KINDS, kind_ranks
from ota_dev.server.update_check.parameters import Asked

__all__ = ["newest_installer"]

# As the client that ota-dev began with has them, which reads upper and lower case as different.
_ACCEPTED_SUFFIXES = frozenset({".zip", ".tar", ".gz", ".bz2", ".dmg", ".exe", ".msi", ".pkg"})
_RANKS = kind_ranks(
    {**PREFERRED_KINDS, Platform.LINUX: (PackageKind.TAR, PackageKind.ZIP, *PREFERRED_KINDS[Platform.LINUX])}
)


def newest_installer(app: App, asked: Asked) -> Artifact | None:
    """Give the installer of *app* to offer, whatever version the client has; `None` when there is none for it."""
    target = Narrowing(platform=asked.platform, architecture=asked.architecture)
    releases = target.of(app).on_channel(asked.channel).releases
    if not releases:
        return None
    # By default releases are ordered by their builds, which may be another system's.
    newest = max(releases, key=lambda release: release.short_version.order)
    fitting = _best_fitting(newest.artifacts)
    of_newest_build = [artifact for artifact in fitting if compare(artifact.build, fitting[0].build) == 0]
    return min(of_newest_build, key=lambda artifact: _RANKS[artifact.platform][artifact.kind])


def _best_fitting(artifacts: tuple[Artifact, ...]) -> list[Artifact]:
    best = min(map(_misfits, artifacts))
    return [artifact for artifact in artifacts if _misfits(artifact) == best]


def _misfits(artifact: Artifact) -> tuple[bool, bool]:
    is_accepted = PurePosixPath(artifact.download_name).suffix in _ACCEPTED_SUFFIXES
    return not is_accepted, artifact.architecture is Architecture.UNKNOWN
