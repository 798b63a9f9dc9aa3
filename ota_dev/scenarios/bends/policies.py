"""The newest release with a policy that a client has to obey: announced only, critical, phased and so on. Pure.

Each lays its policy over that of the release, and takes back what would hide it: a critical update ignores a phased
rollout, and no system is older than one version and newer than another.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ota_dev.catalog import policy_values as check
from ota_dev.catalog.policy import Critical, Informational, Policy
from ota_dev.catalog.releases import Catalog
from ota_dev.scenarios.asker import Asker
from ota_dev.scenarios.bends.newest import with_policy
from ota_dev.scenarios.parameters import parameter
from ota_dev.scenarios.values import Kind

__all__ = ["ChannelBeta", "CriticalUpdate", "InformationalUpdate", "MajorUpgrade", "MaximumOs", "MinimumOs", "Phased"]

BETA = "beta"

Moment = datetime | timedelta  # by the calendar, or a time before now


def _moment(text: str) -> Moment:
    if text == "now":
        return timedelta()
    return check.rollout_interval(text[1:]) if text.startswith("-") else check.publication_date(text)


BUILD = Kind("build, such as 1300", check.version_text)
INTERVAL = Kind("time, such as 12h or 1d", check.rollout_interval)
LINK = Kind("http or https link", check.web_link)
MOMENT = Kind("date, such as 2026-03-01, time before now, such as -36h, or now", _moment)
SYSTEM = Kind("version of a system, such as 11.0", check.system_version)


@dataclass(frozen=True, kw_only=True, slots=True)
class CriticalUpdate:
    """Mark the newest release as critical."""

    below: str | None = parameter(BUILD, None, "only for apps whose build is older than this")

    def bend(self, catalog: Catalog, _asker: Asker) -> Catalog:
        """Bend *catalog*, the same for everyone."""
        return with_policy(catalog, lambda _: Policy(critical=Critical(below_version=self.below)))


@dataclass(frozen=True, kw_only=True, slots=True)
class InformationalUpdate:
    """Announce the newest release with a link, and nothing to install."""

    link: str = parameter(LINK, "https://example.com/", "the page, where the release has no link of its own")

    def bend(self, catalog: Catalog, _asker: Asker) -> Catalog:
        """Bend *catalog*, the same for everyone."""
        return with_policy(
            catalog,
            lambda artifact: Policy(informational=Informational(), link=artifact.policy.link or self.link),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class MajorUpgrade:
    """Make the newest release a major upgrade to every build before it."""

    def bend(self, catalog: Catalog, _asker: Asker) -> Catalog:
        """Bend *catalog*, the same for everyone."""
        # Its own build is above every host that it can be offered to, whichever numbers the app's builds are.
        return with_policy(catalog, lambda artifact: Policy(minimum_autoupdate_version=artifact.build.text))


@dataclass(frozen=True, kw_only=True, slots=True)
class Phased:
    """Roll the newest release out to one of Sparkle's seven groups after another."""

    at: Moment = parameter(MOMENT, "now", "when the first group is offered it")
    interval: timedelta = parameter(INTERVAL, "1d", "the time between two groups")

    def bend(self, catalog: Catalog, asker: Asker) -> Catalog:
        """Bend *catalog* for this moment."""
        start = asker.now - self.at if isinstance(self.at, timedelta) else self.at
        policy = Policy(
            phased_rollout_interval=self.interval, publication_date=start, withdrawn=frozenset({"critical"})
        )
        return with_policy(catalog, lambda _: policy)


@dataclass(frozen=True, kw_only=True, slots=True)
class MinimumOs:
    """Demand a system from the future of the newest release."""

    version: str = parameter(SYSTEM, "99.0", "the oldest system it runs on")

    def bend(self, catalog: Catalog, _asker: Asker) -> Catalog:
        """Bend *catalog*, the same for everyone."""
        policy = Policy(minimum_os=self.version, withdrawn=frozenset({"maximum_os"}))
        return with_policy(catalog, lambda _: policy)


@dataclass(frozen=True, kw_only=True, slots=True)
class MaximumOs:
    """Demand a system from the past of the newest release."""

    version: str = parameter(SYSTEM, "1.0", "the newest system it runs on")

    def bend(self, catalog: Catalog, _asker: Asker) -> Catalog:
        """Bend *catalog*, the same for everyone."""
        policy = Policy(maximum_os=self.version, withdrawn=frozenset({"minimum_os"}))
        return with_policy(catalog, lambda _: policy)


@dataclass(frozen=True, kw_only=True, slots=True)
class ChannelBeta:
    """Move the newest release to the channel `beta`."""

    def bend(self, catalog: Catalog, _asker: Asker) -> Catalog:
        """Bend *catalog*, the same for everyone."""
        return with_policy(catalog, lambda _: Policy(channel=BETA))
