"""Which offers are too old to stay, branch by branch.

A branch is a line of updates that some users can only take from there (generate_appcast of Sparkle 2.9): the same
requirements, the same channel and, as this feed is for every system, the same target. A channel whose newest version
is behind the default channel's keeps one.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.catalog.versions import Version
from ota_dev.feeds.appcast.offers import Offer
from ota_dev.feeds.appcast.reading import SPARKLE

__all__ = ["stale"]

_REQUIREMENTS = tuple(
    f"{SPARKLE}{name}"
    for name in (
        "minimumUpdateVersion",
        "minimumSystemVersion",
        "maximumSystemVersion",
        "minimumAutoupdateVersion",
        "hardwareRequirements",
    )
)
_CHANNEL_NAME = re.compile(r"[A-Za-z0-9._-]+")  # anything else is the default channel to Sparkle

_Target = tuple[Platform, Architecture]
_Branch = tuple[_Target, str, tuple[str, ...]]  # target, channel, requirements


def stale(offers: Iterable[Offer], maximum: int) -> set[Offer]:
    """Give the offers whose version is not among the *maximum* newest of their branch.

    An offer without a version is in no branch, and never stale.
    """
    branches: dict[_Branch, list[Offer]] = defaultdict(list)
    for offer in offers:
        if offer.version.text:
            branches[_branch(offer)].append(offer)
    newest_default = _newest_by_target(offer for (_, channel, _), b in branches.items() if not channel for offer in b)
    found: set[Offer] = set()
    for (target, channel, _), branch in branches.items():
        newest = _newest_first(branch)
        is_behind = channel and target in newest_default and newest_default[target].is_newer_than(newest[0])
        kept = {version.canonical for version in newest[: 1 if is_behind else maximum]}
        found |= {offer for offer in branch if offer.version.canonical not in kept}
    return found


def _branch(offer: Offer) -> _Branch:
    channel = offer.item.text(f"{SPARKLE}channel")
    return (
        _target(offer),
        channel if _CHANNEL_NAME.fullmatch(channel) else "",
        tuple(offer.item.text(name) for name in _REQUIREMENTS),
    )


def _target(offer: Offer) -> _Target:
    # Sparkle's own tool marks no system, and no other tool limits versions.
    platform = Platform.MACOS if offer.platform is Platform.UNKNOWN else offer.platform
    return platform, offer.architecture


def _newest_by_target(offers: Iterable[Offer]) -> dict[_Target, Version]:
    newest: dict[_Target, Version] = {}
    for offer in offers:
        target = _target(offer)
        if target not in newest or offer.version.is_newer_than(newest[target]):
            newest[target] = offer.version
    return newest


def _newest_first(branch: Sequence[Offer]) -> list[Version]:
    versions = {offer.version.canonical: offer.version for offer in branch}
    return sorted(versions.values(), key=lambda version: version.order, reverse=True)
