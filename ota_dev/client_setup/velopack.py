"""Velopack: the folder of the feeds in the constructor of its update manager; the client adds the name. Pure.

Source: `UpdateManager` of Velopack 1.2, which an app that is not installed cannot make without a locator of its own.
"""

import json

from ota_dev.client_setup.interface import CHANNEL, Address, ClientSetup, Snippet, Step, Target

__all__ = ["instructions"]

_SYSTEMS = (("windows", "win"), ("macos", "osx"), ("linux", "linux"))


def instructions(target: Target) -> ClientSetup:
    """Tell how to point an app with Velopack here."""
    url = target.app_url
    return ClientSetup(
        client="velopack",
        title="client_setup.velopack.title",
        feed_url=f"{url}/releases.win.json",
        steps=(
            Step(
                prose="client_setup.velopack.point",
                snippet=_csharp(f"var manager = new UpdateManager({json.dumps(url)});"),
                values={"address": url},
            ),
            Step(prose="client_setup.velopack.pack", snippet=Snippet(text=_PACK, language="shell")),
        ),
        undo=(Step(prose="client_setup.velopack.undo"),),
        signing=Step(prose="client_setup.velopack.signing"),
        if_silent=(
            Step(prose="client_setup.velopack.if_silent_installed", snippet=_csharp(_LOCATOR)),
            Step(prose="client_setup.velopack.if_silent_channel"),
        ),
        other_addresses=(
            *(
                Address(when=f"client_setup.velopack.when_{system}", url=f"{url}/releases.{channel}.json")
                for system, channel in _SYSTEMS
            ),
            Address(when="client_setup.velopack.when_channel", url=f"{url}/releases.{CHANNEL}.json"),
        ),
    )


_PACK = "vpk pack --packId AcmeNotes --packVersion 1.3.0 --packDir publish --outputDir dist"
_LOCATOR = 'var locator = new TestVelopackLocator("AcmeNotes", "1.2.0", packagesFolder);'


def _csharp(code: str) -> Snippet:
    return Snippet(text=code, language="csharp")
