"""An item as Sparkle reads it. Pure.

Source: `SUAppcastItem.m` and `SUAppcast.m` of Sparkle 2.9. Texts of elements are trimmed, those of attributes are
not. One item that cannot be read makes Sparkle refuse the whole feed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from ota_dev.feeds.appcast.reading import Element, Item
from ota_dev.simulated_client.decisions import DeltaOffer, Refusal
from ota_dev.simulated_client.received import ReceivedFeed
from ota_dev.simulated_client.rules import bounded, quoted
from ota_dev.simulated_client.sparkle import texts as meaning
from ota_dev.simulated_client.sparkle.nodes import attributes_of, nodes_of, written_name

__all__ = ["SeenItem", "UnreadableItem", "see_item"]

_INSTALLATION_TYPES = ("application", "package", "interactive-package")  # SPUInstallationType.m


class UnreadableItem(ValueError):  # noqa: N818  # it ends the reading of a feed, and never leaves this room
    """An item for which Sparkle refuses the feed."""

    def __init__(self, rule: str, reason: str) -> None:
        super().__init__(reason)
        self.refusal = Refusal(rule=rule, reason=reason)


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class SeenItem:
    """An item; an empty text stands for what Sparkle finds empty or does not find."""

    version: str
    short_version: str
    url: str  # absolute; of the page when there is no file
    length: int | None
    signature: str
    os: str | None
    is_delta: bool
    channel: str
    published: datetime | None
    minimum_system: str
    maximum_system: str
    minimum_update: str
    hardware: frozenset[str]
    minimum_autoupdate: str
    ignore_skipped_below: str
    rollout_interval: timedelta | None
    critical_below: str | None  # empty: for everyone; none: for nobody
    informational_for: frozenset[str] | None  # as critical; `<2` stands for all below
    deltas: Mapping[str, DeltaOffer]  # by the version that they start from
    release_notes: str | None


def see_item(item: Item, feed: ReceivedFeed, languages: tuple[str, ...]) -> SeenItem:
    """Read an item as Sparkle does.

    Raises:
        UnreadableItem: Sparkle refuses the feed because of it.
    """
    markup = feed.appcast.source.markup
    nodes = nodes_of(item, markup, languages)
    texts = {name: element.text.strip() for name, element in nodes.items()}
    enclosure = attributes_of(nodes["enclosure"], markup) if "enclosure" in nodes else None
    file = enclosure or {}
    version = _version(file, texts)
    link = _link(texts, feed)
    _check_file(enclosure, link, feed)
    url = file.get("url", "").replace(" ", "%20")
    return SeenItem(
        version=version,
        short_version=bounded(file.get("sparkle:shortVersionString", texts.get("sparkle:shortVersionString", version))),
        url=feed.absolute(url) if url else link,
        length=meaning.length(file.get("length", "")),
        signature=file.get("sparkle:edSignature", ""),
        os=file.get("sparkle:os"),
        is_delta="sparkle:deltaFrom" in file,
        channel=meaning.channel(texts.get("sparkle:channel", "")),
        published=meaning.date(texts.get("pubDate", "")),
        minimum_system=bounded(texts.get("sparkle:minimumSystemVersion", "")),
        maximum_system=bounded(texts.get("sparkle:maximumSystemVersion", "")),
        minimum_update=bounded(texts.get("sparkle:minimumUpdateVersion", "")),
        hardware=frozenset(re.split(r"[,\s]+", texts.get("sparkle:hardwareRequirements", "").lower())),
        minimum_autoupdate=bounded(texts.get("sparkle:minimumAutoupdateVersion", "")),
        ignore_skipped_below=bounded(texts.get("sparkle:ignoreSkippedUpgradesBelowVersion", "")),
        rollout_interval=meaning.interval(texts.get("sparkle:phasedRolloutInterval")),
        critical_below=_critical(nodes, markup),
        informational_for=_informational(nodes, markup, link, has_file=bool(url)),
        deltas=_deltas(nodes, feed),
        release_notes=_release_notes(texts, feed),
    )


def _version(file: Mapping[str, str], texts: Mapping[str, str]) -> str:
    version = file.get("sparkle:version", texts.get("sparkle:version"))
    if version is None and "_" in (url := file.get("url", "")):
        last = url.rpartition("_")[2]
        version = last.removesuffix(PurePosixPath(last).suffix)
    if version is None:
        raise UnreadableItem(
            "version", "has no sparkle:version, and none at the end of a file name such as Acme_1.3.0.zip"
        )
    return bounded(version)


def _link(texts: Mapping[str, str], feed: ReceivedFeed) -> str:
    link = texts.get("link", "")
    return feed.absolute(link) if link and feed.is_downloadable(link) else ""


def _check_file(enclosure: Mapping[str, str] | None, link: str, feed: ReceivedFeed) -> None:
    if enclosure is None:
        if not link:
            raise UnreadableItem("enclosure", "has neither an enclosure nor a link of http or https")
        return
    url = enclosure.get("url")
    if url is None and not link:
        raise UnreadableItem("enclosure-url", "has an enclosure without a url")
    if url is not None and not feed.is_downloadable(url):
        raise UnreadableItem("enclosure-url", f"has an enclosure whose url is not http or https: {quoted(url)}")
    kind = enclosure.get("sparkle:installationType", "application")
    if kind not in _INSTALLATION_TYPES:
        raise UnreadableItem("installation-type", f"has a sparkle:installationType that is none: {quoted(kind)}")


def _critical(nodes: Mapping[str, Element], markup: bytes) -> str | None:
    if "sparkle:criticalUpdate" in nodes:
        return bounded(attributes_of(nodes["sparkle:criticalUpdate"], markup).get("sparkle:version", ""))
    tags = nodes["sparkle:tags"].children if "sparkle:tags" in nodes else ()
    return "" if any(written_name(tag, markup) == "sparkle:criticalUpdate" for tag in tags) else None


def _informational(nodes: Mapping[str, Element], markup: bytes, link: str, *, has_file: bool) -> frozenset[str] | None:
    if not link:
        return None
    if not has_file:
        return frozenset()
    if "sparkle:informationalUpdate" not in nodes:
        return None
    marks = {"sparkle:version": "", "sparkle:belowVersion": "<"}
    children = nodes["sparkle:informationalUpdate"].children
    named = ((marks.get(written_name(child, markup)), child.text) for child in children)
    return frozenset(f"{mark}{bounded(text)}" for mark, text in named if mark is not None)


def _deltas(nodes: Mapping[str, Element], feed: ReceivedFeed) -> dict[str, DeltaOffer]:
    markup = feed.appcast.source.markup
    children = nodes["sparkle:deltas"].children if "sparkle:deltas" in nodes else ()
    files = [attributes_of(child, markup) for child in children if written_name(child, markup) == "enclosure"]
    return {
        file["sparkle:deltaFrom"]: DeltaOffer(
            url=feed.absolute(file["url"].replace(" ", "%20")),
            length=meaning.length(file.get("length", "")),
            signature=file.get("sparkle:edSignature", ""),
        )
        for file in files
        if "sparkle:deltaFrom" in file and feed.is_downloadable(file.get("url", "file:"))
    }


def _release_notes(texts: Mapping[str, str], feed: ReceivedFeed) -> str | None:
    link = texts.get("sparkle:releaseNotesLink", "")
    return feed.absolute(link) if link and feed.is_downloadable(link) else None
