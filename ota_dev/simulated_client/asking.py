"""Who asks, out of texts that users write: clients, each on its system, and what else they know. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

from ota_dev.catalog.policy_values import publication_date
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.errors import UsageError
from ota_dev.simulated_client.interface import SimulatedClient
from ota_dev.simulated_client.profile import Profile, System

__all__ = ["Asker", "on_their_systems", "read_architecture", "read_moment"]

Asker: TypeAlias = tuple[SimulatedClient, Profile]


def on_their_systems(
    clients: Iterable[SimulatedClient], profile: Profile, here: Platform
) -> tuple[list[Asker], list[SimulatedClient]]:
    """Put each client on the system of *profile*, or where that is unknown on its own, which may be *here*.

    Those that do not run on the system come second.
    """
    clients = list(clients)
    wanted = profile.system.platform
    if wanted is Platform.UNKNOWN:
        return [(client, replace(profile, system=System(platform=client.home or here))) for client in clients], []
    present = [(client, profile) for client in clients if wanted in client.platforms]
    return present, [client for client in clients if wanted not in client.platforms]


def read_moment(text: str, name: str) -> datetime:
    """Read the time of the check; *name* is what the user calls it.

    Raises:
        UsageError: it is none.
    """
    try:
        return publication_date(text)
    except ValueError as error:
        raise UsageError(f"{name}: {error}") from error


def read_architecture(text: str, name: str) -> Architecture:
    """Read the architecture of the app; *name* is what the user calls it.

    Raises:
        UsageError: it is none.
    """
    if (known := Architecture.parse(text)) is Architecture.UNKNOWN:
        raise UsageError(f"{name}: {text!r} is no architecture that is known, write one such as arm64 or x86_64")
    return known
