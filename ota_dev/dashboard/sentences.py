"""What the journal says in English, in the language of the page.

The journal makes its sentences out of a few forms, which stand in the English catalogue under `journal`; whatever has
none of these forms stays as it is. Reads the catalogues.
"""

import re
from functools import cache, lru_cache
from typing import Final

from ota_dev.translations import DEFAULT_LANGUAGE, Translations

__all__ = ["translated"]

_AREA: Final = "journal"
_PLACE = re.compile(r"\\\{([a-z_]+)\\\}")
_SENTENCES: Final = ("result", "note", "step")  # the places where another sentence stands
_DEEPEST = 3  # sentences within sentences
_LONGEST = 2_000  # characters
_AND = ", "  # between two notes on one answer


@lru_cache(maxsize=4_096)
def translated(sentence: str, language: str, depth: int = _DEEPEST) -> str:
    """Say *sentence* in *language*, as far as its form is known."""
    if language == DEFAULT_LANGUAGE or not depth or len(sentence) > _LONGEST:
        return sentence
    for key, form in _forms():
        if found := form.fullmatch(sentence):
            values = {
                name: translated(value, language, depth - 1) if name in _SENTENCES else value
                for name, value in found.groupdict().items()
            }
            return Translations.of(language).text(f"{_AREA}.{key}", **values)
    parts = sentence.split(_AND)
    return _AND.join(translated(part, language, depth - 1) for part in parts) if len(parts) > 1 else sentence


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Give the forms by their keys, in the order of the catalogue: the first that fits counts."""
    texts = Translations.of(DEFAULT_LANGUAGE).area(_AREA)
    return tuple(
        (key, re.compile(_PLACE.sub(r"(?P<\1>.+?)", re.escape(text)), re.DOTALL)) for key, text in texts.items()
    )
