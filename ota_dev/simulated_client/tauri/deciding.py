"""What Tauri decides about the answer of an endpoint. Pure.

Source: `updater.rs` of tauri-plugin-updater. The app compares versions itself, also where a server chose for it.
"""

from ota_dev.errors import MalformedFeedError
from ota_dev.simulated_client.decisions import Decision, Offer
from ota_dev.simulated_client.one_release import decide_about, unusable
from ota_dev.simulated_client.profile import Profile
from ota_dev.simulated_client.received import ReceivedFeed
from ota_dev.simulated_client.rules import bounded
from ota_dev.simulated_client.tauri.comparator import read_version
from ota_dev.simulated_client.tauri.rules import RULES, chosen_platform
from ota_dev.simulated_client.tauri.seen_release import SeenRelease, UnreadableRelease, see_release

__all__ = ["decide"]

_NO_CONTENT = 204
_SAID = 'its caller gets "Could not fetch a valid release JSON from the remote"'


def decide(feed: ReceivedFeed, profile: Profile) -> Decision:
    """Decide about a feed as Tauri does."""
    if feed.status == _NO_CONTENT:
        return unusable("no-content", "the server answers 204, which says that there is no update")
    if read_version(profile.installed) is None:
        return unusable("installed-version", "the app's own version is no semantic version: it cannot be built so")
    try:
        seen = see_release(feed)
    except MalformedFeedError as error:
        return unusable("json", f"{error}: {_SAID}")
    except UnreadableRelease as error:
        return unusable("document", f"nothing of it is read, since {error}: {_SAID}")
    return decide_about(seen, RULES, profile, lambda seen: _offer(seen, profile))


def _offer(seen: SeenRelease, profile: Profile) -> Offer:
    platform = chosen_platform(seen, profile) or next(iter(seen.platforms.values()))
    return Offer(
        version=bounded(seen.version),
        short_version=bounded(seen.version),
        url=platform.url,
        length=None,
        signature=platform.signature,
        version_is_short=True,
    )
