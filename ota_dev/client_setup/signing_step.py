"""What an app with one client needs to know of signatures: where the public key goes, or that there is none. Pure."""

from collections.abc import Callable

from ota_dev.client_setup.interface import Step, Target
from ota_dev.client_setup.public_keys import KeyForm

__all__ = ["signing_step"]


def signing_step(target: Target, client: str, form: Callable[[str], KeyForm]) -> Step:
    """Tell it of *client*, by the texts of its area."""
    if target.public_key is None:
        return Step(prose=f"client_setup.{client}.unsigned")
    return Step(prose=f"client_setup.{client}.signed", snippet=form(target.public_key).snippet)
