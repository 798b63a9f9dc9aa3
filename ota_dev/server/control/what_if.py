"""The route that tells what an update client would make of the feed as it is now, without asking as one.

Nothing is recorded, counted or left to chance: of the faults in force only those that strike every such request do.
What comes of the way that bytes travel is not told.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeAlias

from ota_dev.catalog.resources import SIGNATURE_SUFFIX
from ota_dev.errors import FeedError, UsageError
from ota_dev.server.control.asking import feed_for, read_asker
from ota_dev.server.control.interface import Routes
from ota_dev.server.messages import Headers, Request, Response
from ota_dev.simulated_client.answers import ask, described, described_refusal
from ota_dev.simulated_client.asking import Asker
from ota_dev.simulated_client.decisions import Refusal
from ota_dev.simulated_client.feed_kinds import FeedKind
from ota_dev.simulated_client.interface import SimulatedClient
from ota_dev.simulated_client.profile import TrustedKey
from ota_dev.simulated_client.received import ReceivedFeed
from ota_dev.simulated_client.receiving import check_kind

__all__ = ["Preview", "WhatIf"]

Preview: TypeAlias = Callable[[Request], Awaitable[Response]]  # answers a GET and takes note of nothing


class WhatIf:
    """Ask simulated clients; the apps that they are in carry the *trusted* key, where there is one."""

    def __init__(
        self,
        preview: Preview,
        trusted: TrustedKey | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._preview, self._trusted, self._now = preview, trusted, now

    @property
    def routes(self) -> Routes:
        """Give the route."""
        return {("GET", "what-if"): self._answer}

    async def _answer(self, request: Request) -> Response:
        asker = read_asker(request.query, self._now(), self._trusted)
        asked = _as_client(request, feed_for(asker, request.query), asker)
        decision = await self._decision(asked, asker)
        return Response.json(200, {"feed": f"{asked.origin}{asked.target}", **decision})

    async def _decision(self, asked: Request, asker: Asker) -> Mapping[str, object]:
        client, profile = asker
        response = await self._preview(asked)
        if problem := _problem(response, client):
            response.close()
            return described_refusal(*asker, problem)
        signature = await self._signature(asked) if client.wants_feed_signature(profile) else None
        url = f"{asked.origin}{asked.target}"
        return await asyncio.to_thread(_decided, asker, _content(response), url, signature, response.status)

    async def _signature(self, asked: Request) -> str | None:
        response = await self._preview(asked.for_target(f"{asked.target}{SIGNATURE_SUFFIX}"))
        return _content(response).decode("utf-8", "replace") if response.status == 200 else None


def _as_client(request: Request, target: str, asker: Asker) -> Request:
    """Give the request for *target* that the client would send, to the same address as *request*."""
    client, profile = asker
    fields = {"Host": request.headers.get("host") or "", **client.etiquette.for_feed(profile.installed)}
    return replace(request, headers=Headers(fields.items())).for_target(target)


def _problem(response: Response, client: SimulatedClient) -> Refusal | None:
    """Say why there is no feed to decide about, where there is none."""
    if 300 <= response.status < 400:
        where = response.headers.get("Location", "another address")
        return Refusal(rule="redirect", reason=f"the feed redirects to {where}, which is not followed here")
    if response.status >= 400 and not client.etiquette.takes_error_pages:
        said = f" ({response.reason.rstrip('.')})" if response.reason else ""
        return Refusal(
            rule="http-status",
            reason=f"the feed answers {response.status}{said}: {client.title} {client.etiquette.on_error}",
        )
    if not isinstance(response.body, bytes):
        return Refusal(rule="malformed-feed", reason="there is no feed at this address, but a file to download")
    return None


def _content(response: Response) -> bytes:
    return response.body if isinstance(response.body, bytes) else b""


def _received(client: SimulatedClient, content: bytes, url: str, signature: str | None, status: int) -> ReceivedFeed:
    check_kind(content, "the feed", client)
    if client.reads is FeedKind.APPCAST:
        return ReceivedFeed.read(content, "the feed", url=url, detached_signature=signature)
    return ReceivedFeed(content=content, name="the feed", url=url, status=status)


def _decided(asker: Asker, content: bytes, url: str, signature: str | None, status: int) -> Mapping[str, object]:
    try:
        feed = _received(asker[0], content, url, signature, status)
    except FeedError as error:
        return described_refusal(*asker, Refusal(rule="malformed-feed", reason=str(error)))
    except UsageError as error:
        return described_refusal(*asker, Refusal(rule="other-format", reason=str(error)))
    return described(ask(*asker, feed))
