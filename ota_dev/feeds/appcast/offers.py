"""What an item offers, and which offers of two feeds are the same.

An offer is known by its version, its system and its architecture. Feeds of other tools leave marks out, so:

1. The same version, system and architecture are the same offer; of several, that of the same file name, else of the
   same kind of package, else the first.
2. What a feed leaves open contradicts nothing: then the same version and file name, the same version and system, or
   the same version and kind of package are the same offer, the last two only while there is no choice.
3. A file's kind says its system where there is no mark, and `arm64` in the hardware requirements its architecture.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.catalog.versions import Version
from ota_dev.feeds.appcast.reading import SPARKLE, Enclosure, Item

__all__ = ["Match", "Offer", "match", "offers_of"]

_LONGEST_VERSION = 200  # characters; what lies behind them decides nothing


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Offer:
    """One file that an item offers for one target, or the link of an item without a file; equal to itself alone."""

    item: Item
    enclosure: Enclosure | None
    version: Version  # the build
    platform: Platform
    architecture: Architecture
    kind: PackageKind | None
    address: str  # the file's name, or the link

    def __str__(self) -> str:
        target = " ".join(part for part in (self.platform, self.architecture) if part != "unknown")
        return f"{self.version} for {target}" if target else f"{self.version}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """One offer as it stands in both feeds."""

    existing: Offer
    generated: Offer


def offers_of(item: Item) -> tuple[Offer, ...]:
    """Give one offer for each enclosure, or the only one of an item without any."""
    if not item.enclosures:
        return (
            Offer(
                item=item,
                enclosure=None,
                version=_version(item.version),
                platform=Platform.UNKNOWN,
                architecture=Architecture.UNKNOWN,
                kind=None,
                address=item.text("link"),
            ),
        )
    return tuple(_offer(item, enclosure) for enclosure in item.enclosures)


def match(existing: Iterable[Offer], generated: Iterable[Offer]) -> tuple[Match, ...]:
    """Find the offers that both feeds make, each at most once."""
    left, right, found = list(existing), list(generated), list[Match]()
    for key, is_a_guess in _WAYS:
        pairs = list(_pairs(_by(key, left), _by(key, right), is_a_guess=is_a_guess))
        found += [Match(existing=old, generated=new) for old, new in pairs]
        taken = {offer for pair in pairs for offer in pair}
        left = [offer for offer in left if offer not in taken]
        right = [offer for offer in right if offer not in taken]
    return tuple(found)


_Key = Callable[[Offer], Hashable]

_WAYS: tuple[tuple[_Key, bool], ...] = (
    (lambda offer: (offer.platform, offer.architecture, offer.address), False),
    (lambda offer: (offer.platform, offer.architecture, offer.kind), False),
    (lambda offer: (offer.platform, offer.architecture), False),
    (lambda offer: offer.address, False),
    (lambda offer: offer.platform, True),
    (lambda offer: offer.kind, True),
)


def _offer(item: Item, enclosure: Enclosure) -> Offer:
    system, _, architecture = enclosure.os.partition("-")
    named = PackageKind.of_file(enclosure.file_name)
    kind = named[0] if named else None
    platform = Platform.parse(system)
    if not system and kind:
        platform = kind.platform
    known = Architecture.parse(enclosure.arch or architecture)
    if known is Architecture.UNKNOWN and "arm64" in item.text(f"{SPARKLE}hardwareRequirements").lower():
        known = Architecture.ARM64
    return Offer(
        item=item,
        enclosure=enclosure,
        version=_version(enclosure.version),
        platform=platform,
        architecture=known,
        kind=kind,
        address=enclosure.file_name,
    )


def _version(text: str) -> Version:
    return Version(text[:_LONGEST_VERSION])


def _by(key: _Key, offers: Iterable[Offer]) -> dict[Hashable, list[Offer]]:
    """Sort offers by *key*; a link is never a file, and an offer without a version is like no other."""
    sorted_offers: dict[Hashable, list[Offer]] = defaultdict(list)
    for offer in offers:
        if offer.version.text:
            sorted_offers[offer.version.canonical, offer.enclosure is None, key(offer)].append(offer)
    return sorted_offers


def _pairs(
    existing: dict[Hashable, list[Offer]], generated: dict[Hashable, list[Offer]], *, is_a_guess: bool
) -> Iterator[tuple[Offer, Offer]]:
    for key, new in generated.items():
        old: Sequence[Offer] = existing.get(key, ())
        if is_a_guess and (len(old), len(new)) != (1, 1):
            continue
        yield from ((a, b) for a, b in zip(old, new, strict=False) if _do_not_contradict(a, b))


def _do_not_contradict(a: Offer, b: Offer) -> bool:
    systems, architectures = {a.platform, b.platform}, {a.architecture, b.architecture}
    is_open = {Architecture.UNKNOWN, Architecture.UNIVERSAL}
    return (len(systems) == 1 or Platform.UNKNOWN in systems) and (
        len(architectures) == 1 or bool(architectures & is_open)
    )
