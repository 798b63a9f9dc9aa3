"""Which of the languages that there are somebody gets. Pure."""

from collections.abc import Collection

from ota_dev.catalog.languages import preferred_languages

__all__ = ["DEFAULT_LANGUAGE", "LANGUAGES", "preferred"]

LANGUAGES = ("en", "zh")  # a catalogue of each lies beside this file
DEFAULT_LANGUAGE = "en"


def preferred(accept_language: str | None, among: Collection[str] = LANGUAGES) -> str:
    """Give the language that an `Accept-Language` header wants most, *among* those there are; else English.

    Script and region do not count: a reader of `zh-TW` rather has Chinese in the other script than English.
    """
    wanted = (tag.split("-")[0] for tag in preferred_languages(accept_language or ""))
    return next((language for language in wanted if language in among), DEFAULT_LANGUAGE)
