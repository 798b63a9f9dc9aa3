"""Templates made into HTML. Whatever comes from a file or a client is escaped by the template engine.

Reads the packaged templates and the message catalogues, each once.
"""

import base64
import hashlib
from collections.abc import Mapping
from functools import cache, partial
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from ota_dev.catalog.readable_size import readable_size
from ota_dev.client_setup import Step
from ota_dev.dashboard.assets import asset_url
from ota_dev.dashboard.formats import clock_time, moment, percent, readable_duration, time_left
from ota_dev.dashboard.sentences import translated
from ota_dev.translations import DEFAULT_LANGUAGE, LANGUAGES, Translations

__all__ = ["PAGE_POLICY", "SIGN_IN_POLICY", "render", "sign_in_page"]

_NOTHING_ELSE = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; "
    f"frame-src 'self'; {_NOTHING_ELSE}"
)


def render(template: str, language: str, values: Mapping[str, object]) -> bytes:
    """Render one of the packaged templates in one of the languages, as UTF-8."""
    translations = Translations.of(language)
    text = (
        _environment()
        .get_template(template)
        .render(
            t=partial(_text, translations),
            told=partial(_told, translations),
            text=translations.text,
            said=partial(_said, translations),
            sentence=partial(translated, language=language),
            reason=partial(_reason, language),
            english=partial(_english, language),
            language=language,
            languages=LANGUAGES,
            **values,
        )
    )
    return text.encode()


def sign_in_page(language: str, *, is_refused: bool = False) -> bytes:
    """Give the page for a browser that has not opened the printed address, or one with another token."""
    return render("sign_in.html.j2", language, {"style": _sign_in_style(), "is_refused": is_refused})


def _text(translations: Translations, key: str, **values: object) -> str:
    return translations.text(f"dashboard.{key}", **values)


def _told(translations: Translations, key: str, english: str) -> str:
    """Give what scenarios and faults are said to do, which stands in English where they are made."""
    return translations.text_or(f"conditions.{key}", english)


def _said(translations: Translations, step: Step) -> str:
    return step.said(translations)


def _reason(language: str, reason: str) -> Markup:
    """Give why a simulated client decides as it does."""
    said = translated(reason, language, "reasons")
    return escape(said) if said != reason else _english(language, reason)


def _english(language: str, text: str) -> Markup:
    """Mark what is said in English alone, for whoever has the page read out."""
    return escape(text) if language == DEFAULT_LANGUAGE else Markup('<span lang="en">{}</span>').format(text)


def _sign_in_style() -> str:
    return (files("ota_dev.dashboard") / "templates" / "sign_in.css").read_text("utf-8")


# Whoever is not signed in gets nothing below `/_ota/`, so the style is in the page, and named by its digest.
SIGN_IN_POLICY = (
    f"default-src 'none'; style-src 'sha256-"
    f"{base64.b64encode(hashlib.sha256(_sign_in_style().encode()).digest()).decode('ascii')}'; {_NOTHING_ELSE}"
)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("ota_dev.dashboard"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(asset_url=asset_url, zip=zip)
    environment.filters.update(
        clock_time=clock_time,
        moment=moment,
        percent=percent,
        readable_duration=readable_duration,
        readable_size=readable_size,
        time_left=time_left,
    )
    return environment
