"""The page at `/`: what this server answers, as HTML for people and as JSON for programs. Pure."""

from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from ota_dev.catalog.artifacts import Artifact
from ota_dev.publishing import Publication
from ota_dev.server.messages import Request, Response

__all__ = ["answer_index"]

_MOST_LISTED = 200
_STRICT = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def answer_index(
    request: Request, publication: Publication | None, feed_names: Iterable[str], api_paths: Iterable[str]
) -> Response:
    """List the URLs of this server; *publication* is `None` until the first is ready."""
    feeds = _feed_paths(publication, feed_names)
    artifacts = sorted(publication.catalog, key=lambda artifact: artifact.download_name) if publication else []
    if "text/html" in (request.headers.get("accept") or "").lower():
        return _page(feeds, [_download_path(artifact) for artifact in artifacts], publication)
    listing = {
        "name": "ota-dev",
        "revision": publication.revision if publication else None,
        "feeds": [request.origin + path for path in feeds],
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


def _feed_paths(publication: Publication | None, feed_names: Iterable[str]) -> list[str]:
    apps = publication.catalog.apps if publication else ()
    if len(apps) > 1:
        return [f"/apps/{app.key}/{name}" for app in apps for name in feed_names]
    return [f"/{name}" for name in feed_names]


def _page(feeds: list[str], downloads: list[str], publication: Publication | None) -> Response:
    state = "The folder is still being read." if publication is None else f"{len(downloads)} installers are on offer."
    page = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>ota-dev</title>
</head>
<body>
<h1>ota-dev</h1>
<p>A mock update server, for development only. {state}</p>
<h2>Feeds</h2>
{_links(feeds)}
<h2>Installers</h2>
{_links(downloads)}
<p><a href="/health">Health</a></p>
</body>
</html>
"""
    headers = {"Content-Type": "text/html; charset=utf-8", "Vary": "Accept", "Content-Security-Policy": _STRICT}
    return Response(status=200, headers=headers, body=page.encode("utf-8"))


def _links(paths: list[str]) -> str:
    items = [f'<li><a href="{escape(path)}">{escape(path)}</a></li>' for path in paths[:_MOST_LISTED]]
    more = [f"<li>and {len(paths) - _MOST_LISTED} more</li>"] if len(paths) > _MOST_LISTED else []
    return "\n".join(["<ul>", *items, *more, "</ul>"])
