"""Finds the servers that run on this machine and tells them what to do: their announcements, and their control API.

Writes, reads and removes announcements, and opens connections to servers. It starts no server, and reads no setting.
"""

from ota_dev.control_client.announcement import (
    Announcement,
    announced,
    is_loopback_url,
    read_announcements,
)
from ota_dev.control_client.client import TOKEN_VARIABLE, ControlClient, InForce, checked_server_url

__all__ = [
    "TOKEN_VARIABLE",
    "Announcement",
    "ControlClient",
    "InForce",
    "announced",
    "checked_server_url",
    "is_loopback_url",
    "read_announcements",
]
