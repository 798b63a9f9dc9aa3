"""Where a new item stands: newest first by builds, and among equals as the generated feed has them."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any

from ota_dev.feeds.appcast.editing import Edit, append_children, insert_after, insert_before
from ota_dev.feeds.appcast.offers import Offer
from ota_dev.feeds.appcast.reading import Appcast, Element, Item

__all__ = ["Age", "age_of", "insertions"]

Age = tuple[Any, int]  # sorts oldest first; the type of functools' keys is private


def age_of(offers: Sequence[Offer], rank: int | None) -> Age | None:
    """Give the age of an item with these *offers*, `None` when it has no version.

    *rank* is its place in the generated feed; an item that is only in the existing feed stands before its equals.
    """
    builds = [offer.version.order for offer in offers if offer.version.text]
    return (max(builds), 1 if rank is None else -rank) if builds else None


def insertions(
    appcast: Appcast, ages: Mapping[Item, Age | None], new: Sequence[tuple[Age | None, bytes]]
) -> Iterator[Edit]:
    """Put each of the *new* items before the first one that is older, else behind the last; in the first channel."""
    markup, channel = appcast.source.markup, appcast.channels[0]
    items = [(item.element, ages[item]) for item in appcast.items if item.element.end <= channel.end]
    aged = [(element, age) for element, age in items if age is not None]
    # The oldest so far only gets older, so the first item that is older than a new one is found by halving.
    oldest_so_far = list(accumulate((age for _, age in aged), min))
    floors = {after: before.end for before, after in pairwise(channel.children)}
    before: dict[Element, list[bytes]] = defaultdict(list)
    behind: list[bytes] = []
    for age, text in new:
        place = len(aged) if age is None else _first_older(oldest_so_far, age)
        (before[aged[place][0]] if place < len(aged) else behind).append(text)
    for element, texts in before.items():
        yield from insert_before(markup, element, floors.get(element, channel.content_start), *texts)
    if behind:
        yield from insert_after(markup, items[-1][0], *behind) if items else append_children(markup, channel, *behind)


def _first_older(oldest_so_far: Sequence[Age], age: Age) -> int:
    return bisect_left(oldest_so_far, True, key=lambda oldest: oldest < age)
