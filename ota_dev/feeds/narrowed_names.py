"""Names of feeds that say what they are narrowed to, and the layout of all of them. Pure.

    {stem}[-{os}[-{arch}]][.{language}]{suffix}

A static host cannot compute an answer, so each narrowing is a file under every spelling that clients use. An operating
system is laid out once something for it is on offer, and then for every architecture that clients on it have: one
without an installer is told that there is no update, as the live server does, instead of getting an error.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from ota_dev.catalog.narrowing import Narrowing
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.feeds.addresses import in_channel
from ota_dev.feeds.interface import FeedFile, FeedName, Question

__all__ = ["NarrowedNames"]

_ARCHITECTURES = {
    Platform.MACOS: (Architecture.ARM64, Architecture.X86_64),
    Platform.WINDOWS: (Architecture.X86_64, Architecture.ARM64, Architecture.X86),
    Platform.LINUX: (Architecture.X86_64, Architecture.ARM64),
}
_SPELLINGS = {
    Architecture.ARM64: ("arm64", "aarch64"),
    Architecture.X86_64: ("x86_64", "amd64", "x64"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class NarrowedNames:
    """The names of one format."""

    stem: str
    suffix: str

    def name(self, system: str | None = None, architecture: str | None = None, language: str | None = None) -> str:
        """Give the name of the feed that is narrowed to this."""
        target = "".join(f"-{part}" for part in (system, architecture) if part)
        return f"{self.stem}{target}{f'.{language}' if language else ''}{self.suffix}"

    def read(self, name: str) -> FeedName | None:
        """Read what *name* narrows the feed to, `None` when it is the name of another file."""
        middle = name.removeprefix(self.stem).removesuffix(self.suffix)
        if name != f"{self.stem}{middle}{self.suffix}" or middle[:1] not in ("", "-", ".") or "/" in middle:
            return None
        target, dot, language = middle.partition(".")
        _, dash, target = target.partition("-")
        system, second_dash, architecture = target.partition("-")
        return FeedName(
            system=system if dash else None,
            architecture=architecture if second_dash else None,
            language=language if dot else None,
        )

    def files(self, app: App, channels: Sequence[str], languages: Sequence[str]) -> Iterator[FeedFile]:
        """Lay out every channel that something is on, every language that has notes, and *channels*, *languages*."""
        for channel, language, (platform, architecture) in product(
            (None, *sorted(app.channels.union(channels))),
            (None, *sorted({*languages}.union(*app.languages))),
            _targets(app),
        ):
            narrowing = Narrowing(
                platform=platform,
                architecture=architecture,
                channel=channel,
                languages=(language,) if language else None,
            )
            system = platform.value if platform else None
            names = (self.name(system, spelling, language) for spelling in _spellings(architecture))
            paths = tuple(in_channel(channel, name) for name in names)
            yield FeedFile(paths=paths, question=Question(narrowing=narrowing))


def _targets(app: App) -> Iterator[tuple[Platform | None, Architecture | None]]:
    yield None, None
    for platform, usual in _ARCHITECTURES.items():
        offered = [artifact.architecture for artifact in app.artifacts if artifact.platform is platform]
        if offered:
            yield platform, None
            for architecture in dict.fromkeys((*usual, *offered)):
                if architecture is not Architecture.UNKNOWN:
                    yield platform, architecture


def _spellings(architecture: Architecture | None) -> tuple[str | None, ...]:
    return _SPELLINGS.get(architecture, (architecture.value,)) if architecture else (None,)
