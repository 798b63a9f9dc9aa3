"""The feed in a file of the folder: read as it is, and pointed at a server. Reads that file, and lists the folder.

Pointing it here lets an update be rehearsed with the feed of production. What its URLs name is looked up by its file
name among what is on offer and the notes beside the feed; nothing else in the folder is served for a feed's sake.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ota_dev.catalog.temporary_names import is_temporary_name
from ota_dev.errors import FeedError, SigningError
from ota_dev.feeds.appcast.reading import MAX_SIZE, Source, file_name_of, read_appcast
from ota_dev.feeds.appcast.rewriting import point_here
from ota_dev.feeds.interface import Links
from ota_dev.publishing.merged_feeds import read_feed, signed_again
from ota_dev.publishing.publication import STATIC_FEED, PublishedFile, StaticFeed
from ota_dev.scan.interface import Skipped
from ota_dev.scan.listing import FolderListing
from ota_dev.scan.notes_files import is_notes_name

__all__ = ["StaticFeedReader", "StaticOffer", "pointed_here"]

Files = Mapping[str, PublishedFile]  # by download name
Sign = Callable[[bytes], bytes]

_MOST_NAMED = 3
_ANYWHERE = Links("http://127.0.0.1/downloads/")  # for a trial


@dataclass(frozen=True, kw_only=True, slots=True)
class StaticOffer:
    """The feed, the files that are on offer for its sake, and what a person should know."""

    feed: StaticFeed
    files: Files
    notices: tuple[str, ...]


@dataclass(kw_only=True)
class StaticFeedReader:
    """Reads the feed of a folder, again and again; used by one thread at a time."""

    points_here: bool = False
    sign: Sign | None = None  # signs a feed as a whole; one that was signed stays so
    _notes: frozenset[str] = frozenset()  # that the feed names, there or not

    def concerns(self, path: Path, listing: FolderListing) -> bool:
        """Say whether a change of this path can change the feed, or what is on offer for its sake."""
        return path.is_relative_to(listing.folder) and listing.name_of(path) in {STATIC_FEED, *self._notes}

    def read(self, listing: FolderListing, published: Files) -> StaticOffer:
        """Read the feed; *published* is what is on offer already. A feed that cannot be served is told, not raised."""
        path, self._notes = listing.folder / STATIC_FEED, frozenset()
        try:
            content = _content(listing)
        except FeedError as error:
            return StaticOffer(feed=StaticFeed(problem=str(error)), files={}, notices=(str(error),))
        feed = StaticFeed(content=content, media_type=_media_type(content))
        try:
            if self.points_here:
                return self._pointed(feed, str(path), listing, published)
            read_appcast(content, str(path))
        except (FeedError, SigningError) as error:
            return StaticOffer(feed=feed, files={}, notices=(f"{error}; it is served as it is",))
        return StaticOffer(feed=feed, files={}, notices=())

    def _pointed(self, feed: StaticFeed, name: str, listing: FolderListing, published: Files) -> StaticOffer:
        urls: list[str] = []
        point_here(feed.content, urls.append, name)
        self._notes = frozenset(filter(is_notes_name, map(file_name_of, urls)))
        notes = dict(_notes_files(listing, self._notes))
        top_first = sorted((*notes, *published), key=lambda download: download.count("/"), reverse=True)
        on_offer = {download.rpartition("/")[2]: download for download in top_first}
        named = {file: on_offer[file] for file in map(file_name_of, urls) if file in on_offer}
        pointed = StaticFeed(content=feed.content, media_type=feed.media_type, downloads=named)
        notices: list[str] = []
        pointed_here(pointed, _ANYWHERE, self.sign, name, notices.append)
        elsewhere = [url for url in dict.fromkeys(urls) if file_name_of(url) not in named]
        notices += _left_alone(name, elsewhere, listing.folder)
        return StaticOffer(feed=pointed, files=notes, notices=tuple(notices))


def pointed_here(
    feed: StaticFeed,
    links: Links,
    sign: Sign | None,
    name: str = STATIC_FEED,
    note: Callable[[str], None] = lambda _: None,
) -> bytes:
    """Give the feed with the URLs of what is on offer here; *note* is told when it loses its signature.

    Raises:
        FeedError, SigningError: that cannot be done; it could be done when the feed was read.
    """

    def here(url: str) -> str | None:
        download = feed.downloads.get(file_name_of(url))
        return links.download(download) if download else None

    return signed_again(point_here(feed.content, here, name), name, sign, note) if feed.downloads else feed.content


def _content(listing: FolderListing) -> bytes:
    path = listing.folder / STATIC_FEED
    if not os.path.lexists(path):
        raise FeedError(
            f"{listing.folder} holds no {STATIC_FEED} to serve as it is: put it there, or start without --static"
        )
    state = listing.state(STATIC_FEED, is_link=path.is_symlink())
    if isinstance(state, Skipped):
        raise FeedError(f"{path} is not served: {state.reason}")
    content = read_feed(path)
    if len(content) > MAX_SIZE:
        raise FeedError(f"{path} is not served: it is larger than {MAX_SIZE // 1024**2} MiB, which no appcast is")
    return content


def _media_type(content: bytes) -> str:
    try:
        return f"application/xml; charset={Source.decode(content, STATIC_FEED).charset}"
    except FeedError:
        return "application/xml"


def _notes_files(listing: FolderListing, names: frozenset[str]) -> Iterator[tuple[str, PublishedFile]]:
    """Find notes beside the feed, by look-up in a listing: a name out of a feed never becomes a path."""
    try:
        there = names.intersection(path.name for path in listing.folder.iterdir()) if names else frozenset[str]()
    except OSError:
        return
    for name in sorted(there):
        path = listing.folder / name
        state = listing.state(name, is_link=path.is_symlink())
        if not isinstance(state, Skipped) and not is_temporary_name(name):
            media_type = "text/html" if name.endswith(".html") else "text/plain; charset=utf-8"
            yield name, PublishedFile(path=path, identity=state, media_type=media_type)


def _left_alone(name: str, urls: list[str], folder: Path) -> Iterator[str]:
    if urls:
        more = f" and {len(urls) - _MOST_NAMED} more" if len(urls) > _MOST_NAMED else ""
        shown = ", ".join(urls[:_MOST_NAMED])
        yield f"{name}: no file of that name is on offer in {folder}, so these URLs stay as they are: {shown}{more}"
