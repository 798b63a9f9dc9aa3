"""Sessions: the exchanges of one client as the steps of one update, in words. Pure.

    asked the feed: offered 1.3.0 to 1.2.0
    fetched the notes
    downloaded 41 % of Acme-Notes-1.3.0.dmg, then the client went away
    came back for Acme-Notes-1.3.0.dmg at 41 % and finished it
    downloaded the 2 % that it lacked of Acme-Notes-1.3.0.exe

Nothing identifies a client but what it sends, so two copies of one app on one machine are one client.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from ota_dev.catalog.resources import Resource
from ota_dev.journal.clients import Client
from ota_dev.journal.coverage import Coverage
from ota_dev.journal.exchanges import Exchange, Outcome

__all__ = ["Session", "Step", "sessions_of"]

PAUSE = timedelta(minutes=10)  # without a request: what comes then is another session

_Sender = tuple[str, str, str]  # address, `User-Agent`, base


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One exchange in words."""

    number: int  # of the exchange
    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """What one client did, without a long pause."""

    client: Client  # as it was when it last said which app it is
    peer: str
    base: str
    steps: tuple[Step, ...]


def sessions_of(exchanges: Iterable[Exchange], pause: timedelta = PAUSE) -> tuple[Session, ...]:
    """Group *exchanges*, oldest first, into sessions, the one that began first first.

    What is no part of an update, such as a look at the index, is in no session.
    """
    going_on: dict[tuple[_Sender, str | None], _Course] = {}
    apps: dict[_Sender, str | None] = {}  # that were last said
    courses: list[_Course] = []
    for exchange in exchanges:
        if exchange.resource is None:
            continue
        sender = (exchange.peer, _agent(exchange), exchange.base)
        # Some clients say which app they are when they ask for the feed, and not when they fetch what it offers.
        apps[sender] = app = exchange.client.app or apps.get(sender)
        key = (sender, app)
        course = going_on.get(key)
        if course is None or exchange.started - course.last.ended > pause:
            course = going_on[key] = _Course(last=exchange, client=exchange.client)
            courses.append(course)
        course.add(exchange)
    return tuple(course.session for course in courses)


@dataclass(kw_only=True, slots=True)
class _Course:
    """A session while it is put together."""

    last: Exchange
    client: Client
    _steps: list[Step] = field(default_factory=list)
    _asked: set[Resource] = field(default_factory=set)
    _downloads: dict[str, Coverage] = field(default_factory=dict)
    _compared: set[str] = field(default_factory=set)  # the installers of which it has looked up what it lacks

    @property
    def session(self) -> Session:
        last = self.last
        return Session(client=self.client, peer=last.peer, base=last.base, steps=tuple(self._steps))

    def add(self, exchange: Exchange) -> None:
        self.last = exchange
        if exchange.client.app or not self.client.app:
            self.client = exchange.client
        words = self._download(exchange) if exchange.resource is Resource.DOWNLOAD else self._other(exchange)
        self._steps.append(Step(number=exchange.number, sentence=words))

    def _other(self, exchange: Exchange) -> str:
        resource = exchange.resource or Resource.FEED
        again = resource in self._asked
        self._asked.add(resource)
        if resource is Resource.FEED:
            return f"asked {'again' if again else 'the feed'}: {_result(exchange)}"
        what = "the notes" if resource is Resource.NOTES else "the signature of the feed"
        if exchange.failed:
            return f"asked for {what}: {_result(exchange)}"
        return f"fetched {what}{' again' if again else ''}"

    def _download(self, exchange: Exchange) -> str:
        subject = exchange.subject
        name = subject.name if subject else ""
        if exchange.method == "HEAD":
            return f"asked about {name}: {_result(exchange)}"
        if exchange.status not in (200, 206) or subject is None or not subject.total:
            return f"asked for {name}: {_result(exchange)}"
        if subject.companion_of:
            self._compared.add(subject.companion_of)
            return f"fetched {name}{_ending(exchange)}"
        if name in self._compared and exchange.status == 206:
            part = exchange.sent / subject.total
            return f"downloaded the {_percent(part)} that it lacked of {name}{_ending(exchange)}"
        coverage = self._downloads.setdefault(name, Coverage())
        before = coverage.part_of(subject.total)
        coverage.add(exchange)
        after = coverage.part_of(subject.total)
        if after == 1.0:
            del self._downloads[name]
        return f"{_progress(name, before, after)}{_ending(exchange)}"


def _progress(name: str, before: float, after: float) -> str:
    if before:
        reached = "finished it" if after == 1.0 else f"got to {_percent(after)}"
        return f"came back for {name} at {_percent(before)} and {reached}"
    return f"downloaded {name}" if after == 1.0 else f"downloaded {_percent(after)} of {name}"


def _percent(part: float) -> str:
    return f"{int(part * 100)} %"  # Cut, not rounded: only what is finished has 100.


def _ending(exchange: Exchange) -> str:
    return f", then {exchange.note or 'it ended'}" if exchange.outcome is Outcome.ABORTED else ""


def _result(exchange: Exchange) -> str:
    if exchange.outcome is Outcome.ABORTED:
        return exchange.note or "cut short"
    if exchange.status == 304:
        return f"not changed since, {exchange.offered}" if exchange.offered else "not changed since"
    if exchange.status >= 300:
        return f"answered {exchange.status}"
    return exchange.offered or "answered"


def _agent(exchange: Exchange) -> str:
    return dict(exchange.request_headers).get("user-agent") or exchange.client.family
