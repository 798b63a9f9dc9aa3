"""A small, hand-written updater, to be copied: asks a feed, downloads what is newer, verifies and installs it.

    python examples/updater.py FEED_URL FOLDER PUBLIC_KEY

FOLDER holds `version.txt`, the version that is installed. Only the signature is left to a library (`cryptography`),
since Python knows no Ed25519. `tests/examples/test_updater.py` drives it through everything that can go wrong.
"""

import base64
import binascii
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.request import Request, urlopen
from xml.etree import ElementTree

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

SPARKLE = "{http://www.andymatuschak.org/xml-namespaces/sparkle}"
SYSTEMS = {"Darwin": "macos", "Windows": "windows", "Linux": "linux"}
PAUSES = (0.0, 1.0, 5.0, 15.0)  # seconds before each try of a download
LARGEST_TEXT = 1_000_000  # bytes of a feed, a signature or notes
CHUNK = 64 * 1024


class UpdateError(Exception):
    """The update failed, which is not the same as being up to date."""


def keep(update: Path) -> None:
    """Keep the file of an update as `installed`; a real app unpacks it, or runs it, in the place of this."""
    update.replace(update.with_name("installed"))


@dataclass(frozen=True, kw_only=True)
class Updater:
    """The updater of one installed app."""

    feed_url: str
    folder: Path
    public_key: str  # Ed25519, in base64
    install: Callable[[Path], None] = keep  # is given the verified file
    system: str = SYSTEMS.get(platform.system(), "linux")
    system_version: str = platform.mac_ver()[0] or platform.win32_ver()[1] or platform.release().split("-")[0]
    silence: float = 15.0  # seconds without a byte before a connection counts as broken
    pause: Callable[[float], None] = time.sleep

    @property
    def version(self) -> str:
        """Give the version that is installed."""
        return (self.folder / "version.txt").read_text("ascii").strip()

    def update(self) -> str | None:
        """Install what is newer; give its version, or `None` when the app is up to date.

        Raises:
            UpdateError: it failed, and nothing was installed.
        """
        try:
            address = f"{self.feed_url}?version={self.version}"
            feed, signature = self._text(address), self._text(f"{address}.signature")
            self._verify(feed, signature.decode("ascii", "replace"))  # before anything in it is looked at
            newer = [item for item in ElementTree.fromstring(feed).iter("item") if self._wants(item)]  # noqa: S314
            if not newer:
                return None
            newest = max(newer, key=lambda item: _numbers(_version(item)))
            self._show_notes(newest)
            return self._install(newest)
        except (OSError, HTTPException, ElementTree.ParseError, ValueError) as error:
            raise UpdateError(f"the update failed, try again later: {error}") from error

    def _wants(self, item: ElementTree.Element) -> bool:
        oldest, latest = (item.findtext(f"{SPARKLE}{end}SystemVersion") for end in ("minimum", "maximum"))
        by_hand_below = item.findtext(f"{SPARKLE}minimumAutoupdateVersion") or "0"
        return (
            _enclosure(item).get(f"{SPARKLE}os", self.system) == self.system
            and item.find(f"{SPARKLE}channel") is None
            and item.find(f"{SPARKLE}informationalUpdate") is None
            and (oldest is None or _numbers(oldest) <= _numbers(self.system_version))
            and (latest is None or _numbers(latest) >= _numbers(self.system_version))
            and _numbers(by_hand_below) <= _numbers(self.version) < _numbers(_version(item))
        )

    def _show_notes(self, item: ElementTree.Element) -> None:
        if link := item.findtext(f"{SPARKLE}releaseNotesLink"):
            try:
                print(self._text(link).decode("utf-8", "replace"))
            except (OSError, HTTPException):
                print(f"See {link}")  # Notes are no reason to go without an update.

    def _install(self, item: ElementTree.Element) -> str:
        enclosure, partial = _enclosure(item), self.folder / "update.partial"
        self._download(enclosure.get("url", ""), partial, int(enclosure.get("length", 0)))
        self._verify(partial.read_bytes(), enclosure.get(f"{SPARKLE}edSignature", ""))
        self.install(partial)
        (self.folder / "version.txt").write_text(_version(item), "ascii")
        return self.version

    def _download(self, url: str, partial: Path, length: int) -> None:
        partial.write_bytes(b"")
        for pause in PAUSES:
            self.pause(pause)
            try:
                self._fetch_rest(url, partial, length)
            except (OSError, HTTPException) as error:
                print(f"{url}: {error}", file=sys.stderr)
            if partial.stat().st_size == length:
                return
        raise UpdateError(f"{url} does not come in its full length of {length} bytes")

    def _fetch_rest(self, url: str, partial: Path, length: int) -> None:
        have = partial.stat().st_size
        request = Request(url, headers={"Range": f"bytes={have}-"} if have else {})  # noqa: S310 - from a signed feed
        with (
            urlopen(request, timeout=self.silence) as answer,  # noqa: S310
            # A server that knows no ranges begins anew, and so must we.
            partial.open("ab" if answer.status == 206 else "wb") as file,
        ):
            while file.tell() <= length and (chunk := answer.read1(CHUNK)):
                file.write(chunk)

    def _text(self, url: str) -> bytes:
        with urlopen(url, timeout=self.silence) as answer:  # noqa: S310 - the app's own, or from a signed feed
            text: bytes = answer.read(LARGEST_TEXT)
            return text

    def _verify(self, content: bytes, signature: str) -> None:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(self.public_key))
        try:
            key.verify(base64.b64decode(signature, validate=True), content)
        except (InvalidSignature, binascii.Error) as error:
            raise UpdateError("the signature is wrong or missing: nothing is installed") from error


def _enclosure(item: ElementTree.Element) -> ElementTree.Element:
    enclosure = item.find("enclosure")
    return ElementTree.Element("enclosure") if enclosure is None else enclosure


def _version(item: ElementTree.Element) -> str:
    return _enclosure(item).get(f"{SPARKLE}version", "0")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


if __name__ == "__main__":
    try:
        print(Updater(feed_url=sys.argv[1], folder=Path(sys.argv[2]), public_key=sys.argv[3]).update() or "up to date")
    except UpdateError as error:
        sys.exit(str(error))
