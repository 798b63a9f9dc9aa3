"""What a hand-written client decides about a feed. Pure."""

from ota_dev.catalog.targets import Platform
from ota_dev.simulated_client.decisions import Decision, Offer
from ota_dev.simulated_client.generic.comparator import compare
from ota_dev.simulated_client.generic.rules import RULES
from ota_dev.simulated_client.generic.seen_item import SeenItem, see_item
from ota_dev.simulated_client.profile import Profile
from ota_dev.simulated_client.received import ReceivedFeed
from ota_dev.simulated_client.rules import first_refusal, quoted
from ota_dev.simulated_client.selection import select

__all__ = ["SUFFIXES", "decide", "warnings_of"]

SUFFIXES = (".zip", ".tar", ".gz", ".bz2", ".dmg", ".exe", ".msi", ".pkg")


def decide(feed: ReceivedFeed, profile: Profile) -> Decision:
    """Decide about a feed as a hand-written client does."""
    seen = [see_item(item) for item in feed.appcast.items]
    judged = [(item, first_refusal(item, RULES, profile)) for item in seen]
    selection = select(judged, compare, profile.installed)
    offer = _offer(selection.chosen) if selection.chosen else None
    warnings = warnings_of(offer, profile) if offer else []
    if profile.system.platform is Platform.LINUX:
        warnings.insert(0, "on Linux this client asks /api/check instead of an appcast")
    return Decision(offered=offer, items=selection.items, warnings=tuple(warnings))


def _offer(item: SeenItem) -> Offer:
    return Offer(
        version=item.version,
        short_version=item.short_version,
        url=item.url,
        length=item.length,
        signature=item.signature,
        alternate_url=item.alternate_url,
    )


def warnings_of(offer: Offer, profile: Profile) -> list[str]:
    """Say why the client will not install what it offers."""
    warnings = []
    if "://" not in offer.url:
        warnings.append(f"the url {quoted(offer.url)} is not absolute: the download fails")
    name = offer.url.partition("?")[0].rpartition("/")[2]
    if not name.lower().endswith(SUFFIXES):
        warnings.append(f"the name {quoted(name)} ends in none of {' '.join(SUFFIXES)}: refused after the download")
    if profile.trusted_key and not offer.signature:
        warnings.append(f"{quoted(offer.version)} has no signature: refused after the download if the app requires one")
    return warnings
