"""The newest installers of an app, which most scenarios are about, and catalogs built anew around them. Pure.

A platform may lag behind another, and a channel be ahead of another or behind it, so the newest is told for each apart:
what a client sees as the newest is then bent, whoever it is.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.policy import Policy
from ota_dev.catalog.releases import App, Catalog
from ota_dev.catalog.targets import Platform

__all__ = ["newest_of_each_platform", "rebuilt", "with_policy", "without_newest"]

_Audience = tuple[Platform, str | None]  # a platform, and a channel on it


def newest_of_each_platform(app: App) -> tuple[Artifact, ...]:
    """Give the artifacts of the newest release of each platform, on whichever channel it is; newest build first."""
    newest = _newest(app, lambda artifact: (artifact.platform, None))
    return tuple(artifact for artifact in app.artifacts if artifact.download_name in newest)


def rebuilt(catalog: Catalog, change: Callable[[App], Iterable[Artifact]]) -> Catalog:
    """Give every app the artifacts that *change* makes of it, grouped and ordered anew."""
    return Catalog(apps=tuple(App.of(app.key, app.name, change(app)) for app in catalog.apps))


def with_policy(catalog: Catalog, policy: Callable[[Artifact], Policy]) -> Catalog:
    """Lay a policy over that of the newest release of each platform on each channel."""

    def change(app: App) -> App:
        newest = _newest(app, _audience)
        return app.with_each(
            lambda artifact: (
                replace(artifact, policy=policy(artifact).over(artifact.policy))
                if artifact.download_name in newest
                else artifact
            )
        )

    return Catalog(apps=tuple(map(change, catalog.apps)))


def without_newest(catalog: Catalog) -> Catalog:
    """Leave out the newest release of each platform on each channel."""

    def change(app: App) -> Iterable[Artifact]:
        newest = _newest(app, _audience)
        return (artifact for artifact in app.artifacts if artifact.download_name not in newest)

    return rebuilt(catalog, change)


def _audience(artifact: Artifact) -> _Audience:
    return artifact.platform, artifact.policy.channel


def _newest(app: App, audience: Callable[[Artifact], _Audience]) -> frozenset[str]:
    """Give the download names of the newest release for each audience."""
    versions: dict[_Audience, str] = {}
    for artifact in app.artifacts:
        versions.setdefault(audience(artifact), artifact.short_version.canonical)
    return frozenset(
        artifact.download_name
        for artifact in app.artifacts
        if artifact.short_version.canonical == versions[audience(artifact)]
    )
