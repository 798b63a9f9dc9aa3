"""Tauri's JSON as one of the feeds: names, selection and documents put together. Pure."""

import json
from collections.abc import Iterator, Mapping, Sequence

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.releases import App
from ota_dev.feeds.interface import EVERYTHING, Alternate, FeedFile, FeedFormat, FeedName, Links, Question
from ota_dev.feeds.semantic_versions import SemanticVersion
from ota_dev.feeds.tauri.document import static_document, update_document
from ota_dev.feeds.tauri.naming import STATIC, bundle_asked, feed_files, is_for_one, read_name
from ota_dev.feeds.tauri.problems import problems
from ota_dev.feeds.tauri.selection import Selection

__all__ = ["TauriFeed"]


class TauriFeed:
    """The feed for Tauri 2's updater, of all targets or in answer to one app."""

    format = FeedFormat(
        name="tauri",
        file_name=STATIC,
        media_type="application/json; charset=utf-8",
        form_parameter="bundle_type",
    )
    required_digests = frozenset[str]()

    def read_name(self, name: str) -> FeedName | None:
        """Read `latest.json`, or `tauri/darwin/aarch64/1.2.0`, which is answered to that version."""
        return read_name(name)

    def file_names(self, app: App) -> tuple[str, ...]:
        """Name the static document, where there is something in it."""
        return (STATIC,) if self.offered(app) else ()

    def files(self, app: App, channels: Sequence[str] = (), _languages: Sequence[str] = ()) -> Iterator[FeedFile]:
        """Give the static document of each channel; notes are in the default language, since no name says one."""
        return feed_files(app, channels) if self.offered(app) else iter(())

    def offered(self, app: App) -> tuple[Artifact, ...]:
        """Name the installers in the feed."""
        return Selection(app).files

    def alternates(self, app: App) -> tuple[Alternate, ...]:
        """Name the installers of the same version that the client does not install."""
        return tuple(Selection(app).alternates)

    def problems(self, app: App) -> tuple[str, ...]:
        """Say what is newer than what is offered, or missing from it, and why."""
        return tuple(problems(Selection(app)))

    def render(self, app: App, links: Links, question: Question = EVERYTHING) -> bytes | None:
        """Render the newest version as JSON in UTF-8; nothing for an app that has it."""
        if not is_for_one(question):
            return _json(static_document(Selection(app), links))
        selection = Selection(app, bundle_asked(question))
        if selection.version is None or _has(question, selection.version):
            return None
        return _json(update_document(selection.version, selection.files[0], links))


def _has(question: Question, newest: SemanticVersion) -> bool:
    """Say whether the app that asks has *newest* or more; one with another kind of version compares for itself."""
    installed = SemanticVersion.read(question.host_version) if question.host_version else None
    return installed is not None and newest.order <= installed.order


def _json(document: Mapping[str, object]) -> bytes:
    return f"{json.dumps(document, ensure_ascii=False, indent=2)}\n".encode()
