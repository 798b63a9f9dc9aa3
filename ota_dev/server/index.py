"""What `/` answers programs: the addresses of this server, as JSON. Pure."""

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.releases import App
from ota_dev.feeds.interface import Feed
from ota_dev.publishing import Publication
from ota_dev.server.messages import Request, Response

__all__ = ["answer_index"]


def answer_index(
    request: Request, publication: Publication | None, feeds: Iterable[Feed], api_paths: Iterable[str]
) -> Response:
    """List the URLs of this server; *publication* is `None` until the first is ready."""
    paths = _feed_paths(publication, tuple(feeds))
    artifacts = sorted(publication.catalog, key=lambda artifact: artifact.download_name) if publication else []
    listing = {
        "name": "ota-dev",
        "revision": publication.revision if publication else None,
        "feeds": [request.origin + path for path in paths],
        "api": [request.origin + path for path in api_paths],
        "downloads": [_describe(artifact, request.origin) for artifact in artifacts],
        "skipped": [{"name": entry.name, "reason": entry.reason} for entry in publication.skipped]
        if publication
        else [],
        "health": f"{request.origin}/health",
    }
    return Response.json(200, listing, {"Vary": "Accept"})


def _describe(artifact: Artifact, origin: str) -> dict[str, object]:
    return {
        "url": origin + _download_path(artifact),
        "size": artifact.size,
        "version": artifact.build.text,
        "short_version": artifact.short_version.text,
        "os": artifact.platform.value,
        "arch": artifact.architecture.value,
        "sha256": artifact.digests.get("sha256"),  # computed after the offer
    }


def _download_path(artifact: Artifact) -> str:
    return f"/downloads/{quote(artifact.download_name)}"


def _feed_paths(publication: Publication | None, feeds: Sequence[Feed]) -> list[str]:
    apps = publication.catalog.apps if publication else ()
    if len(apps) > 1:
        return [f"/apps/{app.key}/{name}" for app in apps for feed in feeds for name in feed.file_names(app)]
    app = next(iter(apps), App(key="", name=""))
    return [f"/{name}" for feed in feeds for name in feed.file_names(app)]
