"""What an item of an appcast says, as its words and not yet as decisions.

What is not said is an empty text. Of a version said twice the attribute wins, as in every client.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from ota_dev.feeds.appcast.reading.elements import SPARKLE, Element

__all__ = ["Enclosure", "Item", "file_name_of"]

_ENCLOSURES = ("enclosure", f"{SPARKLE}enclosure")  # NetSparkle takes either


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Enclosure:
    """One file on offer: the installer for one target, or a delta."""

    element: Element
    item: Element

    @property
    def url(self) -> str:
        """Give the URL as it stands, relative or absolute."""
        return self.element.get("url")

    @property
    def file_name(self) -> str:
        """Give the decoded last part of the URL's path."""
        return file_name_of(self.url)

    @property
    def length(self) -> int | None:
        """Give the size in bytes, `None` when the feed gives no number."""
        text = self.element.get("length")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else None

    @property
    def version(self) -> str:
        """Give the build, which clients compare; without one, the end of the file name (SUAppcastItem.m, 2.9)."""
        return self._said(f"{SPARKLE}version") or self.version_in_name

    @property
    def version_in_name(self) -> str:
        """Give the end of the file name behind its last `_`."""
        stem = PurePosixPath(self.file_name).stem
        return stem.rpartition("_")[2] if "_" in stem else ""

    @property
    def short_version(self) -> str:
        """Give the version that people read."""
        return self._said(f"{SPARKLE}shortVersionString") or self.version

    @property
    def os(self) -> str:
        """Give the OS mark."""
        return self.element.get(f"{SPARKLE}os")

    @property
    def arch(self) -> str:
        """Give the architecture, which hand-written clients read."""
        return self.element.get(f"{SPARKLE}arch")

    @property
    def ed25519_signature(self) -> str:
        """Give the signature that Sparkle and WinSparkle check, in base64."""
        return self.element.get(f"{SPARKLE}edSignature")

    @property
    def delta_from(self) -> str:
        """Give the build that a delta starts from."""
        return self.element.get(f"{SPARKLE}deltaFrom")

    def _said(self, name: str) -> str:
        return self.element.get(name) or _text(self.item, name)


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Item:
    """One item of a feed."""

    element: Element
    scope: Mapping[str, str]  # prefix: namespace, of what the item stands in

    @property
    def namespaces(self) -> dict[str, str]:
        """Give the namespace of every prefix that may be used inside the item."""
        return {**self.scope, **self.element.declarations}

    @property
    def enclosures(self) -> tuple[Enclosure, ...]:
        """Give the files of the item without its deltas: one, or in hand-made feeds one per system."""
        return tuple(Enclosure(element=element, item=self.element) for element in self.element.all(*_ENCLOSURES))

    @property
    def deltas(self) -> tuple[Enclosure, ...]:
        """Give the deltas of the item."""
        return tuple(
            Enclosure(element=element, item=self.element)
            for deltas in self.element.all(f"{SPARKLE}deltas")
            for element in deltas.all(*_ENCLOSURES)
        )

    @property
    def version(self) -> str:
        """Give the build of the item; of several enclosures, the first that has one."""
        text = self.text(f"{SPARKLE}version")  # looked for once, however many enclosures there are
        versions = (e.element.get(f"{SPARKLE}version") or text or e.version_in_name for e in self.enclosures)
        return next(filter(None, versions), text)

    @property
    def notes_links(self) -> Iterator[Element]:
        """Give the elements that hold the URL of release notes, full notes too."""
        return self.element.all(f"{SPARKLE}releaseNotesLink", f"{SPARKLE}fullReleaseNotesLink")

    def text(self, name: str) -> str:
        """Give the trimmed text of the first child of this name."""
        return _text(self.element, name)


def _text(element: Element, name: str) -> str:
    child = element.first(name)
    return child.text.strip() if child else ""


def file_name_of(url: str) -> str:
    """Give the decoded last part of a URL's path; an empty text when there is none."""
    try:
        path = urlsplit(url).path
    except ValueError:  # an address that is none, such as `http://[`
        return ""
    return unquote(path.rpartition("/")[2])
