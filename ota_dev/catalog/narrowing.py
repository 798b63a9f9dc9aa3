"""How a feed is narrowed to what one client may see. Pure."""

from dataclasses import dataclass

from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.catalog.versions import Version

__all__ = ["Narrowing"]


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
