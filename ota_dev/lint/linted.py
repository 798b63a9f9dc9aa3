"""A feed as rules look at it: what it says, and what each client makes of its items. Pure.

What several rules need is computed once, when the first asks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.targets import Platform
from ota_dev.feeds.appcast.reading import SPARKLE, Attribute, Element, Enclosure, Item
from ota_dev.simulated_client.decisions import Refusal
from ota_dev.simulated_client.received import ReceivedFeed
from ota_dev.simulated_client.sparkle import seen_item as sparkle
from ota_dev.simulated_client.winsparkle import seen_item as winsparkle

if TYPE_CHECKING:
    from ota_dev.simulated_client.fetching import Answer  # Whoever fetches nothing need not import what fetches.

__all__ = ["SHORT_VERSION", "VERSION", "FetchedLink", "LintedFeed", "LintedItem", "platform_of"]

VERSION = f"{SPARKLE}version"
SHORT_VERSION = f"{SPARKLE}shortVersionString"


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class FetchedLink:
    """What a server gives for an enclosure's URL."""

    enclosure: Enclosure
    url: str
    answer: "Answer | None"  # the last, after redirects
    problem: str = ""  # why there is none
    size: int | None = None  # bytes, where they are known
    is_web_page: bool = False
    signature_problem: str = ""  # with the key that the user gave


@dataclass(frozen=True, kw_only=True, eq=False)
class LintedItem:
    """One item."""

    item: Item
    feed: ReceivedFeed

    @property
    def element(self) -> Element:
        """Give the item's element."""
        return self.item.element

    @cached_property
    def enclosures(self) -> tuple[Enclosure, ...]:
        """Give the item's files, without its deltas."""
        return self.item.enclosures

    @cached_property
    def deltas(self) -> tuple[Enclosure, ...]:
        """Give the item's deltas."""
        return self.item.deltas

    @property
    def files(self) -> tuple[Enclosure, ...]:
        """Give the item's files and deltas."""
        return (*self.enclosures, *self.deltas)

    @property
    def file(self) -> Enclosure | None:
        """Give the first file, which is the only one for most clients."""
        return self.enclosures[0] if self.enclosures else None

    @cached_property
    def children(self) -> dict[str, list[Element]]:
        """Give the item's elements by name."""
        children: dict[str, list[Element]] = {}
        for child in self.element.children:
            children.setdefault(child.name, []).append(child)
        return children

    def first(self, name: str) -> Element | None:
        """Find the first element of a name; a bare name is one of Sparkle's."""
        found = self.children.get(f"{SPARKLE}{name}")
        return found[0] if found else None

    def text(self, name: str) -> str:
        """Give the trimmed text of the first element of a name, one of Sparkle's."""
        found = self.first(name)
        return found.text.strip() if found else ""

    @cached_property
    def version(self) -> str:
        """Give what clients compare."""
        return self.item.version

    @cached_property
    def short_version(self) -> str:
        """Give what people see; an empty text when the feed does not say it."""
        attribute = self.file.element.get(SHORT_VERSION) if self.file else ""
        return attribute or self.text("shortVersionString")

    @cached_property
    def version_places(self) -> tuple[Element | Attribute, ...]:
        """Give the elements and the attributes of enclosures that say the version, in their order."""
        attributes = (file.element.attribute(VERSION) for file in self.enclosures)
        return (*self.children.get(VERSION, ()), *filter(None, attributes))

    @property
    def version_place(self) -> Element | Attribute:
        """Give where the version is said first, else the item."""
        return self.version_places[0] if self.version_places else self.element

    @cached_property
    def platforms(self) -> frozenset[Platform]:
        """Give what the item's files are for; `UNKNOWN` stands for any."""
        return frozenset(map(platform_of, self.enclosures)) or frozenset({Platform.UNKNOWN})

    def concerns(self, platform: Platform) -> bool:
        """Say whether the item may be for *platform*."""
        return platform in self.platforms or Platform.UNKNOWN in self.platforms

    def is_meant_for(self, platform: Platform) -> bool:
        """Say whether the item says that it is for *platform*, by its marks or its files' names."""
        return platform in self.platforms

    @property
    def concerns_only_macs(self) -> bool:
        """Say whether no client elsewhere is meant, as far as the item says."""
        return not self.platforms & {Platform.WINDOWS, Platform.LINUX}

    @cached_property
    def seen_by_sparkle(self) -> sparkle.SeenItem | Refusal:
        """Give what Sparkle reads, or why it refuses the whole feed."""
        try:
            return sparkle.see_item(self.item, self.feed, ("en",))
        except sparkle.UnreadableItem as error:
            return error.refusal

    @property
    def sparkle_refusal(self) -> str:
        """Give the rule by which Sparkle refuses the whole feed; an empty text when it does not."""
        seen = self.seen_by_sparkle
        return seen.rule if isinstance(seen, Refusal) else ""

    @cached_property
    def seen_by_winsparkle(self) -> winsparkle.SeenItem:
        """Give what WinSparkle reads."""
        return winsparkle.see_item(self.item, is_in_first_channel=True)


@dataclass(frozen=True, kw_only=True, eq=False)
class LintedFeed:
    """A whole feed; with what servers answer, where they were asked."""

    received: ReceivedFeed
    answer: "Answer | None" = None  # to the request for the feed
    links: tuple[FetchedLink, ...] = ()
    asked_for_signature: bool = False  # that stands beside the feed
    signature_problems: tuple[str, ...] = ()  # of the feed itself, with the key that the user gave

    @property
    def root(self) -> Element:
        """Give the root element."""
        return self.received.appcast.root

    @cached_property
    def items(self) -> tuple[LintedItem, ...]:
        """Give the items, in their order."""
        return tuple(LintedItem(item=item, feed=self.received) for item in self.received.appcast.items)

    def items_for(self, platform: Platform) -> Iterator[LintedItem]:
        """Give the items that may be for *platform*."""
        return (item for item in self.items if item.concerns(platform))

    @cached_property
    def is_signed(self) -> bool:
        """Say whether any file has a signature for Sparkle and WinSparkle."""
        return any(file.ed25519_signature for item in self.items for file in item.enclosures)

    @cached_property
    def platforms(self) -> frozenset[Platform]:
        """Give what the feed's files are for, as far as it says."""
        return frozenset(platform for item in self.items for platform in item.platforms) - {Platform.UNKNOWN}


def platform_of(file: Enclosure) -> Platform:
    """Give what a file is for by its mark, else by the ending of its name; `UNKNOWN` for any."""
    if file.os:
        return Platform.parse(file.os.partition("-")[0])
    kind = PackageKind.of_file(file.file_name)
    return kind[0].platform if kind else Platform.UNKNOWN
