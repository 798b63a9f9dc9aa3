"""Answers that are held until someone releases them."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from ota_dev.server.stalls import Stall, Stalls

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def stalls() -> Stalls:
    return Stalls(now=lambda: NOON)


async def start_stall(stalls: Stalls, target: str = "/", gone: asyncio.Event | None = None) -> asyncio.Task[None]:
    holding = asyncio.create_task(stalls.hold(target, 41, None, gone or asyncio.Event()))
    await asyncio.sleep(0)
    return holding


def test_what_stalls_is_listed_in_the_order_it_began_and_safe_to_show(stalls: Stalls) -> None:
    async def scenario() -> tuple[Stall, ...]:
        holding = [await start_stall(stalls, target) for target in ("/first", "/second\x1b[2J")]
        listed = stalls.current
        stalls.release()
        await asyncio.gather(*holding)
        return listed

    assert asyncio.run(scenario()) == (
        Stall(number=1, target="/first", since=NOON, sent=41),
        Stall(number=2, target=r"/second\x1b[2J", since=NOON, sent=41),
    )


def test_one_stall_is_released_and_the_others_stay(stalls: Stalls) -> None:
    async def scenario() -> tuple[int, list[int]]:
        first, second = await start_stall(stalls), await start_stall(stalls)
        released = stalls.release(1)
        await first
        staying = [stall.number for stall in stalls.current]
        second.cancel()
        return released, staying

    assert asyncio.run(scenario()) == (1, [2])


def test_who_wants_to_know_is_told_when_a_stall_begins_and_ends(stalls: Stalls) -> None:
    stalling: list[int] = []
    stalls.subscribe(lambda: stalling.append(len(stalls.current)))

    async def scenario() -> None:
        holding = await start_stall(stalls)
        stalls.release()
        await holding

    asyncio.run(scenario())

    assert stalling == [1, 0]


def test_releasing_the_same_stall_twice_does_no_harm(stalls: Stalls) -> None:
    async def scenario() -> int:
        holding = await start_stall(stalls)
        stalls.release()
        stalls.release()
        await holding
        return stalls.release()

    assert asyncio.run(scenario()) == 0


def test_releasing_a_stall_at_the_moment_its_time_is_over_does_no_harm(stalls: Stalls) -> None:
    async def scenario() -> None:
        failures: list[object] = []
        asyncio.get_running_loop().set_exception_handler(lambda _, context: failures.append(context))
        holding = asyncio.create_task(stalls.hold("/", 0, timedelta(), asyncio.Event()))
        await asyncio.sleep(0)
        stalls.release()
        await holding
        await asyncio.sleep(0)
        assert not failures

    asyncio.run(scenario())


def test_a_client_that_is_gone_ends_its_stall(stalls: Stalls) -> None:
    async def scenario() -> None:
        gone = asyncio.Event()
        holding = await start_stall(stalls, gone=gone)
        gone.set()
        with pytest.raises(ConnectionResetError):
            await holding

    asyncio.run(scenario())
    assert stalls.current == ()


def test_releasing_from_a_thread_whose_server_has_just_stopped_does_no_harm(
    stalls: Stalls, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The loop can close between the look at the list and the release."""

    def refuse(*_: object) -> None:
        raise RuntimeError("Event loop is closed")

    async def scenario() -> int:
        holding = await start_stall(stalls)
        with monkeypatch.context() as closed:
            closed.setattr(asyncio.get_running_loop(), "call_soon_threadsafe", refuse)
            released = stalls.release()
        holding.cancel()
        return released

    assert asyncio.run(scenario()) == 1
