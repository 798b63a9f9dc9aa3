"""What WinSparkle decides about a feed. Pure.

Source: `updatechecker.cpp` of WinSparkle 0.9: the newest item that fits is the only one it considers. A version that
the user skipped is compared as text, and only in automatic checks.
"""

from ota_dev.simulated_client.decisions import Decision, Offer, Refusal
from ota_dev.simulated_client.profile import Profile
from ota_dev.simulated_client.received import ReceivedFeed
from ota_dev.simulated_client.rules import first_refusal, quoted
from ota_dev.simulated_client.selection import select
from ota_dev.simulated_client.winsparkle.comparator import compare
from ota_dev.simulated_client.winsparkle.rules import RULES, WITHOUT_MANIFEST, chosen_enclosure, needed_system
from ota_dev.simulated_client.winsparkle.seen_item import SeenItem, see_item

__all__ = ["decide"]


def decide(feed: ReceivedFeed, profile: Profile) -> Decision:
    """Decide about a feed as WinSparkle does."""
    end = feed.appcast.channels[0].end if feed.appcast.channels else 0
    seen = [see_item(item, is_in_first_channel=item.element.start < end) for item in feed.appcast.items]
    selection = select(
        [(item, first_refusal(item, RULES, profile)) for item in seen],
        compare,
        profile.installed,
        veto=lambda item: _skipped(item, profile),
    )
    if selection.chosen is None:
        return Decision(offered=None, items=selection.items)
    offer = _offer(selection.chosen, profile)
    return Decision(offered=offer, items=selection.items, warnings=tuple(_warnings(selection.chosen, offer, profile)))


def _skipped(item: SeenItem, profile: Profile) -> Refusal | None:
    if not profile.is_scheduled or profile.skipped != item.version:
        return None
    return Refusal(rule="skipped-version", reason="is the newest, and the user skipped it")


def _offer(item: SeenItem, profile: Profile) -> Offer:
    enclosure = chosen_enclosure(item, profile.architecture)
    url = enclosure.url if enclosure else ""
    return Offer(
        version=item.version,
        short_version=item.short_version,
        url=url or item.link,
        length=None,  # which it never reads
        signature=enclosure.signature if enclosure else "",
        is_critical=item.is_critical,
        is_informational=not url,
        release_notes=item.release_notes or None,
    )


def _warnings(item: SeenItem, offer: Offer, profile: Profile) -> list[str]:
    warnings = []
    if "://" not in offer.url:
        warnings.append(
            f"the url {quoted(offer.url)} is not absolute: WinSparkle announces the update, then fails to download it"
        )
    if profile.trusted_key and not offer.is_informational and not offer.signature:
        warnings.append(
            f"the app has a public key, but {quoted(offer.version)} has no sparkle:edSignature: WinSparkle refuses it "
            "after the download (Invalid update signature)"
        )
    if (needed := needed_system(item)) and needed > WITHOUT_MANIFEST:
        warnings.append(
            f"sparkle:minimumSystemVersion {quoted(item.minimum_system)} hides the update from an app without a "
            "supportedOS manifest, to which every Windows says that it is 6.2"
        )
    return warnings
