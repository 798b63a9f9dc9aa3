"""What NetSparkle decides about a feed. Pure.

Source: `AppCastHelper.cs` and `SparkleUpdater.cs` of NetSparkle 3.0 (70493547). It verifies the feed with the text
at its address and `.signature`, takes the newest item that fits, and offers it unless the user skipped that very
version.
"""

from ota_dev.simulated_client.decisions import Decision, Offer, Refusal
from ota_dev.simulated_client.netsparkle.comparator import compare
from ota_dev.simulated_client.netsparkle.rules import RULES, needs_signatures
from ota_dev.simulated_client.netsparkle.seen_item import SeenItem, see_item
from ota_dev.simulated_client.profile import Profile
from ota_dev.simulated_client.received import ReceivedFeed
from ota_dev.simulated_client.rules import first_refusal, quoted
from ota_dev.simulated_client.selection import refuse_all, select

__all__ = ["decide"]


def decide(feed: ReceivedFeed, profile: Profile) -> Decision:
    """Decide about a feed as NetSparkle does."""
    seen = [see_item(item) for item in feed.appcast.items]
    if needs_signatures(profile) and (reason := _signature_problem(feed, profile)):
        problem = Refusal(rule="feed-signature", reason=reason)
        others = Refusal(rule=problem.rule, reason="is not looked at: NetSparkle refuses the whole feed")
        return Decision(offered=None, items=refuse_all(seen, others), problem=problem)
    selection = select(
        [(item, first_refusal(item, RULES, profile)) for item in seen],
        compare,
        profile.installed,
        veto=lambda item: _skipped(item, profile),
    )
    offer = _offer(selection.chosen, feed) if selection.chosen else None
    return Decision(offered=offer, items=selection.items, warnings=_warnings(offer) if offer else ())


def _signature_problem(feed: ReceivedFeed, profile: Profile) -> str:
    told = 'users see it as "no internet"'
    if profile.trusted_key is None:
        return f"the security mode is {profile.security_mode}, but the app has no public key: {told}"
    signature = (feed.detached_signature or "").strip()
    if not signature:
        return f"there is no signature of the feed at its address and .signature: {told}"
    # The client decodes the feed and encodes the text again, which loses a byte order mark.
    problem = profile.trusted_key.problem(feed.appcast.source.markup, signature)
    return f"verified with the signature at its address and .signature, {problem}: {told}" if problem else ""


def _skipped(item: SeenItem, profile: Profile) -> Refusal | None:
    if not profile.is_scheduled or profile.skipped != item.version:
        return None
    return Refusal(rule="skipped-version", reason="is the newest, and the user skipped it")


def _offer(item: SeenItem, feed: ReceivedFeed) -> Offer:
    return Offer(
        version=item.version,
        short_version=item.short_version,
        url=feed.absolute(item.url) if item.url.startswith(".") else item.url,
        length=item.length,
        signature=item.signature,
        is_critical=item.is_critical,
        release_notes=item.release_notes or None,
    )


def _warnings(offer: Offer) -> tuple[str, ...]:
    if "://" in offer.url:
        return ()
    return (f"the url {quoted(offer.url)} is not absolute, which NetSparkle may not be able to download",)
