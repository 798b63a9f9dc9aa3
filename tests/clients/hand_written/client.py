"""A hand-written update client, as many PyInstaller apps have one: a stand-in for the one that ota-dev began with.

It asks and reads exactly as that one does, with its weaknesses, but is patient with slow lines. Of several addresses
that the original tries, those of its accelerator are left out.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import requests

from tests.clients.hand_written.appcast import ARCHITECTURES, SYSTEMS, newest_in
from tests.clients.hand_written.updates import ClientError, Update
from tests.clients.hand_written.verification import check_format, check_signature

__all__ = ["HandWrittenClient", "get"]

HEADERS = {"User-Agent": "python-requests/2.32.5", "Accept": "*/*", "Accept-Encoding": "gzip, deflate"}
DEVELOPMENT = "development"
PLACES = {
    "dev": ("dev", "dev"),
    "test": ("test", "beta"),
    "staging": ("staging", "stable"),
    "simulation": ("simulation", "simulation"),
    "production": ("production", "stable"),
}  # prefix and channel by environment
FEED_TIMEOUTS = (60.0, 30.0)  # seconds, for the first and the second try
CHECK_TIMEOUT = 10.0
SILENCE = 15.0
PAUSES = (0.0, 1.0, 2.0)  # seconds before each try of a download


class Get(Protocol):
    """What asks for an address."""

    def __call__(self, url: str, timeout: float) -> requests.Response:
        """Give the answer with its body.

        Raises:
            requests.RequestException: there is none, or it is cut short.
        """


def get(url: str, timeout: float) -> requests.Response:
    """Ask over the network, as the client does, and past any proxy."""
    with requests.Session() as session:
        session.trust_env = False
        return session.get(url, timeout=timeout, headers=HEADERS)


@dataclass(frozen=True, kw_only=True)
class HandWrittenClient:
    """The client in an app of some version, on some machine."""

    server: str  # without a final slash
    folder: Path  # for downloads
    version: str
    system: str  # `darwin`, `windows` or `linux`
    machine: str  # as `platform.machine()` says it
    environment: str = DEVELOPMENT
    language: str = "en-US"
    key: str | None = None  # SPKI PEM
    requires_signature: bool = False
    get: Get = get
    pause: Callable[[float], None] = lambda _: None  # seconds

    def check(self) -> Update | None:
        """Look for an update; `None` is "no update", whatever the reason."""
        if self.environment == DEVELOPMENT or self.system == "linux":
            return self._check_json()
        return newest_in(self._fetch_feed(), self.version, self.system, self.machine)

    def update(self) -> Path | None:
        """Look for an update, download it and verify it, as far as an installer that is ready to run."""
        found = self.check()
        if found is None:
            return None
        path = self._download(found)
        check_signature(path, found.signature, self.key, is_required=self.requires_signature)
        check_format(path)
        return path

    def _check_json(self) -> Update | None:
        query = f"app=ecan&version={self.version}&platform={self.system}&arch={self.machine}"
        try:
            answer = self.get(f"{self.server}/api/check?{query}", CHECK_TIMEOUT)
            value: Any = answer.json() if answer.status_code == 200 else None
        except requests.RequestException:  # no JSON, too
            return None
        # Versions are not compared here: the server says whether there is an update.
        if not isinstance(value, dict) or not value.get("update_available"):
            return None
        return Update(
            version=value["latest_version"],
            url=value["download_url"],
            size=int(value["file_size"]),
            signature=value.get("signature"),
            alternate_url=value.get("alternate_url"),
            description=value.get("description", ""),
        )

    def _fetch_feed(self) -> str:
        for address in self._feed_addresses():
            for timeout in FEED_TIMEOUTS:
                try:
                    answer = self.get(address, timeout)
                except requests.RequestException:
                    self.pause(1.0)
                    continue
                if answer.status_code == 200 or timeout == FEED_TIMEOUTS[-1]:
                    return answer.text  # An error's body is read as the feed, and no other address is tried.
                self.pause(1.0)
        raise ClientError("no address answers")

    def _feed_addresses(self) -> Iterator[str]:
        prefix, channel = PLACES[self.environment]
        target = f"{SYSTEMS[self.system]}-{ARCHITECTURES[self.machine.lower()]}"
        feed = f"{self.server}/{prefix}/channels/{channel}/appcast-{target}"
        if self.language == "zh-CN":
            yield f"{feed}.zh-CN.xml"
        yield f"{feed}.xml"

    def _download(self, found: Update) -> Path:
        name = urlsplit(found.url).path.rpartition("/")[2]
        if not name:
            raise ClientError(f"{found.url} names no file")
        path = self.folder / name
        for address in filter(None, (found.url, found.alternate_url)):
            for pause in PAUSES:
                self.pause(pause)
                if (content := self._fetch(address)) is not None and found.size in (0, len(content)):
                    path.write_bytes(content)
                    return path
        raise ClientError(f"{name} cannot be downloaded")

    def _fetch(self, address: str) -> bytes | None:
        try:
            answer = self.get(address, SILENCE)
        except requests.RequestException:
            return None
        return answer.content if answer.status_code == 200 else None
