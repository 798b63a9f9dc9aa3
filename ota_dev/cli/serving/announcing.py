"""Says where `serve` runs to the commands that tell it what to do. Writes one file, and removes it at the end."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ota_dev.dev_server import DevServer

__all__ = ["announce"]


def announce(running: ExitStack, server: "DevServer", note: Callable[[str], None]) -> None:
    """Announce *server* until *running* ends; it serves all the same where that does not work, and *note* hears why."""
    from ota_dev.control_client import announced

    try:
        running.enter_context(announced(server.url, server.token))
    except OSError as error:
        reason = error.strerror or error
        note(f"scenario set will not find this server ({reason}): give it --server {server.url} and OTA_DEV_TOKEN")
