"""Who asks in `check`: the clients, each on its system, and what the texts of the options mean."""

from __future__ import annotations

import platform
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.cli.console import complain
from ota_dev.errors import UsageError
from ota_dev.simulated_client.profile import System

if TYPE_CHECKING:
    from ota_dev.signing import VerifyingKey
    from ota_dev.simulated_client.interface import SimulatedClient
    from ota_dev.simulated_client.profile import Profile, TrustedKey

__all__ = ["architecture", "askers", "keys", "moment"]


def askers(clients: list[SimulatedClient], profile: Profile) -> list[tuple[SimulatedClient, Profile]]:
    """Put each client on its own system, or on the one that the user names if it runs there."""
    wanted = profile.system.platform
    here = Platform.parse(platform.system())
    if wanted is Platform.UNKNOWN:
        return [(client, replace(profile, system=System(platform=client.home or here))) for client in clients]
    present = [(client, profile) for client in clients if wanted in client.platforms]
    absent = [client.title for client in clients if wanted not in client.platforms]
    if not present:
        raise UsageError(f"{absent[0]} does not run on {wanted}: name another --os or --client")
    if absent:
        complain(f"{' and '.join(absent)} do{'es' * (len(absent) == 1)} not run on {wanted}")
    return present


def moment(at: str | None) -> datetime:
    """Read `--at`, which is now by default."""
    from ota_dev.catalog.policy_values import publication_date

    try:
        return publication_date(at) if at else datetime.now(UTC)
    except ValueError as error:
        raise UsageError(f"--at: {error}") from error


def architecture(text: str | None) -> Architecture:
    """Read `--arch`, which is this machine's by default."""
    known = Architecture.parse(text or platform.machine())
    if text and known is Architecture.UNKNOWN:
        raise UsageError(f"--arch: {text!r} is no architecture that is known, write one such as arm64 or x86_64")
    return known


def keys(text: str | None) -> tuple[VerifyingKey | None, TrustedKey | None]:
    """Read the public key, and give it as decisions use it, too."""
    if text is None:
        return None, None
    from ota_dev.signing import read_verifying_key
    from ota_dev.simulated_client.verification import AppKey

    key = read_verifying_key(text.strip())
    return key, AppKey(key)
