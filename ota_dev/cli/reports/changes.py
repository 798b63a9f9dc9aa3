"""What `serve` says when something has landed, changed or gone, as lines of text. Pure: nothing is printed here.

Every name that comes from a file is escaped before it is shown.
"""

from collections.abc import Iterator, Mapping, Sequence

from ota_dev.catalog.deltas import is_delta_name
from ota_dev.catalog.releases import App
from ota_dev.cli.console import printable
from ota_dev.cli.wording import MOST_NAMES, alternates, installers, listed, newest_version
from ota_dev.feeds.interface import Feed
from ota_dev.publishing import STATIC_FEED, Changes, Publication

__all__ = ["change_lines", "warning_lines"]


def change_lines(before: Publication, after: Publication, feed: Feed) -> Iterator[str]:
    """Say in one line what was added, replaced and removed, and what the feed offers now; nothing if nothing did."""
    changes = Changes.between(before, after)
    said = [
        f"{sign} {_names(names)}"
        for sign, names in (("+", changes.added), ("~", changes.replaced), ("-", changes.removed))
        if names
    ]
    if said:
        changed = frozenset((*changes.added, *changes.replaced, *changes.removed))
        yield f"{', '.join(said)} -> {_offers(before, after, changed, feed)}"
    known = {sentence for app in before.catalog.apps for sentence in alternates(app, feed)}
    for app in after.catalog.apps:
        yield from (f"! {sentence}" for sentence in alternates(app, feed) if sentence not in known)
    yield from warning_lines(before, after)


def warning_lines(before: Publication | None, after: Publication) -> Iterator[str]:
    """Say what may be wrong with *after* and was not so *before*."""
    for entry in Changes.between(before, after).skipped:
        yield printable(f"! {entry.name} is not on offer: {entry.reason}")
    for notice in after.notices:
        if before is None or notice not in before.notices:
            yield printable(f"! {notice}")


def _names(names: Sequence[str]) -> str:
    if len(names) <= MOST_NAMES:
        return listed(names)
    count = f"{len(names)} files" if any(map(is_delta_name, names)) else installers(len(names))
    return f"{count} ({listed(names)})"


def _offers(before: Publication, after: Publication, changed: frozenset[str], feed: Feed) -> str:
    """Say what the feeds offer now that came, or went, or are about an installer that *changed*."""
    if after.static_feed:
        return f"/{STATIC_FEED} is {'gone' if after.static_feed.problem else 'the file of that name'}"
    old, new = _feeds(before, feed), _feeds(after, feed)
    touched = [path for path in {**new, **old} if _is_touched(old.get(path), new.get(path), changed)]
    return listed([_offer(path, old, new, feed) for path in touched], "; ")


def _feeds(publication: Publication, feed: Feed) -> Mapping[str, App]:
    apps, name = publication.catalog.apps, feed.format.file_name
    if len(apps) > 1:
        return {f"/apps/{app.key}/{name}": app for app in apps}
    return {f"/{name}": apps[0] if apps else App(key="", name="")}


def _is_touched(old: App | None, new: App | None, changed: frozenset[str]) -> bool:
    if old is None or new is None:
        return True
    artifacts = (artifact for app in (old, new) for artifact in app.artifacts)
    return not all(changed.isdisjoint(artifact.download_names) for artifact in artifacts)


def _offer(path: str, old: Mapping[str, App], new: Mapping[str, App], feed: Feed) -> str:
    if path not in new:
        return f"{path} is gone"
    newest = newest_version(new[path], feed)
    is_same = path in old and newest_version(old[path], feed) == newest
    return f"{path} {'still' if is_same else 'now'} offers {newest}"
