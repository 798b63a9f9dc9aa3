"""Waking a coroutine from any thread."""

import asyncio

from ota_dev.server.waking import Waking


def test_it_wakes_from_another_thread() -> None:
    async def scenario() -> bool:
        waking = Waking()
        await asyncio.to_thread(waking.wake)
        return await waking.wait(10)

    assert asyncio.run(scenario())


def test_each_call_wakes_once_and_none_is_lost() -> None:
    async def scenario() -> list[bool]:
        waking = Waking()
        waking.wake()
        await asyncio.sleep(0)
        return [await waking.wait(0.01), await waking.wait(0.01)]

    assert asyncio.run(scenario()) == [True, False]


def test_nobody_is_woken_any_more_once_the_loop_is_closed() -> None:
    async def make() -> Waking:
        return Waking()

    asyncio.run(make()).wake("as a subscriber")
