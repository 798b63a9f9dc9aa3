"""The clients by name. Pure; a client is imported only when it is asked for."""

from collections.abc import Iterator
from enum import StrEnum
from importlib import import_module

from ota_dev.simulated_client.feed_kinds import FeedKind
from ota_dev.simulated_client.interface import SimulatedClient

__all__ = ["APPCAST_CLIENTS", "ClientName", "client_named", "clients_of", "every_client"]


class ClientName(StrEnum):
    """The clients there are."""

    SPARKLE = "sparkle"
    WINSPARKLE = "winsparkle"
    NETSPARKLE = "netsparkle"
    GENERIC = "generic"  # a hand-written one
    ELECTRON_UPDATER = "electron-updater"
    VELOPACK = "velopack"
    TAURI = "tauri"


APPCAST_CLIENTS = (ClientName.SPARKLE, ClientName.WINSPARKLE, ClientName.NETSPARKLE, ClientName.GENERIC)
# Each client says the same; here nobody has to import them all.
_READERS = {
    FeedKind.APPCAST: APPCAST_CLIENTS,
    FeedKind.ELECTRON_UPDATER: (ClientName.ELECTRON_UPDATER,),
    FeedKind.VELOPACK: (ClientName.VELOPACK,),
    FeedKind.TAURI: (ClientName.TAURI,),
}


def client_named(name: ClientName) -> SimulatedClient:
    """Give a client."""
    client: SimulatedClient = import_module(f"ota_dev.simulated_client.{name.replace('-', '_')}").CLIENT
    return client


def every_client() -> Iterator[SimulatedClient]:
    """Give all of them, in the order of their names' table."""
    return map(client_named, ClientName)


def clients_of(kind: FeedKind) -> list[SimulatedClient]:
    """Give the clients that read feeds of a kind, in that order; there is none for some."""
    return [client_named(name) for name in _READERS.get(kind, ())]
