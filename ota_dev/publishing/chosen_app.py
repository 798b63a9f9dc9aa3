"""Which app of those in a folder is published, where one is asked for. Pure."""

from dataclasses import replace

from ota_dev.catalog.grouping import group, normalise
from ota_dev.catalog.releases import Catalog
from ota_dev.scan.interface import Skipped

__all__ = ["choose_app"]


def choose_app(catalog: Catalog, name: str | None) -> tuple[Catalog, tuple[Skipped, ...]]:
    """Keep the app of this name, and say of the files of others that they were not chosen; `None` chooses all.

    A name that no app has is given to all installers.
    """
    if name is None:
        return catalog, ()
    chosen = catalog.app(normalise(name))
    if chosen is None:
        return group(replace(artifact, app=name) for artifact in catalog), ()
    others = {
        file: Skipped(name=file, reason=f"it belongs to {app.name}, and --app chose {chosen.name}")
        for app in catalog.apps
        if app is not chosen
        for artifact in app.artifacts
        for file in artifact.download_names
    }
    return Catalog(apps=(chosen,)), tuple(others.values())
