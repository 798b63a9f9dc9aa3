"""Which simulated client asks for which feed, read from the query of a request to the control API. Pure.

Every reader raises `UsageError` with what to write instead.
"""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote

from ota_dev.catalog.policy_values import channel_name
from ota_dev.catalog.targets import Architecture
from ota_dev.errors import UsageError
from ota_dev.feeds.appcast.naming import appcast_path
from ota_dev.server.control.reading import check_names, read_number, read_yes_no
from ota_dev.simulated_client.asking import Asker, read_architecture, read_moment
from ota_dev.simulated_client.clients import ClientName, client_named
from ota_dev.simulated_client.interface import SimulatedClient
from ota_dev.simulated_client.profile import PHASED_GROUPS, Profile, System, TrustedKey

__all__ = ["PARAMETERS", "feed_for", "read_asker"]

PARAMETERS = ("client", "version", "os", "arch", "channel", "app", "group", "at", "background", "language", "feed")


def read_asker(query: Mapping[str, str], now: datetime, trusted: TrustedKey | None) -> Asker:
    """Read which client asks, in an app that carries the *trusted* key; *now* is the time unless there is another."""
    check_names(query, PARAMETERS)
    client = _client(query.get("client") or ClientName.SPARKLE)
    channel, arch, at = _channel(query), query.get("arch"), query.get("at")
    profile = Profile(
        installed=_version(query),
        system=_system(client, query.get("os")),
        now=read_moment(at, "at") if at else now,
        architecture=read_architecture(arch, "arch") if arch else Architecture.UNKNOWN,
        channels=frozenset([channel]) if channel and client.knows_channels else frozenset(),
        group=_group(query),
        is_scheduled=read_yes_no(query, "background") or False,
        trusted_key=trusted,
        languages=(query.get("language") or "en",),
    )
    return client, profile


def feed_for(asker: Asker, query: Mapping[str, str]) -> str:
    """Give the path of the feed that is asked for: as the query has it, else as an app with this client is given it."""
    if named := query.get("feed"):
        if not named.startswith("/"):
            raise UsageError("feed is the path of a feed here, such as /appcast-macos-arm64.xml")
        return asker[0].address(named, asker[1])
    client, profile = asker
    if client.usual_source:
        folder = f"/apps/{quote(query['app'])}" if query.get("app") else ""
        return client.address(f"{folder}{client.usual_source}", profile)
    narrows, known = client.asks_for_its_target, profile.architecture is not Architecture.UNKNOWN
    path = appcast_path(
        app=query.get("app") or None,
        channel=None if client.knows_channels else _channel(query),
        system=profile.system.platform.value if narrows else None,
        architecture=profile.architecture.value if narrows and known else None,
    )
    return f"/{quote(path)}"


def _version(query: Mapping[str, str]) -> str:
    if version := query.get("version"):
        return version
    raise UsageError("version is missing: give the one that the app has, as the client compares it")


def _client(text: str) -> SimulatedClient:
    if text not in list(ClientName):
        raise UsageError(f"client is one of {', '.join(ClientName)}")
    return client_named(ClientName(text))


def _system(client: SimulatedClient, text: str | None) -> System:
    if text:
        system = System.parse(text)
    elif client.home:
        system = System(platform=client.home)
    else:
        raise UsageError("os is missing: a hand-written client runs on every one, so give macos, windows or linux")
    if system.platform not in client.platforms:
        raise UsageError(f"{client.title} does not run on {system.platform}: give another os or client")
    return system


def _channel(query: Mapping[str, str]) -> str | None:
    try:
        return channel_name(query["channel"]) if query.get("channel") else None
    except ValueError as error:
        raise UsageError(f"channel: {error}") from error


def _group(query: Mapping[str, str]) -> int:
    if (group := read_number(query, "group")) >= PHASED_GROUPS:
        raise UsageError(f"group is a number from 0 to {PHASED_GROUPS - 1}")
    return group
