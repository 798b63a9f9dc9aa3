"""The servers that were announced on this machine, and whether they answer. Asks each; never tells a token."""

from collections.abc import Iterator

from ota_dev.control_client import Announcement, ControlClient, read_announcements
from ota_dev.diagnosis.facts import Fact
from ota_dev.errors import ControlError, NoServerError, RefusedTokenError

__all__ = ["is_answering", "servers"]


def servers() -> Iterator[Fact]:
    """Give each announced server with what came of asking it."""
    announcements = read_announcements()
    if not announcements:
        yield Fact(name="running", value="none")
    for each in announcements:
        try:
            value = f"process {each.pid}, {'answers' if is_answering(each) else 'gone: it was killed'}"
            yield Fact(name=each.url, value=value)
        except ControlError as error:
            yield Fact(name=each.url, value=f"process {each.pid}, cannot be asked", problem=str(error))


def is_answering(announcement: Announcement) -> bool:
    """Say whether the server is still there; one that was killed has left its announcement behind.

    Raises:
        ControlError: somebody is there who cannot be understood.
    """
    try:
        ControlClient(announcement.url, announcement.token).in_force()
    except (NoServerError, RefusedTokenError):
        return False
    return True
