"""An update out of one's own build: the newest installers under a higher version, so that who runs them sees one. Pure.

- The short version becomes the one that is advertised, on every platform.
- The build becomes it too where clients find it newer (Sparkle's comparator), else the build with its last number plus
  one: an app whose builds are `1300` is never offered `1.3.1`.
- The title says that it is advertised. File, size and signature are those of the installer.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.releases import App, Catalog
from ota_dev.catalog.targets import Platform
from ota_dev.catalog.versions import Version
from ota_dev.scenarios.asker import Asker
from ota_dev.scenarios.bends.newest import newest_of_each_platform, rebuilt
from ota_dev.scenarios.bends.relabelling import relabelled
from ota_dev.scenarios.parameters import parameter
from ota_dev.scenarios.values import Kind

__all__ = ["ADVERTISED", "Advertised", "Raise", "next_build", "raised"]

MOST_NUMBERS = 4  # of a version that is raised; Windows has four

_VERSION = re.compile(r"[0-9][A-Za-z0-9._+-]{0,99}")
_NUMBERS = re.compile(r"[0-9]{1,18}(?:\.[0-9]{1,18})*")
_LAST_NUMBER = re.compile(r"[0-9]{1,18}(?=[^0-9]*$)")


class Raise(StrEnum):
    """Which number of a version is raised."""

    MAJOR = "major"
    MINOR = "minor"
    PATCH = "patch"


_RAISES = {number.value: number for number in Raise}


def _read(text: str) -> Version | Raise:
    """Read what to advertise: a version, or `+patch`, `+minor`, `+major`, where the plus may be missing in addresses.

    Raises:
        ValueError: it is neither.
    """
    if number := _RAISES.get(text.removeprefix("+")):
        return number
    if not _VERSION.fullmatch(text):
        raise ValueError(f"{text!r} is no version, write one such as 1.4.0, or one of +patch, +minor and +major")
    return Version(text)


ADVERTISED = Kind("version, such as 1.4.0, or patch, minor, major", _read)


@dataclass(frozen=True, kw_only=True, slots=True)
class Advertised:
    """Offer the newest installers of every app under a higher version, beside what is older."""

    version: Version | Raise = parameter(ADVERTISED, "patch", "the version, or which of its numbers is one higher")

    def bend(self, catalog: Catalog, _asker: Asker) -> Catalog:
        """Bend *catalog*, the same for everyone."""

        def change(app: App) -> Iterator[Artifact]:
            new = {artifact.download_name: artifact for artifact in self._relabelled(app)}
            return (new.get(artifact.download_name, artifact) for artifact in app.artifacts)

        return rebuilt(catalog, change)

    def _relabelled(self, app: App) -> Iterator[Artifact]:
        newest = newest_of_each_platform(app)
        if not newest:
            return
        version = self._version(newest)
        builds: dict[Platform, Version] = {}
        for artifact in newest:
            newest_build = builds.setdefault(artifact.platform, artifact.build)
            build = version if version.is_newer_than(newest_build) else next_build(newest_build)
            yield relabelled(artifact, version, build, title=f"{app.name} {version} (advertised)")

    def _version(self, newest: Sequence[Artifact]) -> Version:
        if isinstance(self.version, Version):
            return self.version
        highest = max((artifact.short_version for artifact in newest), key=lambda version: version.order)
        return raised(highest, self.version)


def raised(version: Version, by: Raise) -> Version:
    """Give the next version of which one number is one higher, and all after it are 0; it has three at least."""
    found = _NUMBERS.search(_compared(version))
    numbers = [int(number) for number in found[0].split(".")][:MOST_NUMBERS] if found else []
    place = list(Raise).index(by)
    numbers += [0] * (len(Raise) - len(numbers))
    higher = [*numbers[:place], numbers[place] + 1, *(0 for _ in numbers[place + 1 :])]
    return Version(".".join(map(str, higher)))


def next_build(build: Version) -> Version:
    """Give *build* with its last number plus one; where clients do not find that newer, what they do."""
    compared = _compared(build)
    candidates = (_LAST_NUMBER.sub(_plus_one, compared), f"{compared}.1", "1")
    return next(version for version in map(Version, candidates) if version.is_newer_than(build))


def _compared(version: Version) -> str:
    """Give what Sparkle compares: nothing after a dash, but for one at the beginning."""
    return version.text.split("-", 1)[0] or version.text


def _plus_one(number: re.Match[str]) -> str:
    return str(int(number[0]) + 1).zfill(len(number[0]))
