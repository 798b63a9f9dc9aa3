"""What Sparkle decides about a feed. Pure.

Source: `SUAppcastDriver.m` of Sparkle 2.9: it looks for an update that is no major upgrade, and only when there is none
for any; the delta from exactly the installed version is downloaded first.
"""

from ota_dev.feeds.appcast.reading import Item
from ota_dev.simulated_client.decisions import Decision, Judgement, Offer, Refusal, Verdict
from ota_dev.simulated_client.profile import Profile
from ota_dev.simulated_client.received import ReceivedFeed
from ota_dev.simulated_client.rules import bounded, first_refusal, quoted
from ota_dev.simulated_client.selection import select
from ota_dev.simulated_client.sparkle.rules import (
    RULES,
    compare,
    is_critical,
    is_informational,
    is_major_upgrade,
)
from ota_dev.simulated_client.sparkle.seen_item import SeenItem, UnreadableItem, see_item

__all__ = ["decide"]


def decide(feed: ReceivedFeed, profile: Profile) -> Decision:
    """Decide about a feed as Sparkle does."""
    if reason := _signature_problem(feed, profile):
        return _refused(feed, Refusal(rule="feed-signature", reason=reason), {})
    seen, unreadable = _see(feed, profile)
    if unreadable:
        number, refusal = next(iter(unreadable.items()))
        reason = f"item {number + 1} {refusal.reason}, and one such item makes Sparkle refuse the whole feed"
        return _refused(feed, Refusal(rule=refusal.rule, reason=reason), unreadable)
    selection = select(
        [(item, first_refusal(item, RULES, profile)) for item in seen],
        compare,
        profile.installed,
        is_second_choice=lambda item: is_major_upgrade(item, profile),
    )
    if selection.chosen is None:
        return Decision(offered=None, items=selection.items)
    offer = _offer(selection.chosen, profile)
    return Decision(offered=offer, items=selection.items, warnings=_warnings(offer, profile))


def _signature_problem(feed: ReceivedFeed, profile: Profile) -> str:
    """Verify the feed if the app requires that, or if feed and app have what it takes."""
    is_signed = feed.appcast.signed_block is not None
    if profile.requires_signed_feed and not is_signed:
        return "the feed is not signed, and the app requires it (SURequireSignedFeed)"
    if not is_signed or profile.trusted_key is None:
        return ""
    problem = profile.trusted_key.feed_problem(feed.content)
    return f"the feed is signed, but {problem}: an app with SURequireSignedFeed refuses it" if problem else ""


def _see(feed: ReceivedFeed, profile: Profile) -> tuple[list[SeenItem], dict[int, Refusal]]:
    seen, unreadable = [], {}
    for number, item in enumerate(feed.appcast.items):
        try:
            seen.append(see_item(item, feed, profile.languages))
        except UnreadableItem as error:
            unreadable[number] = error.refusal
    return seen, unreadable


def _refused(feed: ReceivedFeed, problem: Refusal, unreadable: dict[int, Refusal]) -> Decision:
    others = Refusal(rule=problem.rule, reason="is not looked at: Sparkle refuses the whole feed")
    items = (_unseen(item, unreadable.get(number, others)) for number, item in enumerate(feed.appcast.items))
    return Decision(offered=None, items=tuple(items), problem=problem)


def _unseen(item: Item, refusal: Refusal) -> Judgement:
    return Judgement(
        version=bounded(item.version),
        short_version=bounded(item.version),
        verdict=Verdict.REFUSED,
        rule=refusal.rule,
        reason=refusal.reason,
    )


def _offer(item: SeenItem, profile: Profile) -> Offer:
    return Offer(
        version=item.version,
        short_version=item.short_version,
        url=item.url,
        length=item.length,
        signature=item.signature,
        delta=item.deltas.get(profile.installed),
        is_critical=is_critical(item, profile),
        is_informational=is_informational(item, profile),
        is_major_upgrade=is_major_upgrade(item, profile),
        release_notes=item.release_notes,
    )


def _warnings(offer: Offer, profile: Profile) -> tuple[str, ...]:
    if profile.trusted_key is None or offer.is_informational or offer.signature:
        return ()
    return (
        f"the app has a public key, but {quoted(offer.version)} has no sparkle:edSignature: Sparkle refuses it "
        "as improperly signed after the download",
    )
