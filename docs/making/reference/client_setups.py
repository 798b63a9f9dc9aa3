"""How to point an app here, for each client that ota-dev has instructions for, as the dashboard says it. Pure."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from docs.making.reference.markdown import code, table
from ota_dev.client_setup import ClientSetup, Snippet, Step, Target, client_setups
from ota_dev.translations import Translations

__all__ = ["PARTS_OF_CLIENTS"]

_SERVER = "http://127.0.0.1:8080"
_A_KEY = "8Pvp4ZrHxlk4/chHNuCjWrWXGtrNajrg4DTIUfzQA7o="  # of no app
_TEXTS = Translations.of("en")
_WITH_A_PART = ("sparkle", "winsparkle", "netsparkle", "generic")  # the pages of the others use words of their own
_ON_A_MAC = "<!-- not run: needs a Mac with the app on it -->\n"


def _setups(public_key: str | None) -> Mapping[str, ClientSetup]:
    target = Target(server_url=_SERVER, app_name="Acme Notes", public_key=public_key)
    return {setup.client: setup for setup in client_setups(target)}


_UNSIGNED, _SIGNED = _setups(None), _setups(_A_KEY)


def _whole(client: str) -> str:
    setup, signed = _UNSIGNED[client], _SIGNED[client]
    sections = [
        *map(_step, setup.steps),
        _addresses(setup),
        "## Undo it",
        *map(_step, setup.undo),
        "## Signatures and keys",
        f"**Unsigned.** {_step(setup.signing)}",
        f"**Signed.** {_step(signed.signing)}",
        "## When it stays silent",
        *map(_step, setup.if_silent),
    ]
    return "\n\n".join(filter(None, sections))


def _step(step: Step) -> str:
    return "\n\n".join([step.said(_TEXTS), *([_block(step.snippet)] if step.snippet else [])])


def _block(snippet: Snippet) -> str:
    language = "sh" if snippet.language == "shell" else snippet.language
    before = _ON_A_MAC if snippet.text.startswith("defaults ") else ""
    return f"{before}```{language}\n{snippet.text}\n```"


def _addresses(setup: ClientSetup) -> str:
    rows = ([code(each.url), _TEXTS.text(each.when)] for each in setup.other_addresses)
    return table(["another address", "when it is the one to take"], rows)


def _parts() -> Iterator[tuple[str, Callable[[], str]]]:
    for client in _WITH_A_PART:
        yield f"setup-of-{client}", partial(_whole, client)


PARTS_OF_CLIENTS: Mapping[str, Callable[[], str]] = dict(_parts())
