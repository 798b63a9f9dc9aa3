"""The sessions of clients: what each did, step by step, and how far its downloads came. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ota_dev.dashboard.state import State
from ota_dev.dashboard.views.bars import Bar, Piece, is_transfer, piece_of
from ota_dev.dashboard.views.exchanges import result_of, who_asks
from ota_dev.journal import Client, Coverage, Exchange, Session, Transfer, sessions_of

__all__ = ["MOST_SESSIONS", "MOST_STEPS", "ClientSession", "Clients", "SessionStep", "clients_view"]

MOST_SESSIONS = 100
MOST_STEPS = 100  # of one session


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionStep:
    """One request of a session, in words."""

    number: int
    sentence: str
    started: datetime
    result: str  # as in the list of requests


@dataclass(frozen=True, kw_only=True, slots=True)
class ClientSession:
    """What one client did without a long pause."""

    client: Client
    who: str
    peer: str
    base: str
    steps: tuple[SessionStep, ...]  # the latest, in the order they came
    left_out: int  # earlier steps
    downloads: tuple[Bar, ...]
    began: datetime
    ended: datetime  # the end of the last request
    is_going_on: bool  # something is on its way

    @property
    def key(self) -> int:
        """Give what tells this session from every other: the number of its first step that is shown."""
        return self.steps[0].number


@dataclass(frozen=True, kw_only=True, slots=True)
class Clients:
    """All sessions."""

    sessions: tuple[ClientSession, ...]  # the one with the latest request first
    left_out: int
    total: int


def clients_view(state: State) -> Clients:
    """Put the exchanges of *state* together into sessions."""
    exchanges = {exchange.number: exchange for exchange in state.exchanges}
    found = sorted(sessions_of(state.exchanges), key=lambda session: session.steps[-1].number, reverse=True)
    latest: dict[tuple[str, ...], int] = {}  # a session that is over has no part in what is on its way
    for place, session in enumerate(found):
        latest.setdefault(_key(session.peer, session.client, session.base), place)
    shown = tuple(
        _session(
            session,
            exchanges,
            [each.so_far for each in state.ongoing if latest.get(_key_of(each)) == place],
        )
        for place, session in enumerate(found[:MOST_SESSIONS])
    )
    return Clients(sessions=shown, left_out=len(found) - len(shown), total=len(found))


def _session(session: Session, exchanges: Mapping[int, Exchange], ongoing: Sequence[Exchange]) -> ClientSession:
    asked = [exchanges[step.number] for step in session.steps]
    steps = tuple(
        SessionStep(number=step.number, sentence=step.sentence, started=exchange.started, result=result_of(exchange))
        for step, exchange in zip(session.steps, asked, strict=True)
    )
    return ClientSession(
        client=session.client,
        who=who_asks(session.client),
        peer=session.peer,
        base=session.base,
        steps=steps[-MOST_STEPS:],
        left_out=max(len(steps) - MOST_STEPS, 0),
        downloads=_downloads([*asked, *ongoing]),
        began=asked[0].started,
        ended=max(exchange.ended for exchange in asked),
        is_going_on=bool(ongoing),
    )


def _downloads(exchanges: Sequence[Exchange]) -> tuple[Bar, ...]:
    """Put what each request brought of a file side by side; who asks for the whole begins anew."""
    pieces: dict[str, list[Piece]] = {}
    covered: dict[str, Coverage] = {}
    for exchange in filter(is_transfer, exchanges):
        piece, name = piece_of(exchange), exchange.subject.name if exchange.subject else ""
        if piece is None:
            continue
        if exchange.status == 200:
            pieces.pop(name, None)
        pieces.setdefault(name, []).append(piece)
        covered.setdefault(name, Coverage()).add(exchange)
    return tuple(
        Bar(name=name, total=(total := found[-1].total), pieces=tuple(found), part=covered[name].part_of(total))
        for name, found in pieces.items()
    )


def _key_of(transfer: Transfer) -> tuple[str, ...]:
    so_far = transfer.so_far
    return _key(so_far.peer, so_far.client, so_far.base)


def _key(peer: str, client: Client, base: str) -> tuple[str, ...]:
    return peer, client.family, client.app or "", base
