"""What becomes of each item of two feeds, decided by what they offer; nothing is written here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ota_dev.feeds.appcast.merging.branches import stale
from ota_dev.feeds.appcast.merging.placing import Age, age_of
from ota_dev.feeds.appcast.offers import Match, Offer, match, offers_of
from ota_dev.feeds.appcast.reading import Appcast, Item

__all__ = ["Plan", "plan"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """Which items change, come and go."""

    matches: tuple[Match, ...]
    leaving: tuple[Item, ...]  # of the existing feed
    added: tuple[Item, ...]  # of the generated feed, in its order
    ages: Mapping[Item, Age | None]  # of every item of both feeds
    left_out: tuple[str, ...]  # the offers that are too old and in neither feed from now on


def plan(existing: Appcast, generated: Appcast, limit: int) -> Plan:
    """Plan a merge; a *limit* above 0 is how many versions of each branch stay."""
    old, new = _offers(existing), _offers(generated)
    gone = stale([*_all(old), *_all(new)], limit) if limit > 0 else set[Offer]()
    # What is too old counts as gone from the folder: it refreshes nothing, and brings nothing back that was removed.
    matches = match(_all(old), (offer for offer in _all(new) if offer not in gone))
    unwanted = gone - {pair.existing for pair in matches}
    known = gone | {pair.generated for pair in matches}
    leaving = tuple(item for item, offers in old.items() if unwanted.issuperset(offers))
    staying = {str(offer) for item in old.keys() - set(leaving) for offer in old[item]}
    return Plan(
        matches=matches,
        leaving=leaving,
        added=tuple(item for item, offers in new.items() if not known.issuperset(offers)),
        ages=_ages(old, new, matches),
        left_out=tuple(
            dict.fromkeys(str(offer) for offer in _all(old | new) if offer in gone and str(offer) not in staying)
        ),
    )


_Offers = dict[Item, tuple[Offer, ...]]


def _offers(appcast: Appcast) -> _Offers:
    return {item: offers_of(item) for item in appcast.items}


def _all(offers: _Offers) -> Iterator[Offer]:
    return (offer for of_item in offers.values() for offer in of_item)


def _ages(old: _Offers, new: _Offers, matches: Iterable[Match]) -> dict[Item, Age | None]:
    ranks = {item: rank for rank, item in enumerate(new)}
    for pair in matches:
        rank = ranks[pair.generated.item]
        ranks[pair.existing.item] = min(rank, ranks.get(pair.existing.item, rank))
    return {item: age_of(offers, ranks.get(item)) for item, offers in (old | new).items()}
