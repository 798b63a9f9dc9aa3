"""Who asks for a feed, as far as what the feed says under a scenario depends on it. Pure."""

from dataclasses import dataclass
from datetime import datetime

from ota_dev.catalog.policy_values import version_text
from ota_dev.catalog.versions import Version

__all__ = ["Asker"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Asker:
    """A client at the moment in which it asks."""

    now: datetime  # with a time zone
    host_version: Version | None = None  # what the app that asks says it is

    @classmethod
    def of(cls, now: datetime, host_version: str | None) -> "Asker":
        """Take what a request says; a host version that is no version is as good as none."""
        try:
            return cls(now=now, host_version=Version(version_text(host_version)) if host_version else None)
        except ValueError:
            return cls(now=now)
