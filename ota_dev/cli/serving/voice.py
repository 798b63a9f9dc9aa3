"""How `serve` speaks: in lines for people or in JSON, in which language, and to a terminal or to a file."""

import sys
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial

from ota_dev.cli.options.language import Language, spoken_on, why_other
from ota_dev.cli.serving.colors import Color
from ota_dev.cli.serving.log import JsonLog, TextLog
from ota_dev.cli.serving.output import Output, output_of
from ota_dev.cli.serving.transfer_area import TransferArea
from ota_dev.cli.serving.typed_keys import is_terminal
from ota_dev.dev_server import ServerSettings
from ota_dev.feeds.formats import feed_formats
from ota_dev.translations import Translations

__all__ = ["Manner", "Voice", "begin_to_speak"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Manner:
    """How the user wants to be spoken to."""

    in_json: bool
    color: Color
    language: Language | None  # `None` is the terminal's
    quiet: bool
    verbose: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Voice:
    """What speaks of one server."""

    output: Output
    texts: Translations
    log: TextLog | JsonLog
    excuses: tuple[str, ...]  # why the language is not the one that the user wants


def begin_to_speak(resources: ExitStack, manner: Manner, settings: ServerSettings, *, is_demo: bool) -> Voice:
    """Begin to write, until *resources* end, what there is to say of a server with these *settings*."""
    output = output_of(resources, color=manner.color, is_plain=manner.in_json)
    wanted = Language.EN if manner.in_json else manner.language
    texts = spoken_on(sys.stderr, wanted)
    log = (_json_log if manner.in_json else partial(_text_log, texts, manner))(output, settings, is_demo=is_demo)
    return Voice(output=output, texts=texts, log=log, excuses=tuple(why_other(sys.stderr, wanted, texts)))


def _json_log(output: Output, settings: ServerSettings, *, is_demo: bool) -> JsonLog:
    return JsonLog(
        write=output.write, feed=feed_formats().main, folder=str(settings.folder), is_demo=is_demo, key=settings.key
    )


def _text_log(
    texts: Translations, manner: Manner, output: Output, settings: ServerSettings, *, is_demo: bool
) -> TextLog:
    return TextLog(
        write=output.write,
        texts=texts,
        feed=feed_formats().main,
        folder=str(settings.folder),
        is_demo=is_demo,
        key=settings.key,
        quiet=manner.quiet,
        verbose=manner.verbose,
        has_keys=is_terminal(),
        width=output.width,
        gives_hints=output.is_terminal,
        transfers=TransferArea(partial(output.bottom.set, "transfers"), output.width),
    )
