"""The environments of an app that asks here: where its update client looks in each. Pure.

The shape is that of the configuration which apps with a hand-written client carry themselves:

    environment: development
    environments:
      development:
        ota_server: http://127.0.0.1:8080            # of the JSON API
        appcast_base: http://127.0.0.1:8080/dev      # what the address of the appcast begins with
        channel: dev
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from ota_dev.catalog.policy_values import channel_name, web_link
from ota_dev.catalog.web_addresses import is_loopback
from ota_dev.documents import Document, Reader

__all__ = ["CLIENT_READERS", "ClientEnvironment"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ClientEnvironment:
    """Where an app's update client looks in one of its environments."""

    name: str
    ota_server: str | None = None
    appcast_base: str | None = None
    channel: str | None = None

    @classmethod
    def of(cls, name: str, said: Mapping[str, Any]) -> "ClientEnvironment":
        """Take what is about the client out of all that is said in an environment."""
        return cls(name=name, **{key: said[key] for key in CLIENT_READERS if key in said})

    @property
    def local_address(self) -> tuple[str, int] | None:
        """Give the host and port on this machine where the app expects its server, `None` for any other place."""
        parts = urlsplit(self.ota_server or "")
        if not parts.hostname or not parts.port or not is_loopback(parts.hostname):
            return None
        return parts.hostname, parts.port


def _link(document: Document, key: str) -> str | None:
    text = document.text(key)
    return web_link(text) if text else None


def _channel(document: Document, key: str) -> str | None:
    text = document.text(key)
    return channel_name(text) if text else None


CLIENT_READERS: dict[str, Reader[object]] = {"ota_server": _link, "appcast_base": _link, "channel": _channel}
