"""Squirrel, which Electron's `autoUpdater` is on macOS and Windows: an address with target and version. Pure.

Written from Electron's documentation of `autoUpdater`; Squirrel.Windows adds `/RELEASES` to the address itself.
"""

import json

from ota_dev.client_setup.interface import Address, ClientSetup, Snippet, Step, Target

__all__ = ["instructions"]


def instructions(target: Target) -> ClientSetup:
    """Tell how to point an app with Squirrel here."""
    url = target.app_url
    return ClientSetup(
        client="squirrel",
        title="client_setup.squirrel.title",
        feed_url=f"{url}/RELEASES.json",
        steps=(
            Step(prose="client_setup.squirrel.point", snippet=_javascript(_asked(f"{url}/update/"))),
            Step(prose="client_setup.squirrel.point_static", snippet=_javascript(_static(f"{url}/RELEASES.json"))),
        ),
        undo=(Step(prose="client_setup.squirrel.undo"),),
        signing=Step(prose="client_setup.squirrel.signing"),
        if_silent=(Step(prose="client_setup.squirrel.if_silent_signed"),),
        other_addresses=(
            Address(when="client_setup.squirrel.when_windows", url=f"{url}/RELEASES"),
            Address(when="client_setup.squirrel.when_arm64", url=f"{url}/darwin/arm64/RELEASES.json"),
        ),
    )


def _asked(url: str) -> str:
    target = 'process.platform + "-" + process.arch + "/" + app.getVersion()'
    return f"autoUpdater.setFeedURL({{ url: {json.dumps(url)} + {target} }})"


def _static(url: str) -> str:
    return f'autoUpdater.setFeedURL({{ url: {json.dumps(url)}, serverType: "json" }})'


def _javascript(code: str) -> Snippet:
    return Snippet(text=code, language="javascript")
