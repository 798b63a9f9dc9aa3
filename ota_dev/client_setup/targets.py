"""What apps are pointed at, from what is on offer. Pure."""

from collections.abc import Sequence

from ota_dev.catalog.releases import App
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
            bundle_id=next(filter(None, (artifact.bundle_identifier for artifact in app.artifacts)), None),
        )
        for app in apps
    )
