"""Which artifacts the deltas in a folder lead to, by their names. Pure.

Sparkle's `generate_appcast` (Appcast.swift, 2.x) names a delta `<AppName><new>-<old>.delta`: the file name of the app's
bundle and two builds, letter for letter, with nothing in between. Names may have blanks and digits in them and builds
may have dashes, so it takes the names and builds on offer to tell the parts apart.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.deltas import Delta
from ota_dev.catalog.grouping import normalise
from ota_dev.catalog.package_deltas import is_package_delta, match_package_deltas
from ota_dev.catalog.releases import App, Catalog
from ota_dev.catalog.versions import Version

__all__ = ["match_deltas"]

_LONGEST_NAME = 255  # characters; no file system has longer ones

_Place = tuple[str, str]  # the key of an app and a build
_Deltas = dict[_Place, dict[str, Delta]]  # by the build that each starts from


def match_deltas(catalog: Catalog, sizes: Mapping[str, int]) -> tuple[Catalog, dict[str, str]]:
    """Give each delta to the artifacts that it leads to; *sizes* are the bytes of each by download name.

    Also gives, by download name, the reason why a delta leads to none.
    """
    if not sizes:
        return catalog, {}
    catalog, reasons = match_package_deltas(catalog, sizes)
    apps = [_MacApp.of(app) for app in catalog.apps]
    found: _Deltas = {}
    for name, size in sorted(sizes.items()):
        if is_package_delta(name):
            continue
        readings = [reading for app in apps for reading in app.readings(PurePosixPath(name).stem)]
        if reason := _reason(readings):
            reasons[name] = reason
            continue
        reading = max(readings, key=lambda reading: reading.rank)
        starts = found.setdefault((reading.app.key, reading.build), {})
        delta = Delta(download_name=name, from_build=Version(reading.from_build), size=size)
        if (first := starts.setdefault(reading.from_build, delta)) is not delta:
            reasons[name] = f"{first.download_name} leads from {reading.from_build} to {reading.build} too"
    return Catalog(apps=tuple(_with_deltas(app, found) for app in catalog.apps)), reasons


@dataclass(frozen=True, kw_only=True, slots=True)
class _MacApp:
    """What a delta of an app can be named after."""

    key: str
    names: frozenset[str]  # normalised
    builds: Mapping[str, int]  # the number of architectures of each

    @classmethod
    def of(cls, app: App) -> "_MacApp":
        bundles = [artifact for artifact in app.artifacts if artifact.is_mac_bundle]
        targets = {(artifact.build.text, artifact.architecture) for artifact in bundles}
        builds = [build for build, _ in targets]
        aliases = {alias for artifact in bundles for alias in artifact.aliases}
        names = {app.key, normalise(app.name), *aliases} - {""}
        return cls(key=app.key, names=frozenset(names), builds={build: builds.count(build) for build in builds})

    def readings(self, stem: str) -> Iterator["_Reading"]:
        """Give every way to read the name of a delta, without its ending, as one of this app's."""
        if len(stem) > _LONGEST_NAME:
            return
        dashes = [place for place, character in enumerate(stem) if character == "-" and stem[place + 1 :]]
        for dash in dashes:
            for start in range(1, dash):
                if (build := stem[start:dash]) in self.builds and normalise(stem[:start]) in self.names:
                    yield _Reading(app=self, build=build, from_build=stem[dash + 1 :])


@dataclass(frozen=True, kw_only=True, slots=True)
class _Reading:
    """One way to read the name of a delta."""

    app: _MacApp
    build: str
    from_build: str

    @property
    def rank(self) -> tuple[bool, int]:
        """Rank it: a build that is on offer as the start is no coincidence, and neither is a long one as the goal."""
        return self.from_build in self.app.builds, len(self.build)


def _reason(readings: list[_Reading]) -> str:
    """Say why a delta that can be read in these ways leads nowhere; an empty text when it does lead somewhere."""
    if not readings:
        return (
            "there is no installer for macOS of the app and the build that its name begins with: "
            "name it <AppName><new>-<old>.delta, as Sparkle does, and keep the installer of the new build beside it"
        )
    if len({reading.app.key for reading in readings}) > 1:
        return "several apps here have its name and its build: choose one with --app"
    best = max(readings, key=lambda reading: reading.rank)
    if best.app.builds[best.build] > 1:
        return f"{best.build} is there for several architectures, and nothing says for which one it is"
    if not Version(best.build).is_newer_than(Version(best.from_build)):
        return f"it leads from {best.from_build} to {best.build}, which is no newer build"
    return ""


def _with_deltas(app: App, found: _Deltas) -> App:
    def add(artifact: Artifact) -> Artifact:
        starts = found.get((app.key, artifact.build.text))
        if starts is None or not artifact.is_mac_bundle:
            return artifact
        newest_first = sorted(starts, key=lambda build: Version(build).order, reverse=True)
        return replace(artifact, deltas=tuple(starts[build] for build in newest_first))

    return app.with_each(add)
