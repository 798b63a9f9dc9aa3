"""What Velopack decides about a feed. Pure.

Source: the client for Python of Velopack 1.2, observed: the newest full package is downloaded if it is newer than the
app, or with its option for downgrades another; then its size and its SHA-256, else SHA-1, have to be those of the feed.
"""

from dataclasses import replace

from ota_dev.errors import MalformedFeedError
from ota_dev.simulated_client.decisions import Decision, Digest, Offer
from ota_dev.simulated_client.one_release import unusable
from ota_dev.simulated_client.profile import Profile
from ota_dev.simulated_client.received import ReceivedFeed
from ota_dev.simulated_client.rules import first_refusal
from ota_dev.simulated_client.selection import select
from ota_dev.simulated_client.semantic_versions import compare_as_rust, read_as_rust
from ota_dev.simulated_client.velopack.rules import AFTER_DOWNLOAD, RULES
from ota_dev.simulated_client.velopack.seen_asset import SeenAsset, see_assets

__all__ = ["decide"]

_OLDEST = "0.0.0-0"


def decide(feed: ReceivedFeed, profile: Profile) -> Decision:
    """Decide about a feed as Velopack does."""
    if read_as_rust(profile.installed) is None:
        return unusable("installed-version", "the app's own version is no semantic version: it was never packed so")
    try:
        seen = see_assets(feed)
    except MalformedFeedError as error:
        return unusable("json", str(error))
    except ValueError as error:
        return unusable("json", f"{feed.name} cannot be used: {error}")
    judged = [(asset, first_refusal(asset, RULES, profile)) for asset in seen]
    selection = select(
        judged,
        compare_as_rust,
        _threshold([asset for asset, refusal in judged if refusal is None], profile),
        veto=lambda asset: first_refusal(asset, AFTER_DOWNLOAD, profile),
    )
    items = (replace(item, line=asset.line) for item, asset in zip(selection.items, seen, strict=True))
    return Decision(offered=_offer(selection.chosen, feed) if selection.chosen else None, items=tuple(items))


def _threshold(passing: list[SeenAsset], profile: Profile) -> str:
    """Give the version than which a release has to be newer: with downgrades allowed, any but the app's own will do."""
    versions = [asset.version for asset in passing]
    newer = any(compare_as_rust(version, profile.installed) >= 0 for version in versions)
    return _OLDEST if profile.allows_downgrades and not newer else profile.installed


def _offer(asset: SeenAsset, feed: ReceivedFeed) -> Offer:
    algorithm, value = ("sha256", asset.sha256) if asset.sha256 else ("sha1", asset.sha1)
    return Offer(
        version=asset.version,
        short_version=asset.version,
        url=feed.absolute(asset.file_name),
        length=asset.size,
        signature="",
        digest=Digest(algorithm=algorithm, value=value.lower()),
        version_is_short=True,
    )
