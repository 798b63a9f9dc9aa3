"""Which running server a command talks to. Reads announcements, asks those servers, removes what others left behind."""

import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ota_dev.errors import ControlError, NoServerError, RefusedTokenError, UsageError

if TYPE_CHECKING:
    from ota_dev.control_client import Announcement, ControlClient

__all__ = ["running_server"]


def running_server(url: str | None) -> "ControlClient":
    """Give the server at *url*, else the only one that runs; `OTA_DEV_TOKEN` goes before the token announced.

    Raises:
        UsageError: *url* cannot be one, or there are several servers to choose from.
        ControlError: none runs, or its token is not known.
    """
    from ota_dev.control_client import TOKEN_VARIABLE, ControlClient, checked_server_url

    given = os.environ.get(TOKEN_VARIABLE)
    if url is None:
        found = _only_one()
        return ControlClient(found.url, given or found.token)
    url = checked_server_url(url)
    token = given or _announced_token(url)
    if not token:
        raise ControlError(f"nobody announced a server at {url}: start it, or give its token as {TOKEN_VARIABLE}")
    return ControlClient(url, token)


def _only_one() -> "Announcement":
    from ota_dev.control_client import read_announcements

    running = [each for each in read_announcements() if _is_running(each)]
    if not running:
        raise NoServerError("no ota-dev serve is running here: start one, or name another with --server URL")
    if len(running) > 1:
        urls = ", ".join(f"{each.url} (process {each.pid})" for each in running)
        raise UsageError(f"{len(running)} servers are running, {urls}: choose one with --server URL")
    return running[0]


def _is_running(announcement: "Announcement") -> bool:
    from ota_dev.control_client import ControlClient

    try:
        ControlClient(announcement.url, announcement.token).in_force()
    except (NoServerError, RefusedTokenError):
        announcement.remove()  # It was killed; at that address there is nobody, or somebody else.
        return False
    except ControlError:
        pass  # It is there, and whoever tells it something hears why that does not work.
    return True


def _announced_token(url: str) -> str | None:
    """Give the token of the server at *url*, by whichever name of this machine it is called there."""
    from ota_dev.control_client import is_loopback_url, read_announcements

    if not is_loopback_url(url):
        return None
    port = urlsplit(url).port
    return next((each.token for each in read_announcements() if urlsplit(each.url).port == port), None)
