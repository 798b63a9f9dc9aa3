"""What an update client would make of the feed: who asks, and what comes of it for each item. Pure.

The decision is that of the control API; it is read here as it is written there.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import urlencode

from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.dashboard.state import State
from ota_dev.simulated_client.clients import ClientName, every_client

__all__ = ["WHAT_IF_ROUTE", "Judged", "Question", "WhatIfView", "judged", "what_if_asked", "what_if_view"]

_Choice: TypeAlias = tuple[str, str]  # a value, and what it is called

WHAT_IF_ROUTE = "/_ota/api/v1/what-if"
_LONGEST = 100  # characters
_MOST_ITEMS = 200
_SIGNS = {"offered": "ok", "eligible": "noted", "refused": "passed"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """Who asks, as somebody types it."""

    client: str
    version: str
    os: str
    os_version: str
    arch: str
    channel: str
    app: str

    @property
    def query(self) -> dict[str, str]:
        """Give the parameters of the control API."""
        system = f"{self.os}-{self.os_version}" if self.os and self.os_version else self.os
        said = {"os": system, "arch": self.arch, "channel": self.channel, "app": self.app}
        return {
            "client": self.client,
            "version": self.version,
            **{name: value for name, value in said.items() if value},
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """What the client makes of one item."""

    version: str
    short_version: str
    verdict: str
    sign: str  # the name of a result
    rule: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WhatIfView:
    """A question and its answer."""

    question: Question
    clients: tuple[_Choice, ...]
    systems: tuple[_Choice, ...]
    architectures: tuple[_Choice, ...]
    apps: tuple[_Choice, ...]  # nothing unless there are several
    feed: str = ""  # the address that was asked
    offered: str = ""  # the version; empty when nothing is
    problem: str = ""  # why nothing of the feed is used
    refusal: str = ""  # why the question cannot be answered
    warnings: tuple[str, ...] = ()
    items: tuple[Judged, ...] = ()
    left_out: int = 0  # items that are not shown


def what_if_asked(state: State, query: Mapping[str, str]) -> str:
    """Give the path and query that ask the control API."""
    return f"{WHAT_IF_ROUTE}?{urlencode(_question(state, query).query)}"


def what_if_view(state: State, query: Mapping[str, str]) -> WhatIfView | None:
    """Show the answer; `None` when nobody was asked."""
    if state.answer is None:
        return None
    answered: Mapping[str, Any] = json.loads(state.answer.content)
    apps = state.publication.catalog.apps if state.publication else ()
    items: Sequence[Mapping[str, Any]] = answered.get("items", ())
    return WhatIfView(
        question=_question(state, query),
        clients=tuple((client.name, client.title) for client in every_client()),
        systems=tuple((each.value, each.value) for each in Platform if each is not Platform.UNKNOWN),
        architectures=tuple(
            (each.value, each.value)
            for each in Architecture
            if each not in (Architecture.UNKNOWN, Architecture.UNIVERSAL)
        ),
        apps=tuple((app.key, app.name) for app in apps) if len(apps) > 1 else (),
        feed=answered.get("feed", ""),
        offered=(answered.get("offered") or {}).get("short_version", ""),
        problem=(answered.get("problem") or {}).get("reason", ""),
        refusal=answered.get("error", ""),
        warnings=tuple(answered.get("warnings", ())),
        items=tuple(map(judged, items[:_MOST_ITEMS])),
        left_out=max(len(items) - _MOST_ITEMS, 0),
    )


def judged(item: Mapping[str, Any]) -> Judged:
    """Read what the control API says of one item."""
    return Judged(
        version=item["version"],
        short_version=item["short_version"],
        verdict=item["verdict"],
        sign=_SIGNS[item["verdict"]],
        rule=item["rule"] or "",
        reason=item["reason"],
    )


def _question(state: State, query: Mapping[str, str]) -> Question:
    said = {name: query.get(f"if-{name}", "").strip()[:_LONGEST] for name in Question.__dataclass_fields__}
    apps = state.publication.catalog.apps if state.publication else ()
    oldest = next((app.artifacts[-1].build.text for app in apps if app.artifacts), "1.0")
    several = len(apps) > 1
    return Question(
        client=said["client"] or ClientName.SPARKLE,
        version=said["version"] or oldest,
        os=said["os"],
        os_version=said["os_version"],
        arch=said["arch"],
        channel=said["channel"],
        app=said["app"] or (apps[0].key if several else ""),
    )
