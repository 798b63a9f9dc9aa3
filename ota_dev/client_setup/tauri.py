"""Tauri 2: the updater's part of `tauri.conf.json`, or of a file that a debug build lays over it. Pure.

Source: tauri-plugin-updater 2. Its endpoints name the places that it fills in between two pairs of braces.
"""

import json

from ota_dev.client_setup.interface import CHANNEL, Address, ClientSetup, Snippet, Step, Target
from ota_dev.client_setup.public_keys import tauri_form
from ota_dev.client_setup.signing_step import signing_step

__all__ = ["instructions"]

_FOR_ONE = "tauri/{{target}}/{{arch}}/{{current_version}}"
_STATIC = "latest.json"
_OWN_KEY = "THE PUBKEY OF YOUR APP"  # for the reader to replace
_FILE = "src-tauri/tauri.ota-dev.conf.json"


def instructions(target: Target) -> ClientSetup:
    """Tell how to point an app with Tauri's updater here."""
    return ClientSetup(
        client="tauri",
        title="client_setup.tauri.title",
        feed_url=f"{target.app_url}/{_STATIC}",
        steps=(
            Step(
                prose="client_setup.tauri.point",
                snippet=Snippet(text=_configuration(target), language="json"),
                values={"file": _FILE},
            ),
            Step(
                prose="client_setup.tauri.point_command",
                snippet=Snippet(text=f"npm run tauri dev -- --config {_FILE}", language="shell"),
            ),
        ),
        undo=(Step(prose="client_setup.tauri.undo"),),
        signing=signing_step(target, "tauri", tauri_form),
        if_silent=(
            Step(prose="client_setup.tauri.if_silent_check"),
            Step(prose="client_setup.tauri.if_silent_transport"),
            Step(prose="client_setup.tauri.if_silent_json"),
        ),
        other_addresses=(
            Address(when="client_setup.tauri.when_bundle", url=f"{target.app_url}/{_FOR_ONE}/{{{{bundle_type}}}}"),
            Address(when="client_setup.tauri.when_channel", url=f"{target.app_url}/channels/{CHANNEL}/{_FOR_ONE}"),
        ),
    )


def _configuration(target: Target) -> str:
    pubkey = tauri_form(target.public_key).snippet.text if target.public_key else f'"pubkey": "{_OWN_KEY}"'
    updater = {
        "endpoints": [f"{target.app_url}/{_FOR_ONE}", f"{target.app_url}/{_STATIC}"],
        "dangerousInsecureTransportProtocol": True,
        **json.loads(f"{{{pubkey}}}"),
    }
    return json.dumps({"plugins": {"updater": updater}}, indent=2)
