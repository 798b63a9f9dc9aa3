"""Feeds rendered once per state and address, in a thread, and remembered while there is room."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Platform
from ota_dev.catalog.versions import Version
from ota_dev.feeds.interface import Feed, Links, Question
from ota_dev.server.conditions import etag_of

__all__ = ["Make", "RenderedFeed", "RenderedFeeds", "render"]


@dataclass(frozen=True, kw_only=True, slots=True)
class RenderedFeed:
    """The bytes of a feed, and what is worth knowing about them."""

    content: bytes | None  # `None` is no content
    etag: str  # strong, with its quotes
    media_type: str
    newest: Mapping[Platform | None, Version]  # short version by platform; under `None` of all
    problems: tuple[str, ...] = ()  # what keeps the client from an update, one sentence each

    def newest_for(self, platform: Platform | None) -> Version | None:
        """Give the newest short version for *platform*, `None` where there is none."""
        return self.newest.get(platform)


def render(feed: Feed, app: App, links: Links, question: Question) -> RenderedFeed:
    """Render *app*, narrowed already, and take note of the newest versions that the feed offers."""
    content = feed.render(app, links, question)
    newest: dict[Platform | None, Version] = {}
    for artifact in feed.offered(app):
        newest.setdefault(None, artifact.short_version)
        newest.setdefault(artifact.platform, artifact.short_version)
    return RenderedFeed(
        content=content,
        etag=etag_of(content or b""),
        media_type=feed.format.media_type_of(question.form),
        newest=newest,
        problems=feed.problems(app),
    )


Make = Callable[[], Coroutine[Any, Any, RenderedFeed]]


class RenderedFeeds:
    """Remember rendered feeds, the latest used for longest, within a number and a size.

    Keys come from what clients send, so both are bounded. Used on one event loop; rendering runs in a thread, since
    a feed of 10,000 items takes a good tenth of a second, and at most once at a time for one key.
    """

    def __init__(self, most: int = 64, most_bytes: int = 64 * 1024 * 1024) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._kept: OrderedDict[Hashable, RenderedFeed] = OrderedDict()
        self._kept_bytes = 0
        self._under_way: dict[Hashable, asyncio.Task[RenderedFeed]] = {}

    async def get(self, key: Hashable, make: "Make") -> RenderedFeed:
        """Give what is remembered for *key*, else what *make* gives."""
        if kept := self._kept.get(key):
            self._kept.move_to_end(key)
            return kept
        task = self._under_way.get(key)
        if task is None:
            task = self._under_way[key] = asyncio.create_task(make())
            task.add_done_callback(lambda done: self._finish(key, done))
        # One client that goes away must not take the feed from the others that wait for it.
        return await asyncio.shield(task)

    def _finish(self, key: Hashable, task: asyncio.Task[RenderedFeed]) -> None:
        del self._under_way[key]
        if not task.cancelled() and task.exception() is None:
            self._keep(key, task.result())

    def _keep(self, key: Hashable, rendered: RenderedFeed) -> None:
        self._kept[key] = rendered
        self._kept_bytes += len(rendered.content or b"")
        while len(self._kept) > self._most or self._kept_bytes > self._most_bytes:
            _, dropped = self._kept.popitem(last=False)
            self._kept_bytes -= len(dropped.content or b"")
