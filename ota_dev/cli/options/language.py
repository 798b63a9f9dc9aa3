"""The language in which `serve` speaks: the option, and what of it the terminal can show.

Asks the terminal, and the user's system for its language.
"""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ota_dev.translations import Translations

__all__ = ["Language", "LanguageOption", "spoken_on", "why_other"]


class Language(StrEnum):
    """The languages that there are texts in."""

    EN = "en"
    ZH = "zh"


LanguageOption = Annotated[
    Language | None,
    typer.Option(
        "--language",
        envvar="OTA_DEV_LANGUAGE",
        help="The language of the start and of the dashboard. [default: the terminal's, and each browser's]",
    ),
]


def spoken_on(stream: TextIO, wanted: Language | None) -> "Translations":
    """Give the texts in the *wanted* language, else in that of the user's system; English where *stream* lacks it.

    What is no terminal gets English unless another language is *wanted*: scripts read it, on whichever machine.
    """
    from ota_dev.translations import DEFAULT_LANGUAGE, Translations

    texts = Translations.of(wanted or _of_user(stream))
    return texts if _can_show(stream, texts) else Translations.of(DEFAULT_LANGUAGE)


def why_other(stream: TextIO, wanted: Language | None, texts: "Translations") -> "Iterator[str]":
    """Say why *texts* are in another language than was *wanted*; nothing where they are not."""
    if wanted is not None and wanted != texts.language:
        yield texts.text("terminal.not_shown", language=wanted, encoding=stream.encoding)


def _of_user(stream: TextIO) -> str:
    from ota_dev.operating_system import user_language
    from ota_dev.translations import DEFAULT_LANGUAGE, preferred

    return preferred(user_language()) if stream.isatty() else DEFAULT_LANGUAGE


def _can_show(stream: TextIO, texts: "Translations") -> bool:
    characters = "".join(texts.texts.values())
    try:
        characters.encode(stream.encoding)
    except (LookupError, UnicodeError):
        return False
    return True
