"""What every simulated client offers to the rest of the house."""

from collections.abc import Callable
from dataclasses import dataclass

from ota_dev.catalog.targets import Platform
from ota_dev.simulated_client.comparators import Comparator
from ota_dev.simulated_client.decisions import Decision
from ota_dev.simulated_client.etiquette import Etiquette
from ota_dev.simulated_client.feed_kinds import FeedKind
from ota_dev.simulated_client.field_names import OF_APPCASTS, FieldNames
from ota_dev.simulated_client.profile import Profile
from ota_dev.simulated_client.received import ReceivedFeed

__all__ = ["SimulatedClient"]


def _always(_: Profile) -> bool:
    return True


def _never(_: Profile) -> bool:
    return False


def _as_named(source: str, _: Profile) -> str:
    return source


@dataclass(frozen=True, kw_only=True, slots=True)
class SimulatedClient:
    """One update client.

    `decide` is pure. It gives one judgement for each item of the feed, in the feed's order, and never raises: whatever
    the client cannot read is a rule that refuses. Only what is no XML at all keeps clients of appcasts from deciding.
    """

    name: str
    title: str  # with the version whose behaviour it is
    platforms: tuple[Platform, ...]  # that it runs on
    home: Platform | None  # the one that it is mostly used on
    comparator: Comparator
    decide: Callable[[ReceivedFeed, Profile], Decision]
    # The same of the body with which a JSON API answers, empty for one that is not 200; `None` for who asks none.
    decide_answer: Callable[[bytes, Profile], Decision] | None = None
    etiquette: Etiquette
    reads: FeedKind = FeedKind.APPCAST
    fields: FieldNames = OF_APPCASTS
    # Gives the URL that the client asks for, of what an app is told: an address, a folder or a template.
    address: Callable[[str, Profile], str] = _as_named
    usual_source: str = ""  # the path that an app is told of a server of ota-dev; none where it has several
    verifies_downloads: Callable[[Profile], bool] = _always
    wants_feed_signature: Callable[[Profile], bool] = _never  # the one that stands beside the feed
    knows_channels: bool = False  # of one feed; an app with another client is given a channel's own feed
    asks_for_its_target: bool = False  # for the feed of its own system and architecture
