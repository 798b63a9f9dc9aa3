"""Tells those who listen to the control API's events what an observer hears, and then the observer itself."""

from ota_dev.dev_server.observer import Observer
from ota_dev.journal import Exchange, Transfer, described, described_transfer
from ota_dev.publishing import Changes, Publication
from ota_dev.server.control import Events

__all__ = ["EventTeller"]

MOST_TRANSFERS = 50  # in one event: there may be several a second


class EventTeller:
    """Hears what happens, turns it into events, and passes it on to *observer*."""

    def __init__(self, events: Events, observer: Observer) -> None:
        self._events, self._observer = events, observer

    def listening(self, url: str, token: str) -> None:
        """Pass it on; nobody can listen to events before."""
        self._observer.listening(url, token)

    def published(self, before: Publication | None, after: Publication) -> None:
        """Tell what is on offer now, and what changed."""
        changes = Changes.between(before, after)
        names = {"added": changes.added, "replaced": changes.replaced, "removed": changes.removed}
        self._events.add("published", {"revision": after.revision, **names})
        self._observer.published(before, after)

    def exchanged(self, exchange: Exchange) -> None:
        """Tell that a client asked and was answered."""
        self._events.add("exchange", described(exchange))
        self._observer.exchanged(exchange)

    def transferring(self, transfers: tuple[Transfer, ...]) -> None:
        """Show what is on its way."""
        shown = [described_transfer(transfer) for transfer in transfers[:MOST_TRANSFERS]]
        self._events.show("transfer", {"transfers": shown, "count": len(transfers)})
        self._observer.transferring(transfers)

    def noted(self, sentence: str) -> None:
        """Tell what the user should know."""
        self._events.add("note", {"message": sentence})
        self._observer.noted(sentence)
