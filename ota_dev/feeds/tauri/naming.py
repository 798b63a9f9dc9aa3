"""The names of Tauri's feeds. Pure.

    latest.json                                             about every target
    tauri/{target}/{arch}/{current_version}[/{bundle_type}] an answer to one app; the bundle may stand in the query

The words in braces are those that the plug-in replaces in an app's `endpoints`; the prefix is ours.
"""

import re
from collections.abc import Iterator, Sequence

from ota_dev.catalog.narrowing import Narrowing
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.releases import App
from ota_dev.feeds.addresses import in_channel
from ota_dev.feeds.interface import FeedFile, FeedName, Question
from ota_dev.feeds.tauri.bundles import kind_of

__all__ = ["STATIC", "bundle_asked", "feed_files", "is_for_one", "read_name"]

STATIC = "latest.json"

_FOR_ONE = "update"  # the form that is answered to one app, with the bundle behind it where the app says its own
_NAME = re.compile(
    r"tauri/(?P<system>[^/]+)/(?P<architecture>[^/]+)/(?P<version>[^/]+)(?:/(?P<bundle>[A-Za-z0-9_-]{1,20}))?"
)


def read_name(name: str) -> FeedName | None:
    """Read what *name* asks for, `None` when it is the name of another file."""
    if name == STATIC:
        return FeedName()
    match = _NAME.fullmatch(name)
    if not match:
        return None
    return FeedName(
        system=match["system"],
        architecture=match["architecture"],
        host_version=match["version"],
        form=f"{_FOR_ONE} {match['bundle'] or ''}".rstrip(),
    )


def is_for_one(question: Question) -> bool:
    """Say whether the answer is about the one target that the app is narrowed to."""
    return question.form.partition(" ")[0] == _FOR_ONE


def bundle_asked(question: Question) -> PackageKind | None:
    """Give the kind of installer that the app was installed from, `None` where it does not say one that is known."""
    _, _, bundles = question.form.partition(" ")
    return kind_of(bundles.partition(" ")[0])  # what the path says goes before the query


def feed_files(app: App, channels: Sequence[str]) -> Iterator[FeedFile]:
    """Lay out the static document of every channel that something is on, and of these *channels*."""
    for channel in (None, *sorted(app.channels.union(channels))):
        question = Question(narrowing=Narrowing(channel=channel))
        yield FeedFile(paths=(in_channel(channel, STATIC),), question=question)
