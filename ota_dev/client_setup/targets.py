"""What apps are pointed at, from what is on offer. Pure."""

from collections.abc import Sequence

from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Platform
from ota_dev.client_setup.interface import Target

__all__ = ["targets"]


def targets(server_url: str, apps: Sequence[App], public_key: str | None = None) -> tuple[Target, ...]:
    """Give a target for each app that is on offer; one for any app while there is none.

    Only where there are several does an app need an address of its own.
    """
    if not apps:
        return (Target(server_url=server_url, public_key=public_key),)
    return tuple(
        Target(
            server_url=server_url,
            app=app.key if len(apps) > 1 else None,
            app_name=app.name,
            public_key=public_key,
            bundle_id=_bundle_id(app),
        )
        for app in apps
    )


def _bundle_id(app: App) -> str | None:
    apps = (a for a in app.artifacts if a.platform is Platform.MACOS and a.kind is not PackageKind.NUPKG)
    return next(filter(None, (artifact.facts.identifier for artifact in apps)), None)
