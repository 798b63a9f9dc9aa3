"""The answers on their way, looked at from outside several times a second, so that sending them costs no more.

What a look finds is how many bytes the operating system has taken until then: at most a block less than it has now.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count

from ota_dev.journal import Exchange, Outcome, Transfer
from ota_dev.server.adapter.recording import exchange_of, is_recorded
from ota_dev.server.adapter.sink import Progress
from ota_dev.server.messages import Request, Response

__all__ = ["UnderWay"]

_LOOK = 0.125  # seconds
_LOOKS_A_TELLING = 2  # so that whoever follows hears of it four times a second
_LASTING = 0.3  # seconds after which an answer is worth telling of


@dataclass(eq=False, kw_only=True, slots=True)
class _Answer:
    request: Request
    response: Response
    progress: Progress
    started: datetime
    start: float  # by the clock of the loop
    described: Exchange | None = None  # what stays the same of it

    def look(self, now: float) -> None:
        self.progress.samples.add(now - self.start, self.progress.sent)

    def transfer(self, now: float) -> Transfer:
        progress, duration = self.progress, timedelta(seconds=now - self.start)
        if self.described is None:
            self.described = exchange_of(self.request, self.response, progress, self.started, duration)
        so_far = replace(
            self.described,
            sent=progress.sent,
            duration=duration,
            outcome=Outcome.ONGOING,
            samples=progress.samples.until(duration.total_seconds(), progress.sent),
        )
        return Transfer(so_far=so_far, rate=progress.samples.rate)


class UnderWay:
    """Look at the answers on their way, and tell *follow* of all that last; what it raises is dropped.

    It is told of nothing once, when nothing lasts any more. All of this is on the event loop's thread.
    """

    def __init__(self, follow: Callable[[tuple[Transfer, ...]], None]) -> None:
        self._follow = follow
        self._answers: dict[_Answer, None] = {}  # in the order in which they came
        self._numbers = count(1)
        self._looks = 0
        self._is_looking, self._is_followed = False, False

    @contextmanager
    def including(
        self, request: Request, response: Response, progress: Progress, started: datetime, start: float
    ) -> Iterator[None]:
        """Look at this answer as well, if it is for the journal."""
        if not is_recorded(request, response):
            yield
            return
        answer = _Answer(request=request, response=response, progress=progress, started=started, start=start)
        self._answers[answer] = None
        self._go_on()
        try:
            yield
        finally:
            del self._answers[answer]

    def _go_on(self) -> None:
        if not self._is_looking:
            self._is_looking = True
            asyncio.get_running_loop().call_later(_LOOK, self._look)

    def _look(self) -> None:
        self._is_looking = False
        now = asyncio.get_running_loop().time()
        for answer in self._answers:
            answer.look(now)
        self._looks += 1
        if self._looks % _LOOKS_A_TELLING == 0:
            self._tell(now)
        if self._answers or self._is_followed:
            self._go_on()

    def _tell(self, now: float) -> None:
        lasting = [answer for answer in self._answers if now - answer.start >= _LASTING]
        for answer in lasting:
            answer.progress.transfer = answer.progress.transfer or next(self._numbers)
        if lasting or self._is_followed:
            with suppress(Exception):
                self._follow(tuple(answer.transfer(now) for answer in lasting))
        self._is_followed = bool(lasting)
