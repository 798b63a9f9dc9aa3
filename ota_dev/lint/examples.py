"""Examples of what is right and wrong, which document the rules and test them. Pure."""

import re
from dataclasses import dataclass

from ota_dev.feeds.appcast.reading import SPARKLE_NAMESPACE

__all__ = ["EXE", "FILE", "SIGNATURE", "UNNAMED", "Example", "enclosure", "sample", "windows_sample"]

FILE = "https://acme.example/Acme-1.3.0.dmg"
EXE = "https://acme.example/Acme-1.3.0.exe"
SIGNATURE = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw=="

UNNAMED = "the feed"

_ITEMS = re.compile(r"\s*<item\b")


@dataclass(frozen=True, slots=True)
class Example:
    """What gives exactly one finding of a rule's code, and what gives none.

    Each is a whole feed or, as shown, some items of one; of rules about answers, the head of an HTTP answer.
    """

    bad: str
    good: str
    is_answer: bool = False
    language: str = "xml"
    name: str = UNNAMED  # of the bad feed, where that matters

    def bad_feed(self) -> bytes:
        """Give the whole of the bad feed."""
        return _whole(self.bad)

    def good_feed(self) -> bytes:
        """Give the whole of the good feed."""
        return _whole(self.good)


def sample(
    *elements: str,
    version: str = "1.3.0",
    attribute: str | None = None,
    url: str = FILE,
    os: str = "macos",
    length: str = "5000",
    attributes: str = "",
    after: str = "",
) -> str:
    """Write an item; *attribute* is the version on its enclosure, else *version*, and an empty text leaves it out."""
    file = enclosure(url, version if attribute is None else attribute, os, length, attributes)
    lines = (f"<sparkle:version>{version}</sparkle:version>" if version else "", *elements, file, after)
    return "\n".join(["<item>", *(f"  {line}" for line in lines if line), "</item>"])


def windows_sample(
    *elements: str, url: str = EXE, os: str = "windows", attributes: str = "", version: str = "1.3.0"
) -> str:
    """Write an item for Windows."""
    return sample(*elements, version=version, url=url, os=os, attributes=attributes)


def enclosure(url: str = FILE, version: str = "", os: str = "macos", length: str = "5000", attributes: str = "") -> str:
    """Write an enclosure; what is empty is left out."""
    pairs = {"url": url, "length": length, "sparkle:version": version, "sparkle:os": os}
    said = (f'{name}="{value}"' for name, value in pairs.items() if value)
    return f"<enclosure {' '.join(filter(None, (*said, attributes)))}/>"


def _whole(snippet: str) -> bytes:
    if not _ITEMS.match(snippet):
        return snippet.encode()
    return (
        f'<rss version="2.0" xmlns:sparkle="{SPARKLE_NAMESPACE}">\n<channel>\n{snippet}\n</channel>\n</rss>\n'.encode()
    )
