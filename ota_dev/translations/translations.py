"""The texts of one language by their keys. Reads the catalogues that are packaged beside it, each once.

A catalogue is JSON, nested by area; a key such as `banner.control` is the path to a text. Places for values are named
in braces, as for `str.format`, and hold nothing but a name.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Self, TypeAlias

from ota_dev.translations.languages import LANGUAGES

__all__ = ["MissingTranslationError", "Translations"]

_Area: TypeAlias = Mapping[str, "str | _Area"]

_PLACE = re.compile(r"\{([a-z][a-z_0-9]*)\}")


class MissingTranslationError(LookupError):
    """There is no such text, or a value for it is missing; a mistake in the program, which tests find."""


@dataclass(frozen=True, slots=True)
class Translations:
    """The texts of one language."""

    language: str  # its BCP 47 tag, as for the attribute `lang`
    texts: Mapping[str, str]  # by key

    @classmethod
    def of(cls, language: str) -> Self:
        """Give the texts of one of `LANGUAGES`.

        Raises:
            MissingTranslationError: there is no such language.
        """
        if language not in LANGUAGES:
            raise MissingTranslationError(f"there is no catalogue for {language!r}, only for {', '.join(LANGUAGES)}")
        return cls(language, _catalogue(language))

    def text(self, key: str, **values: object) -> str:
        """Give the text under *key* with *values* in their places.

        Raises:
            MissingTranslationError: there is no such text, or one of its values is missing.
        """
        if key not in self.texts:
            raise MissingTranslationError(f"there is no text {key!r} in {self.language}")
        return _PLACE.sub(lambda place: self._value(key, place[1], values), self.texts[key])

    def text_or(self, key: str, otherwise: str) -> str:
        """Give the text under *key*; *otherwise* in the language that says it elsewhere, such as English in code."""
        return self.texts.get(key, otherwise)

    def area(self, name: str) -> Mapping[str, str]:
        """Give all texts of an area, such as `dashboard`, by their keys without its name."""
        begin = f"{name}."
        return {key.removeprefix(begin): text for key, text in self.texts.items() if key.startswith(begin)}

    def _value(self, key: str, name: str, values: Mapping[str, object]) -> str:
        if name not in values:
            raise MissingTranslationError(f"the text {key!r} in {self.language} needs a value for {name!r}")
        return str(values[name])


@cache
def _catalogue(language: str) -> Mapping[str, str]:
    content = (files("ota_dev.translations") / f"{language}.json").read_text(encoding="utf-8")
    return dict(_flat(json.loads(content)))


def _flat(area: _Area, path: str = "") -> Iterator[tuple[str, str]]:
    for name, entry in area.items():
        if isinstance(entry, str):
            yield f"{path}{name}", entry
        else:
            yield from _flat(entry, f"{path}{name}.")
