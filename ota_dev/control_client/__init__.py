"""Finds the servers that run on this machine and tells them what to do: their announcements, and their control API."""

from ota_dev.control_client.announcement import (
    Announcement,
    announced,
    is_loopback_url,
    read_announcements,
)
from ota_dev.control_client.client import ControlClient, InForce, checked_server_url

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

TOKEN_VARIABLE = "OTA_DEV_TOKEN"  # noqa: S105 - the name of a variable
