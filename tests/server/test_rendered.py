import asyncio
import threading
from collections.abc import Callable

import pytest

from ota_dev.server.rendered import Make, RenderedFeed, RenderedFeeds


def late(make: Callable[[], RenderedFeed]) -> Make:
    return lambda: asyncio.to_thread(make)


def rendered(content: bytes) -> RenderedFeed:
    return RenderedFeed(content=content, etag='"a"', media_type="application/xml", newest={})


class Renderer:
    """Counts how often it renders, and in which thread."""

    def __init__(self, content: bytes = b"feed") -> None:
        self.content = content
        self.times = 0
        self.thread = threading.current_thread()

    def __call__(self) -> RenderedFeed:
        self.times += 1
        self.thread = threading.current_thread()
        return rendered(self.content)


def test_a_feed_is_rendered_once_and_not_on_the_event_loop() -> None:
    async def scenario() -> Renderer:
        feeds, renderer = RenderedFeeds(), Renderer()
        await asyncio.gather(*(feeds.get("key", late(renderer)) for _ in range(20)))
        await feeds.get("key", late(renderer))
        return renderer

    renderer = asyncio.run(scenario())

    assert renderer.times == 1
    assert renderer.thread is not threading.current_thread()


def test_only_so_many_are_remembered_the_latest_used_for_longest() -> None:
    async def scenario() -> list[int]:
        feeds, renderers = RenderedFeeds(most=2), [Renderer() for _ in range(3)]
        for key in (0, 1, 0, 2, 0, 1):
            await feeds.get(key, late(renderers[key]))
        return [renderer.times for renderer in renderers]

    assert asyncio.run(scenario()) == [1, 2, 1]


def test_only_so_many_bytes_are_remembered() -> None:
    async def scenario() -> list[int]:
        feeds, renderers = (
            RenderedFeeds(most_bytes=100),
            [Renderer(b"x" * 60), Renderer(b"x" * 60), Renderer(b"x" * 101)],
        )
        for key in (0, 1, 0, 2, 2):
            await feeds.get(key, late(renderers[key]))
        return [renderer.times for renderer in renderers]

    assert asyncio.run(scenario()) == [2, 1, 2]


def test_a_failure_reaches_everyone_who_waits_and_is_not_remembered() -> None:
    def fail() -> RenderedFeed:
        raise ValueError

    async def scenario() -> list[object]:
        feeds = RenderedFeeds()
        failures = await asyncio.gather(*(feeds.get("key", late(fail)) for _ in range(2)), return_exceptions=True)
        return [*failures, await feeds.get("key", late(Renderer()))]

    first, second, third = asyncio.run(scenario())

    assert isinstance(first, ValueError)
    assert isinstance(second, ValueError)
    assert isinstance(third, RenderedFeed)


def test_a_client_that_goes_away_does_not_take_the_feed_from_the_others() -> None:
    async def scenario() -> RenderedFeed:
        feeds, may_finish = RenderedFeeds(), threading.Event()

        def render_late() -> RenderedFeed:
            may_finish.wait(10)
            return rendered(b"late")

        first = asyncio.create_task(feeds.get("key", late(render_late)))
        second = asyncio.create_task(feeds.get("key", late(render_late)))
        await asyncio.sleep(0)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        may_finish.set()
        return await second

    assert asyncio.run(scenario()).content == b"late"
