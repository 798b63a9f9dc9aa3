"""What the client of a request makes of the feed that it asked for, as that feed is now. Pure.

The journal keeps no bodies, so the control API is asked what a simulated client of the same family would make of the
same address, in an app that is what the request says of it; its answer is read here as it is written there.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from ota_dev.catalog.resources import Resource
from ota_dev.catalog.targets import Platform
from ota_dev.dashboard.state import State
from ota_dev.dashboard.views.what_if import WHAT_IF_ROUTE, Judged, judged
from ota_dev.journal import Client, Exchange
from ota_dev.publishing import Publication
from ota_dev.simulated_client.clients import ClientName, client_named

__all__ = ["Verdict", "verdict_asked", "verdict_of"]

_NAMES: Mapping[str, ClientName] = {
    "Sparkle": ClientName.SPARKLE,
    "WinSparkle": ClientName.WINSPARKLE,
    "NetSparkle": ClientName.NETSPARKLE,
}
_SYSTEM_VERSION = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){0,3}")
_MOST_ITEMS = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """Who was asked, and what came of it."""

    title: str  # of the client
    installed: str  # as the client compares it
    knows_system: bool  # the version of the system that the app runs on
    offered: str  # the version; empty when nothing is
    problem: str  # why nothing of the feed is used
    warnings: tuple[str, ...]
    items: tuple[Judged, ...]
    left_out: int  # items that are not shown


def verdict_asked(state: State, query: Mapping[str, str]) -> str | None:
    """Give the path and query that ask the control API about the exchange whose `number` is in *query*.

    `None` where the exchange was not for a feed, or too little is known of its client.
    """
    wanted = query.get("number", "")
    exchange = next((each for each in state.exchanges if str(each.number) == wanted), None)
    if exchange is None or not _is_for_feed(exchange) or not exchange.target.startswith("/"):
        return None
    name, version = _NAMES.get(exchange.client.family), exchange.client.version
    if name is None or version is None:
        return None
    system = _system(exchange.client, name)
    installed = _build(version, state.publication) if name is ClientName.SPARKLE else version
    said = {"client": name.value, "version": installed, "os": system, "feed": exchange.target}
    return f"{WHAT_IF_ROUTE}?{urlencode(said)}"


def verdict_of(state: State, client: Client) -> Verdict | None:
    """Read the answer about *client*; `None` where nobody was asked, or the question could not be answered."""
    if state.answer is None or state.answer.status != 200:
        return None
    answered: Mapping[str, Any] = json.loads(state.answer.content)
    items = answered["items"]
    return Verdict(
        title=client_named(ClientName(answered["client"])).title,
        installed=answered["installed"],
        knows_system=bool(_SYSTEM_VERSION.fullmatch(client.os or "")),
        offered=(answered["offered"] or {}).get("short_version", ""),
        problem=(answered["problem"] or {}).get("reason", ""),
        warnings=tuple(answered["warnings"]),
        items=tuple(map(judged, items[:_MOST_ITEMS])),
        left_out=max(len(items) - _MOST_ITEMS, 0),
    )


def _system(client: Client, name: ClientName) -> str:
    """Give the system as far as the request says it; an empty text is the one that the client is mostly used on."""
    simulated, said = client_named(name), client.os or ""
    if Platform.parse(said) in simulated.platforms:
        return Platform.parse(said).value
    return f"{simulated.home}-{said}" if simulated.home and _SYSTEM_VERSION.fullmatch(said) else ""


def _build(short_version: str, publication: Publication | None) -> str:
    """Give what Sparkle compares: it tells the short version of the app, and only what was published says the build."""
    artifacts = publication.catalog if publication else ()
    same = (each for each in artifacts if each.platform is Platform.MACOS and each.short_version.text == short_version)
    return next((artifact.build.text for artifact in same), short_version)


def _is_for_feed(exchange: Exchange) -> bool:
    subject = exchange.subject
    return exchange.resource is Resource.FEED and subject is not None and subject.name.endswith(".xml")
