"""Who asks in `check`: the clients, each on its system, and what the texts of the options mean."""

from __future__ import annotations

import platform
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.cli.console import complain
from ota_dev.errors import UsageError
from ota_dev.simulated_client.asking import Asker, on_their_systems, read_architecture, read_moment
from ota_dev.simulated_client.clients import ClientName, client_named, clients_of

if TYPE_CHECKING:
    from ota_dev.signing import VerifyingKey
    from ota_dev.simulated_client.interface import SimulatedClient
    from ota_dev.simulated_client.profile import Profile, TrustedKey

__all__ = ["architecture_of", "askers_of", "clients_for", "keys_of", "moment_of"]


def clients_for(source: str, name: ClientName | None, *, all_clients: bool) -> list[SimulatedClient]:
    """Give the client of a name, else the first that reads what *source* seems to be, or all that do."""
    if name:
        return [client_named(name)]
    from ota_dev.simulated_client.receiving import kind_of

    readers = clients_of(kind_of(source)) or [client_named(ClientName.SPARKLE)]  # That one is told what it is instead.
    return readers if all_clients else readers[:1]


def askers_of(clients: list[SimulatedClient], profile: Profile) -> list[Asker]:
    """Put each client on its own system, or on the one that the user names if it runs there."""
    present, absent = on_their_systems(clients, profile, Platform.parse(platform.system()))
    titles, wanted = [client.title for client in absent], profile.system.platform
    if not present:
        raise UsageError(f"{titles[0]} does not run on {wanted}: name another --os or --client")
    if absent:
        complain(f"{' and '.join(titles)} do{'es' * (len(titles) == 1)} not run on {wanted}")
    return present


def moment_of(at: str | None) -> datetime:
    """Read `--at`, which is now by default."""
    return read_moment(at, "--at") if at else datetime.now(UTC)


def architecture_of(text: str | None) -> Architecture:
    """Read `--arch`, which is this machine's by default."""
    return read_architecture(text, "--arch") if text else Architecture.parse(platform.machine())


def keys_of(text: str | None) -> tuple[VerifyingKey | None, TrustedKey | None]:
    """Read the public key, and give it as decisions use it, too."""
    if text is None:
        return None, None
    from ota_dev.signing import read_verifying_key
    from ota_dev.simulated_client.verification import AppKey

    key = read_verifying_key(text.strip())
    return key, AppKey(key)
