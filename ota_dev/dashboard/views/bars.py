"""A file as a bar, from 0 to `WIDTH`, and which of its bytes a request was about. Pure."""

from dataclasses import dataclass

from ota_dev.catalog.resources import Resource
from ota_dev.journal import Exchange, Outcome

__all__ = ["WIDTH", "Bar", "Piece", "bar_of", "is_transfer", "piece_of"]

WIDTH = 1000.0  # of every bar, in units of the picture
_NARROWEST = 2.0  # of what was sent: one byte of a large file is seen, too


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A run of bytes that one request asked for, and what it was sent of them."""

    number: int  # of the exchange; 0 while it is on its way
    first: int  # position of the first byte
    asked: int  # bytes
    sent: int  # bytes
    total: int  # bytes of the whole file
    has_ended_early: bool

    @property
    def end(self) -> int:
        """Give the position after the last byte that was sent: where it broke off, if it did."""
        return self.first + self.sent

    @property
    def last_asked(self) -> int:
        """Give the position of the last byte that was asked for."""
        return self.first + self.asked - 1

    @property
    def reached(self) -> float:
        """Give the part of the whole file that lies before `end`, from 0 to 1."""
        return self.end / self.total

    @property
    def begins_at(self) -> float:
        """Give where the piece begins on the bar."""
        return _on_bar(self.first, self.total)

    @property
    def asked_width(self) -> float:
        """Give how much of the bar was asked for."""
        return max(_on_bar(self.first + self.asked, self.total) - self.begins_at, _NARROWEST)

    @property
    def sent_width(self) -> float:
        """Give how much of the bar was sent."""
        return max(_on_bar(self.end, self.total) - self.begins_at, _NARROWEST) if self.sent else 0.0

    @property
    def breaks_at(self) -> float:
        """Give the point on the bar where it broke off, such that a mark there is seen whole."""
        return min(max(_on_bar(self.end, self.total), _NARROWEST), WIDTH - _NARROWEST)


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """One file with the pieces of it, in the order they were asked for."""

    name: str
    total: int  # bytes
    pieces: tuple[Piece, ...]
    part: float  # of the file that arrived, from 0 to 1


def is_transfer(exchange: Exchange) -> bool:
    """Say whether the answer is bytes of an installer."""
    subject = exchange.subject
    return (
        exchange.resource is Resource.DOWNLOAD
        and exchange.method != "HEAD"
        and exchange.status in (200, 206)
        and subject is not None
        and bool(subject.total)
    )


def piece_of(exchange: Exchange) -> Piece | None:
    """Give which bytes an exchange was about; `None` for what is no transfer, and for a body in several parts."""
    subject = exchange.subject
    if not is_transfer(exchange) or subject is None or subject.first is None or not subject.total:
        return None
    rest = max(subject.total - subject.first, 0)  # A fault may claim that there is more.
    return Piece(
        number=exchange.number,
        first=subject.first,
        asked=min(exchange.expected, rest),
        sent=min(exchange.sent, rest),
        total=subject.total,
        has_ended_early=exchange.outcome is Outcome.ABORTED,
    )


def bar_of(exchange: Exchange) -> Bar | None:
    """Give the file that one exchange was about; `None` for what is no transfer."""
    subject = exchange.subject
    if not is_transfer(exchange) or subject is None or not subject.total:
        return None
    piece = piece_of(exchange)
    pieces = (piece,) if piece else ()
    part = piece.sent / piece.total if piece else 0.0
    return Bar(name=subject.name, total=subject.total, pieces=pieces, part=part)


def _on_bar(position: int, total: int) -> float:
    return round(min(position / total, 1.0) * WIDTH, 1)
