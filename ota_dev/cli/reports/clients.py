"""How to point one update client here, as lines of text. Pure: nothing is printed here.

What is to be copied has lines of its own, and what comes from an installer is escaped before it is shown.
"""

from collections.abc import Iterator

from ota_dev.cli.console import printable
from ota_dev.client_setup import ClientSetup, Step
from ota_dev.translations import Translations

__all__ = ["client_lines"]

_PROSE, _CODE = "    ", "      "


def client_lines(texts: Translations, setup: ClientSetup, *steps: Step) -> Iterator[str]:
    """Name the client that *setup* is for, and tell the *steps* of it that are wanted."""
    yield f"  {texts.text(setup.title)}"
    for step in steps:
        yield f"{_PROSE}{printable(step.said(texts))}"
        if step.snippet:
            yield from (f"{_CODE}{printable(line)}" for line in step.snippet.text.split("\n"))
