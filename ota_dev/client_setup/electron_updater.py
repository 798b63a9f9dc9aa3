"""electron-updater: a file in the root of the project, read by an app that is not packaged when it is told to. Pure.

Source: `ElectronAppAdapter.ts` and `GenericProvider.ts` of electron-updater 6. A url of its own, the folder of the
feeds, goes in place of the address of one feed: the client adds the name for its system and channel.
"""

import json

from ota_dev.client_setup.interface import CHANNEL, Address, ClientSetup, Snippet, Step, Target

__all__ = ["instructions"]

_CALL = "autoUpdater.forceDevUpdateConfig = true\nautoUpdater.checkForUpdates()"
_SYSTEMS = (("windows", ""), ("macos", "-mac"), ("linux", "-linux"))


def instructions(target: Target) -> ClientSetup:
    """Tell how to point an app with electron-updater here."""
    url = target.app_url
    return ClientSetup(
        client="electron-updater",
        title="client_setup.electron-updater.title",
        feed_url=f"{url}/latest.yml",
        steps=(
            Step(
                prose="client_setup.electron-updater.point",
                snippet=Snippet(text=_configuration(url), language="yaml"),
                values={"address": url},
            ),
            Step(prose="client_setup.electron-updater.point_call", snippet=Snippet(text=_CALL, language="javascript")),
        ),
        undo=(Step(prose="client_setup.electron-updater.undo"),),
        signing=Step(prose="client_setup.electron-updater.signing"),
        if_silent=(
            Step(prose="client_setup.electron-updater.if_silent_null"),
            Step(prose="client_setup.electron-updater.if_silent_linux"),
        ),
        other_addresses=(
            *(
                Address(when=f"client_setup.electron-updater.when_{system}", url=f"{url}/latest{suffix}.yml")
                for system, suffix in _SYSTEMS
            ),
            Address(when="client_setup.electron-updater.when_channel", url=f"{url}/{CHANNEL}.yml"),
        ),
    )


def _configuration(url: str) -> str:
    # A JSON text is a YAML text too.
    lines = {"provider": "generic", "url": url, "channel": "latest", "updaterCacheDirName": "ota-dev-updater"}
    return "\n".join(f"{key}: {json.dumps(value)}" for key, value in lines.items())
