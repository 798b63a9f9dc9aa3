"""Languages by their BCP 47 tags, and which of those on offer somebody gets. Pure.

Matching is RFC 4647's lookup: a wanted tag is cut from its end until it is on offer (`zh-Hant-TW`, `zh-Hant`, `zh`).
Where that finds nothing, another region of the same language and script does, since a reader of `pt` rather has `pt-BR`
than the default language.
"""

import re
from collections.abc import Collection, Iterable

__all__ = ["language_tag", "named_language", "negotiate", "preferred_languages"]

LONGEST_HEADER = 2_000  # characters
MOST_PREFERRED = 20

# Language, script, region, variants. Names of languages with 4 to 8 letters are not in use, and would make a
# language of `App-1.2.0.draft.md`.
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3})){0,4})",
    re.IGNORECASE | re.ASCII,
)
_QUALITY = re.compile(r"q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)", re.IGNORECASE | re.ASCII)

# Which script a language is written in, where it depends on the region (RFC 5646 section 4.1 leaves it out).
_SCRIPTS = {"zh-TW": "Hant", "zh-HK": "Hant", "zh-MO": "Hant", "zh": "Hans", "sr": "Cyrl"}


def language_tag(text: str) -> str | None:
    """Give a tag in its usual spelling, such as `zh-CN` for `zh_cn`; `None` for what is no tag."""
    match = _TAG.fullmatch(text.replace("_", "-"))
    if match is None:
        return None
    language, script, region, variants = match.group("language", "script", "region", "variants")
    return "-".join(
        filter(None, (language.lower(), (script or "").title(), (region or "").upper(), variants.lower().strip("-")))
    )


def named_language(text: str) -> str:
    """Give a tag in its usual spelling.

    Raises:
        ValueError: it is none; what to write instead is said.
    """
    if (tag := language_tag(text)) is None:
        raise ValueError(f"{text!r} is no language, write a tag such as de or zh-CN")
    return tag


def preferred_languages(accept_language: str) -> tuple[str, ...]:
    """Read an `Accept-Language` header: the tags in it, most wanted first.

    `*`, what is refused with `q=0` and what cannot be read are left out (RFC 9110 section 12.5.4).
    """
    ranked = []
    for entry in accept_language[:LONGEST_HEADER].split(",")[:MOST_PREFERRED]:
        name, _, parameter = (part.strip() for part in entry.partition(";"))
        quality = _QUALITY.fullmatch(parameter) if parameter else None
        tag = language_tag(name)
        if tag and (not parameter or quality):
            ranked.append((float(quality[1]) if quality else 1.0, tag))
    ranked.sort(key=lambda entry: -entry[0])
    return tuple(dict.fromkeys(tag for quality, tag in ranked if quality))


def negotiate(wanted: Iterable[str], on_offer: Collection[str]) -> str | None:
    """Give the tag on offer that suits the *wanted* tags best, the first of which counts most; `None` for none."""
    ordered = sorted(on_offer)
    for tag in map(language_tag, wanted):
        if tag and (found := _look_up(tag, ordered)):
            return found
    return None


def _look_up(tag: str, on_offer: list[str]) -> str | None:
    parts = tag.split("-")
    for length in range(len(parts), 0, -1):
        if (shorter := "-".join(parts[:length])) in on_offer and _script(shorter) == _script(tag):
            return shorter
    related = (other for other in on_offer if other.split("-")[0] == parts[0] and _script(other) == _script(tag))
    return next(related, None)


def _script(tag: str) -> str | None:
    match = _TAG.fullmatch(tag)
    language, script, region = match.group("language", "script", "region") if match else (tag, None, None)
    return script or _SCRIPTS.get(f"{language}-{region}") or _SCRIPTS.get(language)
