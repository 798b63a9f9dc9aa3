"""The clients by name. Pure; a client is imported only when it is asked for."""

from collections.abc import Iterator
from enum import StrEnum
from importlib import import_module

from ota_dev.simulated_client.interface import SimulatedClient

__all__ = ["ClientName", "client_named", "every_client"]


class ClientName(StrEnum):
    """The clients there are."""

    SPARKLE = "sparkle"
    WINSPARKLE = "winsparkle"
    NETSPARKLE = "netsparkle"
    GENERIC = "generic"  # a hand-written one


def client_named(name: ClientName) -> SimulatedClient:
    """Give a client."""
    client: SimulatedClient = import_module(f"ota_dev.simulated_client.{name}").CLIENT
    return client


def every_client() -> Iterator[SimulatedClient]:
    """Give all of them, in the order of their names' table."""
    return map(client_named, ClientName)
