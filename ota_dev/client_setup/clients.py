"""The clients that there are instructions for: one entry each. Pure."""

from ota_dev.client_setup import electron_updater, generic, netsparkle, sparkle, squirrel, tauri, velopack, winsparkle
from ota_dev.client_setup.interface import ClientSetup, Instructions, Target

__all__ = ["client_setups"]

CLIENTS: tuple[Instructions, ...] = (
    sparkle.instructions,
    winsparkle.instructions,
    netsparkle.instructions,
    electron_updater.instructions,
    tauri.instructions,
    velopack.instructions,
    squirrel.instructions,
    generic.instructions,
)


def client_setups(target: Target) -> tuple[ClientSetup, ...]:
    """Tell how to point an app at *target*, for each client."""
    return tuple(instructions(target) for instructions in CLIENTS)
