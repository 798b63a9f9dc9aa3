"""What a server is told, as one value, and what is made of it. Reads the user's template, and nothing else."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ota_dev.catalog.policy import NOTHING_SAID, Policy
from ota_dev.errors import ConfigurationError, UsageError
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.feeds.formats import Feeds, feed_formats
from ota_dev.scan.rules import Rules

if TYPE_CHECKING:
    from ota_dev.publishing.key_in_force import KeyInForce
    from ota_dev.scenarios.scenario import Scenario
    from ota_dev.scenarios.syntax import Spec

__all__ = ["ServerSettings", "checked_base_url", "feeds_of"]

_URL_CHARACTERS = re.compile("[!-~]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class ServerSettings:
    """What to serve, and how."""

    folder: Path
    host: str = "127.0.0.1"
    port: int = 8080  # 0 picks a free one
    base_url: str | None = None  # that links begin with; by default the address that the client used
    app: str | None = None
    recursive: bool = False
    follow_links: bool = False
    version_from: Path | None = None
    rules: Rules = field(default_factory=Rules)  # what is said of many installers at once
    newest: Policy = field(default=NOTHING_SAID)  # what is said of the newest release of each app, before all else
    template: Path | None = None
    links_notes: bool = False  # rather than to have them in the feed
    static: bool = False  # the feed is the file appcast.xml in the folder
    rewrite_urls: bool = False  # whose URLs are pointed here
    poll: bool = False
    remember: bool = True  # what was learned about installers, between runs
    allowed_hosts: tuple[str, ...] = ()
    key: "KeyInForce | None" = None  # that signs installers and, where asked, feeds
    in_force: "tuple[Spec, ...]" = ()  # the scenarios and faults to begin with
    scenarios: "Mapping[str, Scenario]" = field(default_factory=dict)  # the user's own, by name
    seed: int | None = None  # of what faults leave to chance; `None` draws one
    language: str | None = None  # of the dashboard; `None` is what each browser prefers
    tls_cert: Path | None = None
    tls_key: Path | None = None
    debug: bool = False


def feeds_of(template: Path | None) -> Feeds:
    """Give every feed, the appcast with the user's own *template* where there is one.

    Raises:
        ConfigurationError: the template cannot be read or used.
    """
    if template is None:
        return feed_formats()
    try:
        text = template.read_text("utf-8-sig")
    except OSError as error:
        reason = error.strerror or error
        raise ConfigurationError(f"{template}: the template cannot be read ({reason}): check --template") from error
    except UnicodeError as error:
        raise ConfigurationError(f"{template}: the template is no UTF-8 text: save it as that") from error
    return feed_formats(AppcastFeed.with_template(text, str(template)))


def checked_base_url(text: str) -> str:
    """Give a base URL without a final slash.

    Raises:
        UsageError: it is no absolute http or https URL, or has a query or a fragment that no link could follow.
    """
    try:
        parts = urlsplit(text)
        is_absolute = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError as error:
        raise UsageError(f"--base-url {text}: {error}: write it like https://updates.example.com/acme") from error
    if not is_absolute:
        raise UsageError(f"--base-url {text}: it must begin with http:// or https:// and a host name")
    if not _URL_CHARACTERS.fullmatch(text):
        raise UsageError(f"--base-url {text!r}: percent-encode all but plain letters, digits and marks")
    if "?" in text or "#" in text:
        raise UsageError(f"--base-url {text}: links are appended to it, so it can have no ? and no #")
    return text.rstrip("/")
