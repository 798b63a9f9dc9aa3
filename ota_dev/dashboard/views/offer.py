"""What is on offer now, per app, system, architecture and channel, with where each fact came from. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import quote

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.notes import NotesFormat
from ota_dev.catalog.releases import App
from ota_dev.dashboard.state import State
from ota_dev.feeds.interface import Alternate
from ota_dev.scan.interface import Skipped

__all__ = ["AppOffer", "Offer", "OfferedInstaller", "ReleaseNote", "offer_view"]

MOST_INSTALLERS = 200  # of one app; who has more sees the newest
MOST_NOTES = 20  # of one app
LONGEST_NOTE = 20_000  # characters
_MARKS = ("critical", "informational", "phased_rollout_interval", "minimum_autoupdate_version")  # of a policy


@dataclass(frozen=True, kw_only=True, slots=True)
class OfferedInstaller:
    """One installer and what it is known for."""

    artifact: Artifact
    is_newest: bool  # of its app
    version_source: str  # where its version was read, such as `Info.plist`
    sources: tuple[tuple[str, str, str], ...]  # each fact with its value and where it was read
    marks: tuple[str, ...]  # what is special about it, each a word that the page has
    systems: tuple[str, str]  # the oldest and the newest that it runs on, empty where it runs on any

    @property
    def path(self) -> str:
        """Give the address of the installer on this server."""
        return f"/downloads/{quote(self.artifact.download_name)}"


@dataclass(frozen=True, kw_only=True, slots=True)
class ReleaseNote:
    """What is new in one release, in one language."""

    version: str
    language: str
    is_html: bool
    text: str  # by anybody: to be shown as text, or in a sandbox


@dataclass(frozen=True, kw_only=True, slots=True)
class AppOffer:
    """One app."""

    name: str
    feed_path: str
    installers: tuple[OfferedInstaller, ...]  # newest first
    left_out: int  # that are not shown
    alternates: tuple[Alternate, ...]
    notes: tuple[ReleaseNote, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """Everything on offer, and what is not."""

    is_ready: bool
    folder: str
    apps: tuple[AppOffer, ...]
    skipped: tuple[Skipped, ...]
    notices: tuple[str, ...]
    static_problem: str | None  # why the file that is the feed cannot be served; `None` where the feed is no file


def offer_view(state: State, _: Mapping[str, str]) -> Offer:
    """Show the publication."""
    publication = state.publication
    apps = publication.catalog.apps if publication else ()
    return Offer(
        is_ready=publication is not None,
        folder=state.folder,
        apps=tuple(_app(app, state, is_only=len(apps) == 1) for app in apps),
        skipped=publication.skipped if publication else (),
        notices=publication.notices if publication else (),
        static_problem=publication.static_feed.problem if publication and publication.static_feed else None,
    )


def _app(app: App, state: State, *, is_only: bool) -> AppOffer:
    newest = app.newest.artifacts if app.newest else ()
    shown, name = app.artifacts[:MOST_INSTALLERS], state.feed.format.file_name
    return AppOffer(
        name=app.name,
        feed_path=f"/{name}" if is_only else f"/apps/{quote(app.key)}/{name}",
        installers=tuple(_installer(artifact, is_newest=artifact in newest) for artifact in shown),
        left_out=len(app.artifacts) - len(shown),
        alternates=state.feed.alternates(app),
        notes=_notes(shown),
    )


def _notes(artifacts: Sequence[Artifact]) -> tuple[ReleaseNote, ...]:
    """Give the notes of each release once, though all of its installers have them; the newest first."""
    found = dict.fromkeys(
        ReleaseNote(
            version=artifact.short_version.text,
            language=note.language or "",
            is_html=note.format is NotesFormat.HTML,
            text=note.text[:LONGEST_NOTE],
        )
        for artifact in artifacts
        for note in artifact.notes.notes
    )
    return tuple(islice(found, MOST_NOTES))


def _installer(artifact: Artifact, *, is_newest: bool) -> OfferedInstaller:
    facts, policy = artifact.facts, artifact.policy_in_force
    sources = [(name, _shown(value), facts.sources.get(name, "")) for name, value in facts.known().items()]
    return OfferedInstaller(
        artifact=artifact,
        is_newest=is_newest,
        version_source=facts.sources.get("short_version") or facts.sources.get("version", ""),
        sources=tuple(sources),
        marks=tuple(name for name in _MARKS if getattr(policy, name)),
        systems=(policy.minimum_os or "", policy.maximum_os or ""),
    )


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
