"""Writes a publication as a static tree: installers and notes first, then the feeds, and what is stale goes last.

So a reader never finds a feed before what it links to, and never half a file. Writes into the folder of the tree only.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import starmap
from pathlib import Path

from ota_dev.catalog.notes_pages import page_of, pages_of
from ota_dev.catalog.resources import SIGNATURE_SUFFIX
from ota_dev.feeds.formats import Feeds
from ota_dev.feeds.interface import Links
from ota_dev.publishing.publication import Publication, PublishedFile
from ota_dev.publishing.static_tree.feed_plan import PlannedFeed, plan_feeds
from ota_dev.publishing.static_tree.owned_folder import OwnedFolder, Put
from ota_dev.publishing.static_tree.tree_paths import DOWNLOADS, NOTES, require_safe

__all__ = ["StaticTree", "Written"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """What became of a tree; the numbers of files."""

    feeds: int  # in the tree
    installers: int  # in the tree
    new_feeds: int
    new_pages: int  # of notes
    linked: int
    copied: int
    removed: int

    def __bool__(self) -> bool:
        """Say whether anything that clients ask for has changed."""
        return bool(self.new_feeds or self.new_pages or self.linked or self.copied or self.removed)


@dataclass(frozen=True, kw_only=True, slots=True)
class StaticTree:
    """Where a tree is, and what it is to hold."""

    folder: Path
    feeds: Feeds
    links: Links  # to `downloads/` and `notes/` in the tree
    channels: tuple[str, ...] = ()  # that clients ask for though nothing is on them
    languages: tuple[str, ...] = ()  # that clients ask for though there are no notes in them
    has_installers: bool = True
    sign: Callable[[bytes], str] | None = None  # gives what stands beside each feed

    def write(self, publication: Publication) -> Written:
        """Bring the folder up to date with *publication*; files that stay the same are not touched.

        Every feed is rendered before the folder is touched, so that one that is refused leaves the tree as it was.

        Raises:
            PublishingError: the folder is not ours, or a file cannot be written; the next run completes the tree.
            ConfigurationError: a user's own template fails.
            RefusedFeedError: a feed is linted, and has errors.
        """
        feeds = plan_feeds(
            publication.catalog.apps, self.feeds.values(), channels=self.channels, languages=self.languages
        )
        installers = self._installers(feeds, publication.files) if self.has_installers else {}
        feed_paths = [path for feed in feeds for path in feed.paths]
        signatures = [f"{path}{SIGNATURE_SUFFIX}" for feed in feeds if self._is_signed(feed) for path in feed.paths]
        pages = {f"{NOTES}{name}": note for name, note in pages_of(publication.catalog) if self.links.notes}
        paths = (*installers, *pages, *feed_paths, *signatures)
        require_safe(paths)
        contents = [feed.render(self.links) for feed in feeds]
        owned = OwnedFolder.claim(self.folder, paths, self.feeds)
        puts = [owned.put(path, file) for path, file in installers.items()]
        new_pages = sum(owned.write(path, page_of(note).content) for path, note in pages.items())
        return Written(
            feeds=len(feed_paths),
            installers=len(installers),
            new_feeds=sum(starmap(partial(self._write_feed, owned), zip(feeds, contents, strict=True))),
            new_pages=new_pages,
            linked=puts.count(Put.LINKED),
            copied=puts.count(Put.COPIED),
            removed=owned.finish(),
        )

    def _installers(self, feeds: Iterable[PlannedFeed], files: Mapping[str, PublishedFile]) -> dict[str, PublishedFile]:
        """Give what is to lie where: all that feeds link to, and besides what clients look for beside a feed."""
        linked = {f"{DOWNLOADS}{name}": file for name, file in files.items()}
        return linked | {path: files[name] for feed in feeds for path, name in feed.installers() if name in files}

    def _is_signed(self, planned: PlannedFeed) -> bool:
        return self.sign is not None and planned.feed.format.has_signature_file

    def _write_feed(self, owned: OwnedFolder, planned: PlannedFeed, content: bytes) -> int:
        signature = self.sign(content).encode("ascii") if self.sign and self._is_signed(planned) else b""
        written = 0
        for path in planned.paths:
            if signature:
                owned.write(f"{path}{SIGNATURE_SUFFIX}", signature)
            written += owned.write(path, content)
        return written
