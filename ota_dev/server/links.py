"""Where links lead: below the base URL that was set, else to the address that the client used. Pure."""

from ota_dev.feeds.interface import Links
from ota_dev.server.messages import Request

__all__ = ["links_for"]


def links_for(request: Request, base_url: str | None, *, links_notes: bool = False) -> Links:
    """Give the links of an answer to *request*."""
    base = request.links_begin_with(base_url.rstrip("/") if base_url else None)
    return Links(f"{base}/downloads/", notes=f"{base}/notes/" if links_notes else None)
