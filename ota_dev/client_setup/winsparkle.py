"""WinSparkle: a call before `win_sparkle_init`. It understands systems and architectures, and no channels. Pure."""

import json

from ota_dev.client_setup.interface import CHANNEL, Address, ClientSetup, Snippet, Step, Target
from ota_dev.client_setup.public_keys import winsparkle_form
from ota_dev.client_setup.signing_step import signing_step

__all__ = ["instructions"]


def instructions(target: Target) -> ClientSetup:
    """Tell how to point an app with WinSparkle here."""
    return ClientSetup(
        client="winsparkle",
        title="client_setup.winsparkle.title",
        feed_url=target.feed_url,
        steps=(
            Step(
                prose="client_setup.winsparkle.point",
                snippet=_c(f"win_sparkle_set_appcast_url({json.dumps(target.feed_url)});"),
            ),
        ),
        undo=(Step(prose="client_setup.winsparkle.undo"),),
        signing=signing_step(target, "winsparkle", winsparkle_form),
        if_silent=(
            Step(prose="client_setup.winsparkle.if_silent_interval", snippet=_c("win_sparkle_check_update_with_ui();")),
            Step(prose="client_setup.winsparkle.if_silent_order"),
        ),
        other_addresses=(
            Address(when="client_setup.winsparkle.when_channel", url=target.feed_narrowed_to(channel=CHANNEL)),
        ),
    )


def _c(code: str) -> Snippet:
    return Snippet(text=code, language="c")
