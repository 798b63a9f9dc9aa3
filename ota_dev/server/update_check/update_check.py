"""The addresses of the JSON API: a query in, an answer or a redirect out, and every refusal a sentence in JSON.

A client of this kind takes anything but a 200 for "no update", so the journal keeps the sentence.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.grouping import normalise
from ota_dev.catalog.releases import App, Catalog
from ota_dev.catalog.resources import Resource
from ota_dev.journal import Client, Subject, describe_offer
from ota_dev.publishing import Publication
from ota_dev.server.awaited_digests import AwaitedDigests, DigestsOf, MissingDigestsError
from ota_dev.server.links import links_for
from ota_dev.server.messages import Request, Response
from ota_dev.server.update_check.answers import no_update, update
from ota_dev.server.update_check.choosing import newest_installer
from ota_dev.server.update_check.parameters import Asked
from ota_dev.server.update_check.refusals import RefusedError

__all__ = ["UpdateCheck"]

_MOST_LISTED = 50
_SHA256 = frozenset({"sha256"})
_PATIENCE = timedelta(seconds=8)  # The client gives up after 10.

Answer = Callable[[Request, Publication], Awaitable[Response]]


class UpdateCheck:
    """Answer hand-written clients from a publication; *digests_of* reads those of a file, or remembers them."""

    def __init__(self, digests_of: DigestsOf, base_url: str | None = None, patience: timedelta = _PATIENCE) -> None:
        self._digests = AwaitedDigests(digests_of=digests_of, patience=patience)
        self._base_url = base_url
        self._answers: dict[str, Answer] = {
            "/api/check": self._check,
            "/api/check-update": self._check,
            "/api/download": self._download,
            "/api/download-latest": self._download,
        }

    @property
    def paths(self) -> tuple[str, ...]:
        """Name the paths that are answered here."""
        return tuple(self._answers)

    async def answer(self, request: Request, publication: Publication) -> Response:
        """Answer a GET or HEAD for one of `paths`."""
        try:
            return await self._answers[request.path](request, publication)
        except RefusedError as refusal:
            return refusal.response

    async def _check(self, request: Request, publication: Publication) -> Response:
        asked = Asked.read(request.query, request.headers.get("accept-language") or "")
        newest = await _newest(asked, publication.catalog)
        if newest is None or not newest.short_version.is_newer_than(asked.version):
            value = no_update(asked.version, newest)
        else:
            sha256 = await self._sha256(newest, publication)
            url = self._url(newest, request)
            value = update(asked.version, newest, url=url, sha256=sha256, languages=asked.languages)
        subject = Subject(resource=Resource.FEED, name=request.path.removeprefix("/"))
        return replace(Response.json(200, value), offered=_describe(asked, newest), subject=subject)

    async def _download(self, request: Request, publication: Publication) -> Response:
        asked = Asked.read(request.query, version="0")
        newest = await _newest(asked, publication.catalog)
        if newest is None:
            raise RefusedError(404, f"There is {_describe(asked, None)}.")
        headers = {"Location": self._url(newest, request)}
        return Response(status=302, headers=headers, offered=describe_offer(Client(), newest.short_version))

    def _url(self, artifact: Artifact, request: Request) -> str:
        return links_for(request, self._base_url).download(artifact.download_name)

    async def _sha256(self, artifact: Artifact, publication: Publication) -> str:
        """Give the digest that is known, else wait for it: an answer without one would pass for an unsigned update."""
        if digest := artifact.digests.get("sha256"):
            return digest
        try:
            return (await self._digests.of(artifact, publication, _SHA256))["sha256"]
        except MissingDigestsError as error:
            raise RefusedError(503, str(error), headers={"Retry-After": "5"}) from error


async def _newest(asked: Asked, catalog: Catalog) -> Artifact | None:
    app = _app(asked.app, catalog)
    # In a thread, since looking through 10,000 installers takes long enough for others to notice.
    return await asyncio.to_thread(newest_installer, app, asked) if app else None


def _app(wanted: str | None, catalog: Catalog) -> App | None:
    """Give the app that is asked for, by whatever name while it is the only one; `None` when nothing is on offer."""
    if len(catalog.apps) < 2:
        return next(iter(catalog.apps), None)
    app = catalog.app(normalise(wanted)) if wanted else None
    if app is None:
        sentence = f"There are {len(catalog.apps)} apps here, so say which as app=, such as app={catalog.apps[0].key}."
        raise RefusedError(404, sentence, choices=[app.key for app in catalog.apps[:_MOST_LISTED]])
    return app


def _describe(asked: Asked, newest: Artifact | None) -> str:
    """Say for the journal what is offered, or why nothing is."""
    if newest is None:
        return f"{describe_offer(Client(), None)} for {asked.platform} on {asked.architecture}"
    return describe_offer(Client(version=asked.version.text), newest.short_version)
