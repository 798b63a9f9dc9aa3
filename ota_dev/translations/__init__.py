"""What the dashboard, the start of `serve` and the instructions for clients say, in each language that they speak.

Reads the catalogues beside it. It chooses no words by what happens: callers name a text by its key. Errors, logs and
help are in English and not here.
"""

from ota_dev.translations.languages import DEFAULT_LANGUAGE, LANGUAGES, preferred
from ota_dev.translations.translations import MissingTranslationError, Translations

__all__ = ["DEFAULT_LANGUAGE", "LANGUAGES", "MissingTranslationError", "Translations", "preferred"]
