"""Sparkle: a user default goes before the address in the app, so that no new build is needed. Pure.

Sources: Sparkle 2.9, SPUUpdater.m (`feedURL`: the delegate, then the user default, then Info.plist) and SUConstants.m.
"""

from shlex import quote

from ota_dev.client_setup.interface import Address, ClientSetup, Snippet, Step, Target
from ota_dev.client_setup.public_keys import sparkle_form
from ota_dev.client_setup.signing_step import signing_step

__all__ = ["instructions"]


def instructions(target: Target) -> ClientSetup:
    """Tell how to point an app with Sparkle here."""
    domain = target.defaults_domain
    return ClientSetup(
        client="sparkle",
        title="client_setup.sparkle.title",
        feed_url=target.feed_url,
        steps=(
            Step(
                prose="client_setup.sparkle.point",
                snippet=_shell(f"defaults write {domain} SUFeedURL {quote(target.feed_url)}"),
                values={"domain": domain},
            ),
        ),
        undo=(Step(prose="client_setup.sparkle.undo", snippet=_shell(f"defaults delete {domain} SUFeedURL")),),
        signing=signing_step(target, "sparkle", sparkle_form),
        if_silent=(
            Step(
                prose="client_setup.sparkle.if_silent_interval",
                snippet=_shell(f"defaults delete {domain} SULastCheckTime"),
            ),
            Step(prose="client_setup.sparkle.if_silent_delegate"),
            Step(prose="client_setup.sparkle.if_silent_transport"),
        ),
        other_addresses=(
            Address(
                when="client_setup.sparkle.when_arm64",
                url=target.feed_narrowed_to(system="macos", architecture="arm64"),
            ),
        ),
    )


def _shell(command: str) -> Snippet:
    return Snippet(text=command, language="shell")
