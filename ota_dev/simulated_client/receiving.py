"""A feed from where the user says it is: a URL, asked as the client does, a file, or standard input. Reads those."""

import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from ota_dev.catalog.resources import SIGNATURE_SUFFIX
from ota_dev.errors import FeedError, FetchingError, UsageError
from ota_dev.named_files import STANDARD_INPUT
from ota_dev.simulated_client.clients import clients_of
from ota_dev.simulated_client.feed_kinds import FeedKind, kind_by_name, recognise
from ota_dev.simulated_client.fetching import Answer, Limits, fetch, is_address
from ota_dev.simulated_client.interface import SimulatedClient
from ota_dev.simulated_client.profile import Profile
from ota_dev.simulated_client.received import LARGEST_FEED, ReceivedFeed

__all__ = ["LARGEST_SIGNATURE", "check_kind", "kind_of", "read_local", "receive"]

LARGEST_SIGNATURE = 4096  # bytes


def receive(
    source: str, askers: Sequence[tuple[SimulatedClient, Profile]], sleep: Callable[[float], object] = time.sleep
) -> list[ReceivedFeed]:
    """Receive a feed as each client does; *source* is a URL, the name of a file, or `-`.

    A client that tries again waits with *sleep*. A file is read once for all. The signature beside a feed is asked for
    only where the client needs it.

    Raises:
        FetchingError: the server does not answer, or with an error that the client shows to its user.
        FeedError: the file cannot be read, or the feed is none.
    """
    if is_address(source):
        return [_from_url(source, client, profile, sleep) for client, profile in askers]
    content, name = read_local(source)
    feed = ReceivedFeed(content=content, name=name)
    for client, _ in askers:
        check_kind(content, name, client)
        if client.reads is FeedKind.APPCAST:
            _ = feed.appcast  # What is none is told before anybody decides.
    wants_signature = [client.wants_feed_signature(profile) for client, profile in askers]
    signature = _read_signature(source) if any(wants_signature) else None
    return [replace(feed, detached_signature=signature) if wants else feed for wants in wants_signature]


def kind_of(source: str) -> FeedKind:
    """Say what kind of feed *source* seems to be before anybody asks for it; an appcast where nothing tells."""
    try:
        # What comes through a pipe can be read but once.
        if is_address(source) or source == STANDARD_INPUT or not Path(source).is_file():
            return kind_by_name(source) or FeedKind.APPCAST
        with Path(source).open("rb") as file:
            return recognise(file.read(LARGEST_FEED), source) or FeedKind.APPCAST
    except OSError:  # It is told when it is read.
        return FeedKind.APPCAST


def read_local(name: str) -> tuple[bytes, str]:
    """Read a feed from a file, or from standard input for `-`; the text is how errors call it.

    Raises:
        FeedError: the file cannot be read.
    """
    if name == STANDARD_INPUT:
        if sys.stdin is None:
            raise FeedError("standard input is closed: name a feed's URL or file")
        return sys.stdin.buffer.read(LARGEST_FEED + 1), "standard input"
    return _read_feed(Path(name)), name


def _from_url(url: str, client: SimulatedClient, profile: Profile, sleep: Callable[[float], object]) -> ReceivedFeed:
    asked = client.address(url, profile)
    content, answer = _fetch_feed(asked, client, profile, sleep)
    check_kind(content, asked, client)
    if client.reads is not FeedKind.APPCAST:
        return ReceivedFeed(content=content, name=asked, url=answer.url, status=answer.status)
    signature = _fetch_signature(url, client, profile) if client.wants_feed_signature(profile) else None
    return ReceivedFeed.read(content, url, url=answer.url, detached_signature=signature)


def check_kind(content: bytes, name: str, client: SimulatedClient) -> None:
    """Make sure that a feed is not plainly for another client.

    Raises:
        UsageError: it is; it names the client to give.
    """
    kind = recognise(content)
    if kind is None or kind is client.reads:
        return
    readers = " or ".join(reader.name for reader in clients_of(kind))
    advice = f"give --client {readers}" if readers else "`ota-dev lint` judges it, but no client here reads it"
    raise UsageError(f"{name} is {kind}, which {client.title} does not read: {advice}")


def _fetch_feed(
    url: str, client: SimulatedClient, profile: Profile, sleep: Callable[[float], object]
) -> tuple[bytes, Answer]:
    *first_pauses, last_pause = client.etiquette.feed_pauses
    for pause in first_pauses:
        sleep(pause)
        with suppress(FetchingError):
            content, answer = _fetch(url, client, profile, LARGEST_FEED)
            if answer.status < 400:
                return content, answer
    sleep(last_pause)
    content, answer = _fetch(url, client, profile, LARGEST_FEED)
    if answer.status >= 400 and not client.etiquette.takes_error_pages:
        raise FetchingError(
            f"{answer.url} answers {answer.status} {answer.reason}: {client.title} offers nothing, and "
            f"{client.etiquette.on_error}"
        )
    return content, answer


def _fetch_signature(url: str, client: SimulatedClient, profile: Profile) -> str | None:
    """Fetch the text at the literal address and `.signature`, a query included."""
    try:
        content, answer = _fetch(f"{url}{SIGNATURE_SUFFIX}", client, profile, LARGEST_SIGNATURE)
    except FetchingError:
        return None  # The client tells no difference.
    return content.decode("utf-8", "replace") if answer.status < 400 else None


def _fetch(url: str, client: SimulatedClient, profile: Profile, size: int) -> tuple[bytes, Answer]:
    etiquette = client.etiquette
    limits = Limits(size=size, seconds=etiquette.patience, allows_downgrades=not etiquette.refuses_downgrades)
    body = BytesIO()
    answer = fetch(url, etiquette.for_feed(profile.installed), limits, body)
    return body.getvalue(), answer


def _read_feed(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FEED + 1)  # The byte too many is for the reader to complain of.
    except OSError as error:
        raise FeedError(f"{path} cannot be read ({error.strerror or error}): name a feed's URL or file") from error


def _read_signature(name: str) -> str | None:
    if name == STANDARD_INPUT:
        return None
    try:
        with Path(f"{name}{SIGNATURE_SUFFIX}").open("rb") as file:
            return file.read(LARGEST_SIGNATURE).decode("utf-8", "replace")
    except OSError:
        return None
