"""Whoever wants to hear what a server does."""

from typing import Protocol

from ota_dev.journal import Exchange, Transfer
from ota_dev.publishing import Publication

__all__ = ["NoObserver", "Observer"]


class Observer(Protocol):
    """Hears what happens; called from the server's threads, so it must be quick and safe to call from several."""

    def listening(self, url: str, token: str) -> None:
        """Hear that the server listens at *url*, and the token of its control API; the first that is heard."""

    def published(self, before: Publication | None, after: Publication) -> None:
        """Hear that *after* is on offer, and *before* no longer."""

    def exchanged(self, exchange: Exchange) -> None:
        """Hear that a client asked and was answered."""

    def transferring(self, transfers: tuple[Transfer, ...]) -> None:
        """Hear what is on its way for a while, again and again; once of none, when the last has ended."""

    def noted(self, sentence: str) -> None:
        """Hear of something that the user should know."""


class NoObserver:
    """Hears nothing."""

    def listening(self, url: str, token: str) -> None:
        """Ignore it."""

    def published(self, before: Publication | None, after: Publication) -> None:
        """Ignore it."""

    def exchanged(self, exchange: Exchange) -> None:
        """Ignore it."""

    def transferring(self, transfers: tuple[Transfer, ...]) -> None:
        """Ignore it."""

    def noted(self, sentence: str) -> None:
        """Ignore it."""
