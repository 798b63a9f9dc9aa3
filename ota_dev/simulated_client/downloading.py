"""The download of what a client offers, as that client does it, and its examination. Writes to a temporary folder."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import product
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import BinaryIO
from urllib.parse import urlsplit

from ota_dev.errors import FetchingError
from ota_dev.signing import VerifyingKey
from ota_dev.simulated_client.decisions import DeltaOffer, Offer
from ota_dev.simulated_client.examination import (
    Claim,
    Finding,
    Outcome,
    examine,
    examine_length,
    examine_signature,
)
from ota_dev.simulated_client.fetching import Answer, Limits, fetch
from ota_dev.simulated_client.interface import SimulatedClient
from ota_dev.simulated_client.notes_fetching import examine_notes
from ota_dev.simulated_client.profile import Profile
from ota_dev.simulated_client.slowness import SlownessCheck

__all__ = ["Downloaded", "download"]

LARGEST_FILE = 8 * 1024**3  # bytes
LONGEST_DOWNLOAD = 3600  # seconds
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,12}")

Progress = Callable[[int], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Downloaded:
    """What was downloaded, and what was found."""

    url: str
    findings: tuple[Finding, ...]

    @property
    def is_good(self) -> bool:
        """Say whether the client would install what it announced."""
        return all(finding.outcome is not Outcome.WRONG for finding in self.findings)


def download(
    offer: Offer,
    client: SimulatedClient,
    profile: Profile,
    key: VerifyingKey | None,
    progress: Progress,
    *,
    sleep: Callable[[float], object] = time.sleep,
) -> Downloaded:
    """Download an offer as *client* does, its delta first, and examine it; *progress* is told of each part's bytes.

    A client that tries again waits with *sleep*.
    *key* is the public key in the app, if the user gives it; else the one inside the installer counts.
    """
    if offer.is_informational:
        page = Finding(part="download", outcome=Outcome.SKIPPED, reason="the client only opens this page")
        return Downloaded(url=offer.url, findings=(page,))
    claim = _claim(offer, client, profile, key)
    with TemporaryDirectory(prefix="ota-dev-check-") as folder:
        downloader = _Downloader(client=client, profile=profile, folder=Path(folder), progress=progress, sleep=sleep)
        delta = downloader.delta(offer.delta, claim) if offer.delta else []
        findings = (*delta, *downloader.whole_file([offer.url, *filter(None, [offer.alternate_url])], claim))
    if offer.release_notes:
        findings += (examine_notes(offer.release_notes, client.etiquette, profile.installed),)
    return Downloaded(url=offer.url, findings=findings)


def _claim(offer: Offer, client: SimulatedClient, profile: Profile, key: VerifyingKey | None) -> Claim:
    return Claim(
        version=offer.version,
        version_is_short=offer.version_is_short,
        platform=profile.system.platform,
        length=offer.length,
        signature=offer.signature,
        key=key,
        digest=offer.digest,
        fields=client.fields,
        must_have_length=client.etiquette.checks_length,
        verifies=client.verifies_downloads(profile),
        takes_digests=client.etiquette.takes_digests,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Downloader:
    """Downloads files into a folder as one client does."""

    client: SimulatedClient
    profile: Profile
    folder: Path
    progress: Progress
    sleep: Callable[[float], object]

    def delta(self, delta: DeltaOffer, claim: Claim) -> list[Finding]:
        """Download a delta, which can be verified but not applied; what is wrong with it costs the client only time."""
        claim, path = replace(claim, length=delta.length, signature=delta.signature), self.folder / "delta"
        findings = self._fetch(delta.url, path)
        if findings[-1].outcome is not Outcome.WRONG:
            findings += [examine_length(path.stat().st_size, claim), examine_signature(path, claim, claim.key)]
        return [replace(_warned(finding), part=f"delta {finding.part}") for finding in findings]

    def whole_file(self, urls: Sequence[str], claim: Claim) -> list[Finding]:
        """Download the installer from the first of the addresses that gives it, and look into it."""
        path = self.folder / _name(urls[0])
        findings: list[Finding] = []
        for url, pause in product(urls, self.client.etiquette.download_pauses):
            self.sleep(pause)
            # What went wrong before is told, and cost the client only time.
            findings = [*map(_tried_again, findings), *self._fetch(url, path)]
            if findings[-1].outcome is not Outcome.WRONG:
                break
        return findings if findings[-1].outcome is Outcome.WRONG else [*findings, *examine(path, claim)]

    def _fetch(self, url: str, path: Path) -> list[Finding]:
        """Fetch a file, after asking for its name if the client does; the last finding says how it went."""
        etiquette = self.client.etiquette
        headers = etiquette.for_file(self.profile.installed)
        limits = Limits(
            size=LARGEST_FILE,
            seconds=LONGEST_DOWNLOAD,
            silence=etiquette.download_silence,
            allows_downgrades=not etiquette.refuses_downgrades,
        )
        try:
            if etiquette.asks_for_name:
                fetch(url, headers, limits, BytesIO(), method="HEAD")
            with path.open("wb") as file:
                answer = fetch(url, headers, limits, _Told(file, self._watched(url)))
        except FetchingError as error:
            return [_finding(Outcome.WRONG, str(error))]
        return _judge(answer, self.client)

    def _watched(self, url: str) -> Progress:
        """Give what hears of bytes as they come; it raises where they come too slowly for the client."""
        least = self.client.etiquette.least_rate
        if not least:
            return self.progress
        slowness = SlownessCheck(url, least)

        def hear(size: int) -> None:
            self.progress(size)
            slowness.add(size)

        return hear


def _judge(answer: Answer, client: SimulatedClient) -> list[Finding]:
    """Say what the client makes of an answer, whatever its body."""
    if answer.status >= 400:
        reason = (
            f"{answer.url} answers {answer.status} {answer.reason}: upload the file, or correct the url in the feed"
        )
        return [_finding(Outcome.WRONG, reason)]
    if client.etiquette.needs_length and "content-length" not in answer.headers:
        reason = f"{answer.url} comes without a Content-Length, and {client.title} refuses that: serve it with one"
        return [_finding(Outcome.WRONG, reason)]
    findings = [_finding(Outcome.GOOD, f"{answer.size} bytes from {answer.url}")]
    if encoding := answer.headers.get("content-encoding"):
        reason = (
            f"{answer.url} comes with Content-Encoding: {encoding}, which clients undo before they verify the file: "
            "serve archives without"
        )
        findings.insert(0, _finding(Outcome.WARNING, reason))
    return findings


def _tried_again(finding: Finding) -> Finding:
    if finding.outcome is not Outcome.WRONG:
        return finding
    return replace(_warned(finding), reason=f"{finding.reason}; the client tries again")


def _warned(finding: Finding) -> Finding:
    return replace(finding, outcome=Outcome.WARNING) if finding.outcome is Outcome.WRONG else finding


def _finding(outcome: Outcome, reason: str) -> Finding:
    return Finding(part="download", outcome=outcome, reason=reason)


def _name(url: str) -> str:
    """Give a name with the ending of the URL, by which readers of installers judge."""
    try:
        ending = PurePosixPath(urlsplit(url).path).suffix
    except ValueError:
        ending = ""
    return f"update{ending}" if _ENDING.fullmatch(ending) else "update"


class _Told:
    """A file that tells how much is written to it."""

    def __init__(self, file: BinaryIO, progress: Progress) -> None:
        self._file = file
        self._progress = progress

    def write(self, data: bytes) -> None:
        self._file.write(data)
        self._progress(len(data))
