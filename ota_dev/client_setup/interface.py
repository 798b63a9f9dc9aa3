"""What the instructions for every client are made of. Pure: what they say are keys of `ota_dev.translations`.

What is to be copied ends in shells and in source code, so whatever comes from outside is checked or quoted here.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import quote

from ota_dev.feeds.appcast.naming import appcast_path
from ota_dev.translations import Translations

__all__ = ["Address", "ClientSetup", "Instructions", "Snippet", "Step", "Target"]

BUNDLE_ID = "BUNDLE-ID"  # for the reader to replace
CHANNEL = "beta"  # as an example

# A bundle identifier comes from an installer, which may be anybody's.
_BUNDLE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,200}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """What an app is to be pointed at."""

    server_url: str  # without a final slash; what it is made of has been checked
    app: str | None = None  # the key of the app, where the folder holds several
    app_name: str = ""  # for people
    public_key: str | None = None  # in base64; `None` while nothing is signed
    bundle_id: str | None = None  # of the Mac app, where an installer says it

    @property
    def defaults_domain(self) -> str:
        """Give the app's name in the commands of a Mac: its bundle identifier, or a word to replace."""
        known = self.bundle_id or ""
        return known if _BUNDLE_ID.fullmatch(known) else BUNDLE_ID

    @property
    def feed_url(self) -> str:
        """Give the address of the whole feed."""
        return self.feed_narrowed_to()

    def feed_narrowed_to(
        self, *, channel: str | None = None, system: str | None = None, architecture: str | None = None
    ) -> str:
        """Give the address of a part of the feed."""
        path = appcast_path(app=self.app, channel=channel, system=system, architecture=architecture)
        return f"{self.server_url}/{quote(path)}"

    @property
    def app_path(self) -> str:
        """Give the path of all that is of this app, with a slash before it and none after; else an empty text."""
        return f"/apps/{quote(self.app)}" if self.app else ""

    @property
    def app_url(self) -> str:
        """Give the address of all that is of this app, without a final slash."""
        return f"{self.server_url}{self.app_path}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Snippet:
    """Some lines to copy as they are."""

    text: str
    language: str  # for whoever colours them: `shell`, `c`, `csharp`, `javascript`, `xml`, `yaml`, `pem`…


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One thing to do."""

    prose: str  # the key of what to do
    snippet: Snippet | None = None
    values: Mapping[str, str] = field(default_factory=dict)  # for the places in the prose

    def said(self, translations: Translations) -> str:
        """Say what to do."""
        return translations.text(self.prose, **self.values)


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """Another address of the feed, and the key of when it is the one to take."""

    when: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ClientSetup:
    """All that points an app with one update client here."""

    client: str  # its name, as `ota-dev check --client` takes it where it knows the client
    title: str  # the key of its name for people
    feed_url: str
    steps: tuple[Step, ...]
    undo: tuple[Step, ...]
    signing: Step  # where the public key goes, or what it means that there is none
    if_silent: tuple[Step, ...]  # what to look at when the client does not ask
    other_addresses: tuple[Address, ...] = ()


Instructions: TypeAlias = Callable[[Target], ClientSetup]
