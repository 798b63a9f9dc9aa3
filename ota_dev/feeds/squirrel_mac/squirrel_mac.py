"""Squirrel.Mac's JSON as one of the feeds: names, selection and the two forms put together. Pure.

Written from the format, as Electron's documentation of `autoUpdater` and the release servers have it; no real client
was run. Asked with a version the answer is what is newer, or no content; the static form lists all versions, and the
client compares. It is not told architectures, so a feed that is not narrowed to one has of each version the first.
"""

import json
from collections.abc import Iterator, Sequence

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.narrowing import Narrowing
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.releases import App
from ota_dev.catalog.safe_text import plain, plain_lines
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.catalog.versions import Version
from ota_dev.feeds.addresses import in_channel
from ota_dev.feeds.interface import EVERYTHING, Alternate, FeedFile, FeedFormat, FeedName, Links, Question
from ota_dev.feeds.one_kind import Offer, Selection, select
from ota_dev.feeds.semantic_versions import SemanticVersion
from ota_dev.feeds.squirrel_targets import NEWER, below_target

__all__ = ["SquirrelMacFeed"]

_FILE = "RELEASES.json"
_FOLDERS = {None: "", Architecture.X86_64: "darwin/x64/", Architecture.ARM64: "darwin/arm64/"}


class SquirrelMacFeed:
    """The feed for Squirrel.Mac."""

    format = FeedFormat(name="squirrel-mac", file_name=_FILE, media_type="application/json; charset=utf-8")
    required_digests: frozenset[str] = frozenset()

    def read_name(self, name: str) -> FeedName | None:
        """Read `RELEASES.json`, also below a target, or the address that says a target and a version."""
        if name == _FILE:
            return FeedName(system="darwin")
        return below_target(name, "darwin", _FILE) or below_target(name, "darwin")

    def file_names(self, app: App) -> tuple[str, ...]:
        """Name the static feed, where there is a zip for macOS."""
        return (_FILE,) if self.offered(app) else ()

    def files(self, app: App, channels: Sequence[str] = (), _languages: Sequence[str] = ()) -> Iterator[FeedFile]:
        """Give the static feed of each architecture on each channel; the other form cannot be a file."""
        has_zips = any(a.platform is Platform.MACOS and a.kind is PackageKind.ZIP for a in app.artifacts)
        for channel in (None, *sorted(app.channels.union(channels))) if has_zips else ():
            for architecture, folder in _FOLDERS.items():
                narrowing = Narrowing(platform=Platform.MACOS, architecture=architecture, channel=channel)
                path = in_channel(channel, f"{folder}{_FILE}")
                yield FeedFile(paths=(path,), question=Question(narrowing=narrowing))

    def offered(self, app: App) -> tuple[Artifact, ...]:
        """Name the zips in the feed."""
        return tuple(offer.artifact for offer in _selection(app).offers)

    def alternates(self, app: App) -> tuple[Alternate, ...]:
        """Name what is there of the same version and is not in the feed."""
        return _selection(app).alternates

    def problems(self, app: App) -> tuple[str, ...]:
        """Say what there is no zip of, and what has no semantic version."""
        return _selection(app).problems

    def render(self, app: App, links: Links, question: Question = EVERYTHING) -> bytes | None:
        """Render what is newer than the version that asks, `None` when nothing is; else every version."""
        offers = _selection(app).offers
        if question.form != NEWER:
            return _json(_static(offers, links))
        newest = next(iter(offers), None)
        has_it = newest and question.host_version and not _is_newer(newest.version, question.host_version)
        return None if newest is None or has_it else _json(_update(newest, links))


def _selection(app: App) -> Selection:
    macs = (artifact for artifact in app.artifacts if artifact.platform is Platform.MACOS)
    return select(macs, PackageKind.ZIP, "Squirrel.Mac needs a zip of the .app")


def _is_newer(version: SemanticVersion, host: Version) -> bool:
    installed = SemanticVersion.read(host)
    return installed is None or version.order > installed.order


def _static(offers: Sequence[Offer], links: Links) -> dict[str, object]:
    releases = [
        {"version": str(offer.version), "updateTo": {"version": str(offer.version), **_update(offer, links)}}
        for offer in offers
    ]
    return {"currentRelease": str(offers[0].version) if offers else "", "releases": releases}


def _update(offer: Offer, links: Links) -> dict[str, str]:
    artifact = offer.artifact
    note = artifact.notes.in_language()
    # A name may hold halves of surrogate pairs, which percent-encoding knows none of.
    name = artifact.download_name.encode(errors="replace").decode()
    return {
        "url": links.download(name),
        "name": plain(artifact.policy.title or str(offer.version)),
        "notes": plain_lines(note.text) if note else "",
        "pub_date": artifact.published.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def _json(value: dict[str, object] | dict[str, str]) -> bytes:
    return f"{json.dumps(value, indent=2)}\n".encode()
