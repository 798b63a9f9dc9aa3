"""Documents in a few words, and clients that are asked about them."""

from typing import Any

from ota_dev.catalog.targets import Architecture
from ota_dev.simulated_client.clients import ClientName, client_named
from ota_dev.simulated_client.decisions import Decision
from ota_dev.simulated_client.profile import Profile, System
from ota_dev.simulated_client.received import ReceivedFeed
from tests.simulated_client.asking import NOW

FOLDER = "https://acme.example/updates/"


def ask_about(
    client: ClientName,
    content: str,
    *,
    system: str = "windows",
    status: int = 200,
    url: str | None = FOLDER,
    **profile: Any,
) -> Decision:
    """Ask a client that has 1.0.0, on x86_64, about a document."""
    known: dict[str, Any] = {
        "installed": "1.0.0",
        "system": System.parse(system),
        "architecture": Architecture.X86_64,
        "now": NOW,
        **profile,
    }
    feed = ReceivedFeed(content=content.encode(), name="the feed", url=url, status=status)
    return client_named(client).decide(feed, Profile(**known))


def rule_of(decision: Decision) -> str:
    """Give the rule that refuses the document or its release; `offered` where none does."""
    if decision.problem:
        return decision.problem.rule
    return "offered" if decision.offered else decision.items[0].rule or ""
