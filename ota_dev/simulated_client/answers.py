"""What one client made of one feed, whole and as JSON. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ota_dev.catalog.targets import Architecture
from ota_dev.feeds.appcast.reading import Appcast
from ota_dev.simulated_client.decisions import Decision, Offer, Refusal
from ota_dev.simulated_client.feed_kinds import FeedKind
from ota_dev.simulated_client.interface import SimulatedClient
from ota_dev.simulated_client.profile import Profile
from ota_dev.simulated_client.received import ReceivedFeed

if TYPE_CHECKING:
    from ota_dev.simulated_client.downloading import Downloaded

__all__ = ["ClientAnswer", "ask", "described", "described_refusal"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ClientAnswer:
    """What one client, asked by one app, made of the feed."""

    client: SimulatedClient
    profile: Profile
    decision: Decision
    feed: ReceivedFeed | None = None  # none where a JSON API answered
    downloaded: Downloaded | None = None

    @property
    def is_good(self) -> bool:
        """Say whether an update is offered, and as far as was looked, is what it is said to be."""
        return self.decision.offered is not None and (self.downloaded is None or self.downloaded.is_good)

    @property
    def asker(self) -> str:
        """Say who asked."""
        known = self.profile.architecture is not Architecture.UNKNOWN
        architecture = f" ({self.profile.architecture})" if known else ""
        how = "scheduled check" if self.profile.is_scheduled else "check by hand"
        return f"{self.client.title} on {self.profile.system}{architecture}, {self.profile.installed} installed, {how}"

    def versions(self) -> list[str]:
        """Name the items, as the client reads them or else as they are written."""
        read, appcast = [judgement.version for judgement in self.decision.items], self._appcast
        written = [item.version for item in appcast.items] if appcast else read
        return [(one or other)[:200] for one, other in zip(read, written, strict=True)]

    def lines(self) -> list[int | None]:
        """Give the line on which each item begins, if any; the feed is walked through once for all of them."""
        appcast = self._appcast
        if appcast is None:
            return [judgement.line for judgement in self.decision.items]
        markup = appcast.source.markup
        starts = [0, *(item.element.start for item in appcast.items)]
        line, lines = 1, list[int | None]()
        for start, end in pairwise(starts):
            line += markup.count(b"\n", start, end)
            lines.append(line)
        return lines

    @property
    def _appcast(self) -> Appcast | None:
        return self.feed.appcast if self.feed and self.client.reads is FeedKind.APPCAST else None


def ask(client: SimulatedClient, profile: Profile, feed: ReceivedFeed) -> ClientAnswer:
    """Let a client decide about a feed."""
    return ClientAnswer(client=client, profile=profile, feed=feed, decision=client.decide(feed, profile))


def described(answer: ClientAnswer) -> dict[str, object]:
    """Give what `check --format json` and the control API promise."""
    items = zip(answer.versions(), answer.lines(), answer.decision.items, strict=True)
    return {
        **_outcome(answer.client, answer.profile, answer.decision),
        **({"download": _download(answer.downloaded)} if answer.downloaded else {}),
        "items": [
            {
                "version": version,
                "short_version": judgement.short_version or version,
                "line": line,
                "verdict": judgement.verdict.value,
                "rule": judgement.rule,
                "reason": judgement.reason,
            }
            for version, line, judgement in items
        ],
    }


def described_refusal(client: SimulatedClient, profile: Profile, problem: Refusal) -> dict[str, object]:
    """Give the same for a client that got no feed to decide about."""
    return {**_outcome(client, profile, Decision(offered=None, items=(), problem=problem)), "items": []}


def _outcome(client: SimulatedClient, profile: Profile, decision: Decision) -> dict[str, object]:
    problem = decision.problem
    return {
        "client": client.name,
        "installed": profile.installed,
        "offered": _offer(decision.offered) if decision.offered else None,
        "problem": {"rule": problem.rule, "reason": problem.reason} if problem else None,
        "warnings": list(decision.warnings),
    }


def _offer(offer: Offer) -> dict[str, object]:
    delta = offer.delta
    return {
        "version": offer.version,
        "short_version": offer.short_version,
        "url": offer.url,
        "alternate_url": offer.alternate_url or None,
        "length": offer.length,
        "signature": offer.signature or None,
        "delta": {"url": delta.url, "length": delta.length, "signature": delta.signature or None} if delta else None,
        "critical": offer.is_critical,
        "informational": offer.is_informational,
        "major_upgrade": offer.is_major_upgrade,
        "release_notes": offer.release_notes,
    }


def _download(downloaded: Downloaded) -> dict[str, object]:
    return {
        "url": downloaded.url,
        "good": downloaded.is_good,
        "findings": [
            {"part": finding.part, "outcome": finding.outcome.value, "reason": finding.reason}
            for finding in downloaded.findings
        ],
    }
