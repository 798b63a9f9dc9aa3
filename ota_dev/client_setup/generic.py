"""A hand-written client: its own file of environments, or whatever setting it has; appcast or JSON. Pure."""

import shlex
from urllib.parse import urlencode

from ota_dev.client_setup.environment_block import environment_block
from ota_dev.client_setup.interface import CHANNEL, Address, ClientSetup, Snippet, Step, Target
from ota_dev.client_setup.public_keys import generic_form
from ota_dev.client_setup.signing_step import signing_step

__all__ = ["instructions"]


def instructions(target: Target) -> ClientSetup:
    """Tell how to point an app with a client of its own here."""
    app = {"app": target.app} if target.app else {}
    question = urlencode({**app, "version": "1.2.0", "platform": "darwin", "arch": "arm64"})
    check_url = f"{target.server_url}/api/check"
    return ClientSetup(
        client="generic",
        title="client_setup.generic.title",
        feed_url=target.feed_url,
        steps=(
            Step(
                prose="client_setup.generic.point_environment",
                snippet=Snippet(text=_environment(target), language="yaml"),
            ),
            Step(
                prose="client_setup.generic.point_json",
                snippet=Snippet(text=f"curl {shlex.quote(f'{check_url}?{question}')}", language="shell"),
                values={"url": check_url},
            ),
            Step(prose="client_setup.generic.point_feed", values={"url": target.feed_url}),
        ),
        undo=(Step(prose="client_setup.generic.undo"),),
        signing=signing_step(target, "generic", generic_form),
        if_silent=(
            Step(prose="client_setup.generic.if_silent_environment"),
            Step(prose="client_setup.generic.if_silent_proxy"),
        ),
        other_addresses=(
            Address(
                when="client_setup.generic.when_target",
                url=target.feed_narrowed_to(system="macos", architecture="arm64"),
            ),
            Address(when="client_setup.generic.when_channel", url=target.feed_narrowed_to(channel=CHANNEL)),
        ),
    )


def _environment(target: Target) -> str:
    return environment_block(target.server_url, path=target.app_path).rstrip("\n")
