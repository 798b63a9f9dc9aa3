"""Merging a generated feed into an existing one, as edits of the existing one's source.

- An item that only the existing feed has stays as it is: its installer may be gone from the folder, not from the web.
- An item that both have keeps everything but the URL, length and signature of its installer and deltas, and gets the
  deltas that it does not list yet. To have the rest written anew, delete the item from the existing feed.
- An item that only the generated feed has is inserted at its place.
- Merging the same feed again changes nothing.
"""

from collections.abc import Iterable, Iterator, Sequence

from ota_dev.feeds.appcast.editing import Edit, EditedFeed, edited, remove_element
from ota_dev.feeds.appcast.merging.deltas import added_deltas, shared_deltas
from ota_dev.feeds.appcast.merging.pasting import pasted
from ota_dev.feeds.appcast.merging.placing import insertions
from ota_dev.feeds.appcast.merging.planning import plan
from ota_dev.feeds.appcast.offers import Match
from ota_dev.feeds.appcast.reading import Appcast, Enclosure, read_appcast
from ota_dev.feeds.appcast.refreshing import Offered, loses_signature, refresh

__all__ = ["merge"]

_MOST_NAMED = 10


def merge(
    existing: bytes, generated: bytes, *, maximum_versions: int | None = None, name: str = "the existing feed"
) -> EditedFeed:
    """Merge the *generated* feed into the *existing* one, which *name* names in errors.

    With *maximum_versions* above 0 only so many versions of each branch stay, of both feeds.

    Raises:
        FeedError: one of the feeds cannot be read, or the existing one is no RSS with a channel.
    """
    old, new = read_appcast(existing, name), read_appcast(generated, "the generated feed")
    if not old.channels:
        raise old.source.error(old.root.start, "this is no appcast: it has no rss element with a channel")
    limit = maximum_versions or 0
    planned = plan(old, new, limit)
    edits = [
        *_refreshments(old, planned.matches),
        *(edit for item in planned.leaving for edit in remove_element(old.source.markup, item.element)),
        *insertions(old, planned.ages, [(planned.ages[item], pasted(item, new, old)) for item in planned.added]),
    ]
    return edited(old, edits, (*_unsigned(planned.matches), *_limited(planned.left_out, limit)))


def _refreshments(old: Appcast, matches: Iterable[Match]) -> Iterator[Edit]:
    for pair in matches:
        for enclosure, offered in _offered(pair):
            yield from refresh(old.source.markup, enclosure, offered, pair.existing.item.namespaces)
        yield from added_deltas(old.source.markup, pair)


def _unsigned(matches: Iterable[Match]) -> Iterator[str]:
    for pair in matches:
        if any(loses_signature(enclosure, offered) for enclosure, offered in _offered(pair)):
            yield f"{pair.existing}: its signature is left out, since the file has another size now: sign it again"


def _offered(pair: Match) -> Iterator[tuple[Enclosure, Offered]]:
    """Give the existing enclosure and deltas with what is offered there now; of two mere links nothing."""
    if (old := pair.existing.enclosure) and (new := pair.generated.enclosure):
        yield old, Offered.by(new)
    yield from ((listed, Offered.by(delta)) for listed, delta in shared_deltas(pair))


def _limited(left_out: Sequence[str], limit: int) -> Iterator[str]:
    if left_out:
        more = f" and {len(left_out) - _MOST_NAMED} more" if len(left_out) > _MOST_NAMED else ""
        yield f"not among the newest {limit} of their branch, and left out: {', '.join(left_out[:_MOST_NAMED])}{more}"
