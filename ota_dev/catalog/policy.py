"""What the author of a release says about it, over what its installers say of themselves. Pure values.

Policies are laid over one another, the most particular on top: flags, the sidecar, `ota-dev.yaml`, the installer's own
facts. The values in them have passed `policy_values`, where what clients accept is written down.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from typing import Any

from ota_dev.catalog.versions import Version, compare

__all__ = ["NOTHING_SAID", "POLICY_FIELDS", "Critical", "Informational", "OwnElement", "Policy"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Critical:
    """An update that should not be put off."""

    below_version: str | None = None  # for clients whose build is older than this; `None` is for all


@dataclass(frozen=True, kw_only=True, slots=True)
class Informational:
    """An update that a client announces with a link, and does not install."""

    versions: tuple[str, ...] = ()  # for clients of exactly these builds; with `below_version` unset too, for all
    below_version: str | None = None  # and for clients whose build is older than this


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnElement:
    """An element of an item in somebody's own namespace."""

    prefix: str  # Sparkle hands the element to the app under "prefix:name"
    name: str
    namespace: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """What is said about one installer; `None` or an empty tuple is "nothing said".

    Versions are builds, as clients compare them, except for those of the operating system.
    """

    title: str | None = None
    channel: str | None = None  # `None` is the default channel, which everyone sees
    minimum_os: str | None = None
    maximum_os: str | None = None
    hardware_requirements: tuple[str, ...] = ()
    minimum_update_version: str | None = None  # clients below it are not offered the update
    minimum_autoupdate_version: str | None = None  # to clients below it the update is a major upgrade
    ignore_skipped_upgrades_below_version: str | None = None  # who skipped that upgrade below this is told again
    critical: Critical | None = None
    phased_rollout_interval: timedelta | None = None  # whole seconds between two of the seven groups
    staging: int | None = None  # per cent of the clients that are offered it, from 1; by electron-updater alone
    informational: Informational | None = None
    installer_arguments: str | None = None  # Windows only
    link: str | None = None  # the product's page
    full_release_notes_link: str | None = None
    publication_date: datetime | None = None  # UTC
    own_elements: tuple[OwnElement, ...] = ()
    withdrawn: frozenset[str] = field(default_factory=frozenset)  # fields that no policy below this one can fill

    def over(self, fallback: "Policy") -> "Policy":
        """Fill what is not said here from *fallback*, except for what is withdrawn here."""
        if self is NOTHING_SAID or self == NOTHING_SAID:  # most installers, and a feed may have ten thousand
            return fallback
        fallbacks = {
            name: said
            for name in POLICY_FIELDS
            if not getattr(self, name) and name not in self.withdrawn and (said := getattr(fallback, name))
        }
        return replace(self, **fallbacks, withdrawn=self.withdrawn | (fallback.withdrawn - self.said().keys()))

    def said(self) -> dict[str, Any]:
        """Give the fields that are said, by name."""
        return {name: said for name in POLICY_FIELDS if (said := getattr(self, name))}

    def contradictions(self) -> Iterator[str]:
        """Say in one sentence each what in this policy, now complete, no client could make sense of."""
        if self.informational and not self.link:
            yield "an informational update is a link and nothing else, so give it one with `link`"
        if self.minimum_os and self.maximum_os and compare(Version(self.minimum_os), Version(self.maximum_os)) > 0:
            yield f"minimum_os {self.minimum_os} is newer than maximum_os {self.maximum_os}, so no system fits"


NOTHING_SAID = Policy()
POLICY_FIELDS = tuple(entry.name for entry in fields(Policy) if entry.name != "withdrawn")
