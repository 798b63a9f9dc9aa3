"""The release notes that a client shows beside its offer, asked for as it does. Asks the server."""

from io import BytesIO

from ota_dev.errors import FetchingError
from ota_dev.simulated_client.etiquette import Etiquette
from ota_dev.simulated_client.examination import Finding, Outcome
from ota_dev.simulated_client.fetching import Limits, fetch

__all__ = ["examine_notes"]

_LIMITS = Limits(size=8 * 1024**2, seconds=30)


def examine_notes(url: str, etiquette: Etiquette, installed: str) -> Finding:
    """Ask for the page of notes at *url*; without it a client offers the update all the same."""
    try:
        answer = fetch(url, etiquette.for_file(installed), _LIMITS, BytesIO())
        problem = f"{answer.url} answers {answer.status} {answer.reason}" if answer.status >= 400 else ""
    except FetchingError as error:
        problem = str(error)
    if problem:
        reason = f"{problem}: the update is offered without notes; upload them, or correct the link in the feed"
        return Finding(part="notes", outcome=Outcome.WARNING, reason=reason)
    return Finding(part="notes", outcome=Outcome.GOOD, reason=f"{answer.size} bytes from {answer.url}")
