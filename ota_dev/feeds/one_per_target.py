"""Which installers a feed offers that lists every version with one installer for each target, as appcasts do.

A client takes one item per version, so of several kinds for one version, target and channel one is offered and the
rest are its alternates. Clients on Windows and Linux know no channels and would offer a beta to everyone, so for them
only what carries no channel counts; `App.on_channel` takes the mark off for those who ask for a channel. Nothing is
rendered here.
"""

from dataclasses import dataclass

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.feeds.interface import Alternate
from ota_dev.feeds.preferred_kinds import kind_ranks

__all__ = ["Selection", "select"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """The artifacts that such a feed offers, newest build first, and those it leaves out."""

    items: tuple[Artifact, ...]
    alternates: tuple[Alternate, ...]


def select(app: App) -> Selection:
    """Choose one artifact per release, build and target; an unknown architecture is a target of its own."""
    visible = [(artifact, _place(artifact)) for artifact in app.artifacts if _is_visible(artifact)]
    chosen: dict[_Place, Artifact] = {}
    for artifact, place in visible:
        rival = chosen.get(place)
        if rival is None or _rank(artifact) < _rank(rival):
            chosen[place] = artifact
    items: list[Artifact] = []
    alternates: list[Alternate] = []
    for artifact, place in visible:
        if (best := chosen[place]) is artifact:
            items.append(artifact)
        else:
            alternates.append(Alternate(left_out=artifact, chosen=best))
    return Selection(items=tuple(items), alternates=tuple(alternates))


def _is_visible(artifact: Artifact) -> bool:
    return artifact.platform is Platform.MACOS or artifact.policy.channel is None


_Place = tuple[str, str, Platform, Architecture, str | None]  # release, build, target, channel


def _place(artifact: Artifact) -> _Place:
    return (
        artifact.short_version.canonical,
        artifact.build.canonical,
        artifact.platform,
        artifact.architecture,
        artifact.policy.channel,
    )


def _rank(artifact: Artifact) -> int:
    return _RANKS[artifact.platform][artifact.kind]


_RANKS = kind_ranks()
