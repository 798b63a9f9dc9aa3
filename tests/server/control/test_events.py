"""Events: none twice, none missed that is kept, and a word where some may have been."""

import asyncio
from contextlib import aclosing

import pytest

from ota_dev.server.control import events as events_module
from ota_dev.server.control.events import Events

MISSED = 'event: changed\ndata: {"what": "all"}'


async def told(events: Events, count: int, last_seen: str | None = None) -> list[str]:
    """Give the first chunks of a stream, without the one that begins it."""
    async with aclosing(events.stream(last_seen)) as chunks, asyncio.timeout(10):
        await anext(chunks)
        return [(await anext(chunks)).decode().strip() for _ in range(count)]


def add(events: Events, *numbers: int) -> Events:
    for number in numbers:
        events.add("note", {"message": str(number)})
    return events


def note(number: int, run: str = "a") -> str:
    return f'id: {run}-{number}\nevent: note\ndata: {{"message": "{number}"}}'


def test_who_begins_to_listen_hears_what_comes_and_can_come_back_to_there() -> None:
    events = add(Events(run="a"), 1)

    async def listen() -> list[bytes]:
        async with aclosing(events.stream()) as chunks:
            first = await anext(chunks)
            await asyncio.to_thread(add, events, 2)
            return [first, await anext(chunks)]

    first, second = asyncio.run(listen())

    assert first == b"retry: 1000\nid: a-1\n\n"
    assert second.decode().strip() == note(2)


def test_who_comes_back_hears_what_came_meanwhile() -> None:
    assert asyncio.run(told(add(Events(run="a"), 1, 2, 3), 2, "a-1")) == [note(2), note(3)]


def test_who_missed_more_than_is_kept_is_told_so() -> None:
    events = add(Events(run="a", kept=2), 1, 2, 3, 4)

    assert asyncio.run(told(events, 3, "a-1")) == [MISSED, note(3), note(4)]


@pytest.mark.parametrize("last_seen", ["b-1", "", "-", "a-", "a--1", "a-" + "9" * 5000, "a-²"])
def test_after_a_restart_all_that_is_kept_is_new(last_seen: str) -> None:
    assert asyncio.run(told(add(Events(run="a"), 1), 2, last_seen)) == [MISSED, note(1)]
    assert asyncio.run(told(Events(run="a"), 1, last_seen)) == [MISSED]


def test_a_number_from_the_future_is_taken_for_the_latest() -> None:
    events = add(Events(run="a"), 1)

    async def listen() -> bytes:
        async with aclosing(events.stream("a-99")) as chunks:
            await anext(chunks)
            add(events, 2)
            return await anext(chunks)

    assert asyncio.run(listen()).decode().strip() == note(2)


def test_a_connection_on_which_nothing_happens_shows_that_it_is_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events_module, "_PING", 0.01)

    assert asyncio.run(told(Events(run="a"), 1)) == [": nothing new"]


def test_what_is_shown_is_told_to_who_listens_as_it_is_now_and_only_once() -> None:
    events = Events(run="a")

    async def listen() -> list[str]:
        async with aclosing(events.stream()) as chunks, asyncio.timeout(10):
            await anext(chunks)
            for number in (1, 2):
                events.show("transfer", {"count": number})
            add(events, 1)
            events.show("transfer", {"count": 3})
            first, second = await anext(chunks), await anext(chunks)
            add(events, 2)
            return [chunk.decode().strip() for chunk in (first, second, await anext(chunks))]

    assert asyncio.run(listen()) == ['event: transfer\ndata: {"count": 3}', note(1), note(2)]


def test_who_comes_later_or_comes_back_hears_nothing_of_what_was_shown() -> None:
    events = Events(run="a")

    async def listen() -> list[str]:
        async with aclosing(events.stream()) as chunks:
            await anext(chunks)
            events.show("transfer", {"count": 1})
        add(events, 1)
        return await told(events, 1, "a-0")

    assert asyncio.run(listen()) == [note(1)]


def test_what_nobody_hears_is_not_even_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(events_module, "json")

    Events(run="a").show("transfer", {"count": 1})


def test_what_is_told_cannot_begin_another_event() -> None:
    events = Events(run="a")
    events.add("note", {"message": "a\n\nevent: forged\r\u2028"})

    [chunk] = asyncio.run(told(events, 1, "a-0"))

    assert len(chunk.splitlines()) == 3


def test_who_stops_listening_is_forgotten() -> None:
    events = Events(run="a")

    asyncio.run(told(add(events, 1), 1, "a-0"))

    assert events._listening == set()
    add(events, 2)
