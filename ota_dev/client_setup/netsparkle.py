"""NetSparkle: the first argument of its updater. It looks at the system, not at architecture or channel. Pure."""

import json

from ota_dev.client_setup.interface import CHANNEL, Address, ClientSetup, Snippet, Step, Target
from ota_dev.client_setup.public_keys import netsparkle_form
from ota_dev.client_setup.signing_step import signing_step

__all__ = ["instructions"]

_UNSIGNED = "new Ed25519Checker(SecurityMode.Unsafe)"


def instructions(target: Target) -> ClientSetup:
    """Tell how to point an app with NetSparkle here."""
    checker = netsparkle_form(target.public_key).snippet.text if target.public_key else _UNSIGNED
    return ClientSetup(
        client="netsparkle",
        title="client_setup.netsparkle.title",
        feed_url=target.feed_url,
        steps=(
            Step(
                prose="client_setup.netsparkle.point",
                snippet=_csharp(
                    f"var sparkle = new SparkleUpdater(\n    {json.dumps(target.feed_url)},\n    {checker});"
                ),
            ),
        ),
        undo=(Step(prose="client_setup.netsparkle.undo"),),
        signing=signing_step(target, "netsparkle", netsparkle_form),
        if_silent=(
            Step(
                prose="client_setup.netsparkle.if_silent_interval",
                snippet=_csharp("await sparkle.CheckForUpdatesAtUserRequest();"),
            ),
            Step(prose="client_setup.netsparkle.if_silent_platform"),
        ),
        other_addresses=(
            Address(
                when="client_setup.netsparkle.when_arm64",
                url=target.feed_narrowed_to(system="windows", architecture="arm64"),
            ),
            Address(when="client_setup.netsparkle.when_channel", url=target.feed_narrowed_to(channel=CHANNEL)),
            Address(when="client_setup.netsparkle.when_json", url=f"{target.app_url}/appcast.json"),
        ),
    )


def _csharp(code: str) -> Snippet:
    return Snippet(text=code, language="csharp")
