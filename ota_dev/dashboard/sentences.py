"""What the journal and the simulated clients say in English, in the language of the page.

They make their sentences out of a few forms, which stand in the English catalogue under `journal` and `reasons`;
whatever has none of these forms stays as it is. Reads the catalogues.
"""

import re
from functools import cache, lru_cache
from typing import Final, Literal, TypeAlias

from ota_dev.translations import DEFAULT_LANGUAGE, Translations

__all__ = ["Area", "translated"]

Area: TypeAlias = Literal["journal", "reasons"]  # of the catalogues

_PLACE = re.compile(r"\\\{([a-z_]+)\\\}")
_SENTENCES: Final = ("result", "note", "step", "reason")  # the places where another sentence stands
_DEEPEST = 3  # sentences within sentences
_LONGEST = 2_000  # characters
_AND = ", "  # between two notes on one answer
_AND_IN: Final = {"zh": "，"}


@lru_cache(maxsize=4_096)
def translated(sentence: str, language: str, area: Area = "journal", depth: int = _DEEPEST) -> str:
    """Say *sentence* in *language*, as far as its form is known."""
    if language == DEFAULT_LANGUAGE or not depth or len(sentence) > _LONGEST:
        return sentence
    for key, form in _forms(area):
        if found := form.fullmatch(sentence):
            values = {
                name: translated(value, language, area, depth - 1) if name in _SENTENCES else value
                for name, value in found.groupdict().items()
            }
            return Translations.of(language).text(f"{area}.{key}", **values)
    parts = sentence.split(_AND) if _AND in sentence else []
    said = [translated(part, language, area, depth - 1) for part in parts]
    return sentence if said == parts else _AND_IN[language].join(said)


@cache
def _forms(area: Area) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Give the forms by their keys, in the order of the catalogue: the first that fits counts."""
    texts = Translations.of(DEFAULT_LANGUAGE).area(area)
    return tuple((key, _form(text)) for key, text in texts.items())


def _form(text: str) -> re.Pattern[str]:
    pattern = _PLACE.sub(r"(?P<\1>.+?)", re.escape(text))
    # Before another note, a sentence loses its period.
    return re.compile(f"{pattern}?" if text.endswith(".") else pattern, re.DOTALL)
