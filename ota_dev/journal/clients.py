"""Who is asking, as far as the `User-Agent` header and the query say.

The forms are those the clients really send: Sparkle 2.9, WinSparkle 0.9.3, electron-updater 6, Tauri's updater
plug-in 2, Velopack in .NET. Velopack elsewhere, NetSparkle and many hand-written clients send only what their HTTP
library does; some say in the query which app and version they are, as Sparkle does too when it sends its system
profile. Pure.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from ota_dev.catalog.safe_text import escape_control
from ota_dev.catalog.targets import Platform

__all__ = ["Client", "asking_client", "recognise"]

_LONGEST_READ = 512  # characters; no real client comes near
_LONGEST_SHOWN = 80


@dataclass(frozen=True, kw_only=True, slots=True)
class Client:
    """An update client, a browser or a tool; texts are bounded and safe to show."""

    family: str = "unknown"  # such as `Sparkle`, `curl` or `browser`
    family_version: str | None = None
    app: str | None = None
    version: str | None = None  # the host version: what the app that asks says it is
    os: str | None = None  # in the client's own words, such as `darwin` or `14.2`

    @property
    def platform(self) -> Platform | None:
        """Give the only operating system this client runs on, `None` where it runs on several."""
        return _ONLY_PLATFORM.get(self.family)


_ONLY_PLATFORM = {"Sparkle": Platform.MACOS, "WinSparkle": Platform.WINDOWS}

_SPARKLE_LIKE = re.compile(r"(?P<app>[^/]*)/(?P<version>.*?) (?P<family>Sparkle|WinSparkle)/(?P<family_version>\S*)")
_PRODUCT = re.compile(r"(?P<family>[A-Za-z0-9_.-]+)(?:/(?P<family_version>\S*))?")
_FAMILIES = {
    "electron-builder": "electron-updater",
    "tauri-plugin-updater": "Tauri",
    "tauri-updater": "Tauri",
    "velopack": "Velopack",
    "netsparkle": "NetSparkle",
    "mozilla": "browser",
}


# The parameters of hand-written clients, of Velopack, and of Sparkle's system profile.
_APP_PARAMETERS = ("app", "appName", "id")
_VERSION_PARAMETERS = ("version", "appVersion", "localVersion", "current_version")
_OS_PARAMETERS = ("platform", "os", "osVersion")


def asking_client(user_agent: str, query: Mapping[str, str]) -> Client:
    """Recognise a client by its `User-Agent`, and take the rest from the *query* of its request."""
    client = recognise(user_agent)
    if not query:
        return client
    family = _asking_family(query)
    if family and client.family != family:
        client = replace(client, family=family, family_version=None)
    return replace(
        client,
        app=client.app or _first(query, _APP_PARAMETERS),
        version=client.version or _first(query, _VERSION_PARAMETERS),
        os=client.os or _first(query, _OS_PARAMETERS),
    )


def _asking_family(query: Mapping[str, str]) -> str | None:
    """Recognise clients whose `User-Agent` is that of their HTTP library by what they alone ask."""
    if not {"id", "localVersion"}.issubset(query):
        return None
    return "Velopack" if {"stagingId", "rid"}.intersection(query) else "Squirrel.Windows"


@lru_cache(maxsize=256)
def recognise(user_agent: str) -> Client:
    """Recognise a client by its `User-Agent`; never raises, and an empty or odd header is an unknown client."""
    text = user_agent[:_LONGEST_READ].strip()
    if match := _SPARKLE_LIKE.match(text):
        return Client(
            family=match["family"],
            family_version=_shown(match["family_version"]),
            app=_shown(match["app"]),
            version=_shown(match["version"]),
        )
    if match := _PRODUCT.match(text):
        family = _FAMILIES.get(match["family"].lower(), match["family"])
        version = None if family == "browser" else _shown(match["family_version"])
        return Client(family=escape_control(family, _LONGEST_SHOWN), family_version=version)
    return Client()


def _first(query: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((shown for name in names if (shown := _shown(query.get(name)))), None)


def _shown(text: str | None) -> str | None:
    return escape_control(text.strip(), _LONGEST_SHOWN) or None if text else None
