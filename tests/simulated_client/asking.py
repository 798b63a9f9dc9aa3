"""Feeds in a few words, and clients that are asked about them."""

from datetime import UTC, datetime
from typing import Any

from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.feeds.appcast.reading import SPARKLE_NAMESPACE
from ota_dev.simulated_client.clients import ClientName, client_named
from ota_dev.simulated_client.decisions import Decision
from ota_dev.simulated_client.profile import Profile, System
from ota_dev.simulated_client.received import ReceivedFeed

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
URL = "https://acme.example/appcast.xml"
FILE = "https://acme.example/Acme.dmg"


def feed_of(*items: str, after: str = "") -> bytes:
    """Write a feed of items' contents; *after* stands behind the channel's end."""
    content = "".join(f"<item>{item}</item>\n" for item in items)
    return f'<rss xmlns:sparkle="{SPARKLE_NAMESPACE}"><channel>\n{content}</channel>{after}</rss>'.encode()


def item_of(version: str, *elements: str, attributes: str = "", url: str = FILE) -> str:
    """Write the content of an item with a version, other elements, and other attributes of its enclosure."""
    return (
        f"<sparkle:version>{version}</sparkle:version>{''.join(elements)}"
        f'<enclosure url="{url}" sparkle:version="{version}" {attributes}/>'
    )


def ask(client: ClientName, feed: bytes, *, signature: str | None = None, **profile: Any) -> Decision:
    """Ask a client that has 1.0 about a feed."""
    simulated = client_named(client)
    known: dict[str, Any] = {
        "installed": "1.0",
        "system": System(platform=simulated.home or Platform.MACOS),
        "architecture": Architecture.ARM64,
        "now": NOW,
        **profile,
    }
    received = ReceivedFeed.read(feed, "the feed", url=URL, detached_signature=signature)
    return simulated.decide(received, Profile(**known))


def verdicts(decision: Decision) -> list[str]:
    """Give `offered`, `eligible: RULE` or `refused: RULE` for each item."""
    return [f"{item.verdict}: {item.rule}" if item.rule else item.verdict.value for item in decision.items]
