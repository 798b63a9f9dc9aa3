"""How a feed is narrowed to what one client may see. Pure."""

from collections.abc import Hashable
from dataclasses import dataclass

from ota_dev.catalog.languages import negotiate
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.catalog.versions import Version

__all__ = ["Narrowing"]

_NO_CHANNEL = ""  # the default channel alone


@dataclass(frozen=True, kw_only=True, slots=True)
class Narrowing:
    """What a feed is asked for; a field that is not set does not narrow. Equal ones give equal feeds."""

    platform: Platform | None = None
    architecture: Architecture | None = None
    channel: str | None = None  # it and the default channel, without marks; an unknown one is the default alone
    languages: tuple[str, ...] | None = None  # for the notes, most wanted first; `None` keeps them in every language
    newest: Version | None = None  # the newest short version on offer

    def of(self, app: App) -> App:
        """Give *app* as far as it is asked for."""
        if self.platform or self.architecture:
            app = app.narrowed(self.platform, self.architecture)
        if self.channel is not None:
            app = app.on_channel(self.channel)
        if self.newest is not None:
            app = app.up_to(self.newest)
        if self.languages is not None:
            app = app.in_language(self.languages)
        return app

    def effect_on(self, app: App) -> Hashable:
        """Give a value that equals another narrowing's only where both make the same of *app*.

        Clients ask in many languages, and for channels that there are not; most of that comes to the same.
        """
        channel = self.channel if self.channel is None or self.channel in app.channels else _NO_CHANNEL
        newest = self.newest.canonical if self.newest else None
        found = None
        if self.languages is not None:
            found = tuple(negotiate(self.languages, on_offer) for on_offer in app.languages)
        return self.platform, self.architecture, channel, newest, found
