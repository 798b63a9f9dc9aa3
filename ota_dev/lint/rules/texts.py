"""Rules about dates, release notes and names that nobody knows. Pure."""

from collections.abc import Iterator
from difflib import get_close_matches

from ota_dev.feeds.appcast.reading import SPARKLE
from ota_dev.lint.examples import FILE, Example, sample
from ota_dev.lint.findings import EVERY_CLIENT, AppcastRule, Occurrence, Severity, at
from ota_dev.lint.linted import LintedFeed
from ota_dev.simulated_client.rules import quoted
from ota_dev.simulated_client.sparkle import texts

__all__ = ["TEXT_RULES"]

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_FORMATS = ("html", "plain-text", "markdown")
_LINKS = ("link", f"{SPARKLE}releaseNotesLink", f"{SPARKLE}fullReleaseNotesLink")
_LOCALISED = ("description", f"{SPARKLE}releaseNotesLink")
_ELEMENTS = frozenset(
    (
        *("version", "shortVersionString", "releaseNotesLink", "fullReleaseNotesLink", "minimumSystemVersion"),
        *("maximumSystemVersion", "minimumUpdateVersion", "hardwareRequirements", "minimumAutoupdateVersion"),
        *("ignoreSkippedUpgradesBelowVersion", "criticalUpdate", "tags", "informationalUpdate", "enclosure"),
        *("phasedRolloutInterval", "channel", "bundleIdentifier", "deltas"),
    )
)
_SIGNATURES = frozenset(("edSignature", "dsaSignature", "signature"))
_ATTRIBUTES = frozenset(
    (
        *("version", "shortVersionString", "os", "arch", "installationType", "installerArguments", "deltaFrom"),
        *("deltaFromSparkleExecutableSize", "deltaFromSparkleLocales", "criticalUpdate", "type", "length"),
        *_SIGNATURES,
    )
)
_ONLY_ELEMENTS = _ELEMENTS - _ATTRIBUTES
_ONLY_ATTRIBUTES = _ATTRIBUTES - _ELEMENTS - _SIGNATURES
_NEEDS_PREFIX = _ATTRIBUTES - {"type", "length"}


def _unreadable_date(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        for date in item.children.get("pubDate", [])[:1]:
            if texts.date(date.text.strip()) is None:
                yield at(date, f"{quoted(date.text.strip())} is no date")


def _odd_link(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        for link in (link for name in _LINKS for link in item.children.get(name, ())):
            address = link.text.strip()
            if not address or not feed.received.is_downloadable(address):
                yield at(link, f"{quoted(address)} is not http or https")


def _format(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        for notes in item.children.get("description", ()):
            said = notes.attribute(f"{SPARKLE}format")
            if said and said.value not in _FORMATS:
                yield at(said, f"{quoted(said.value)} is none of {', '.join(_FORMATS)}")


def _description_format(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        for notes in item.children.get("description", ()):
            if said := notes.attribute(f"{SPARKLE}descriptionFormat"):
                yield at(said, "the attribute is called sparkle:descriptionFormat")


def _same_language(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        for name in _LOCALISED:
            seen: set[str] = set()
            for notes in item.children.get(name, ()):
                language = notes.get(_LANGUAGE) or "en"
                if language in seen:
                    yield at(notes, f"notes in {quoted(language)} are there already")
                seen.add(language)


def _unknown_element(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        for child in item.element.children:
            name = _local(child.name)
            if name and name not in _ELEMENTS and name not in _ATTRIBUTES:
                yield at(child, _unknown(name, _ELEMENTS))


def _unknown_attribute(feed: LintedFeed) -> Iterator[Occurrence]:
    for file in (file for item in feed.items for file in item.files):
        for attribute in file.element.attributes:
            name = _local(attribute.name)
            if name and name not in _ATTRIBUTES and name not in _ELEMENTS:
                yield at(attribute, _unknown(name, _ATTRIBUTES))


def _element_as_attribute(feed: LintedFeed) -> Iterator[Occurrence]:
    for file in (file for item in feed.items for file in item.enclosures):
        for attribute in file.element.attributes:
            if _local(attribute.name) in _ONLY_ELEMENTS:
                yield at(attribute, f"sparkle:{_local(attribute.name)} is an attribute of the enclosure")


def _attribute_as_element(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        for child in item.element.children:
            if _local(child.name) in _ONLY_ATTRIBUTES:
                yield at(child, f"sparkle:{_local(child.name)} is an element of the item")


def _without_prefix(feed: LintedFeed) -> Iterator[Occurrence]:
    for item in feed.items:
        for child in item.element.children:
            if child.name != "enclosure" and child.name in _ELEMENTS | _SIGNATURES:
                yield at(child, f"{child.name} has no prefix")
        for attribute in (attribute for file in item.enclosures for attribute in file.element.attributes):
            if attribute.name in _NEEDS_PREFIX:
                yield at(attribute, f"{attribute.name} has no prefix")


def _local(name: str) -> str:
    """Give a name of Sparkle's namespace without it; an empty text for any other."""
    return name.removeprefix(SPARKLE) if name.startswith(SPARKLE) else ""


def _unknown(name: str, known: frozenset[str]) -> str:
    close = get_close_matches(name[:60], sorted(known), n=1)
    return f"no client knows sparkle:{quoted(name)}{f', but sparkle:{close[0]}' if close else ''}"


_SPARKLE, _WINSPARKLE, _NETSPARKLE, _GENERIC = EVERY_CLIENT
_DATE = "<pubDate>{}</pubDate>".format
_NOTES = "<description{}>Faster</description>".format
_MINIMUM = "<sparkle:minimumSystemVersion>14.0</sparkle:minimumSystemVersion>"

TEXT_RULES = (
    AppcastRule(
        code="date-unreadable",
        severity=Severity.WARNING,
        title="A pubDate cannot be read",
        clients=(_SPARKLE, _NETSPARKLE),
        consequence="Sparkle shows no date and offers a phased rollout to everyone at once",
        correction="Write it in English, as in Tue, 03 Mar 2026 10:00:00 +0100",
        example=Example(sample(_DATE("2026-03-03T10:00:00Z")), sample(_DATE("Tue, 03 Mar 2026 10:00:00 +0000"))),
        check=_unreadable_date,
    ),
    AppcastRule(
        code="link-not-http",
        severity=Severity.WARNING,
        title="A link to a page or to notes is not http or https",
        clients=(_SPARKLE, _WINSPARKLE, _NETSPARKLE),
        consequence="Sparkle drops it; the others show nothing in its place",
        correction="Write an address that begins with https://, or leave the element out",
        example=Example(
            sample("<sparkle:releaseNotesLink>file:///notes/1.3.0.html</sparkle:releaseNotesLink>"),
            sample("<sparkle:releaseNotesLink>https://acme.example/1.3.0.html</sparkle:releaseNotesLink>"),
        ),
        check=_odd_link,
    ),
    AppcastRule(
        code="notes-format-unknown",
        severity=Severity.WARNING,
        title="The format of notes is not known",
        clients=(_SPARKLE,),
        consequence="Sparkle shows them as HTML",
        correction="Write html, plain-text or markdown",
        example=Example(sample(_NOTES(' sparkle:format="md"')), sample(_NOTES(' sparkle:format="markdown"'))),
        check=_format,
    ),
    AppcastRule(
        code="notes-format-name",
        severity=Severity.WARNING,
        title="The format of notes is said by an attribute that is not read",
        clients=(_SPARKLE,),
        consequence="Sparkle shows the notes as HTML",
        correction="Write sparkle:format",
        example=Example(
            sample(_NOTES(' sparkle:descriptionFormat="markdown"')), sample(_NOTES(' sparkle:format="markdown"'))
        ),
        check=_description_format,
    ),
    AppcastRule(
        code="notes-language-twice",
        severity=Severity.WARNING,
        title="An item has notes twice in one language",
        clients=(_SPARKLE,),
        consequence="Sparkle shows one of them; without xml:lang notes are in English",
        correction="Write xml:lang on each, or leave one out",
        example=Example(sample(_NOTES(""), _NOTES(' xml:lang="en"')), sample(_NOTES(""), _NOTES(' xml:lang="de"'))),
        check=_same_language,
    ),
    AppcastRule(
        code="element-unknown",
        severity=Severity.WARNING,
        title="An element of Sparkle's namespace is not known",
        clients=EVERY_CLIENT,
        consequence="Clients ignore it, and with it the condition that it was meant to be",
        correction="Correct its name, upper and lower case too; give elements of your own a namespace of their own",
        example=Example(sample(_MINIMUM.replace("Version", "Versoin")), sample(_MINIMUM)),
        check=_unknown_element,
    ),
    AppcastRule(
        code="attribute-unknown",
        severity=Severity.WARNING,
        title="An attribute of Sparkle's namespace is not known",
        clients=EVERY_CLIENT,
        consequence="Clients ignore it; to them a misspelt sparkle:edSignature is no signature",
        correction="Correct its name, upper and lower case too",
        example=Example(sample(attributes='sparkle:edSignatur="AAECAw=="'), sample()),
        check=_unknown_attribute,
    ),
    AppcastRule(
        code="element-as-attribute",
        severity=Severity.ERROR,
        title="What must be an element is an attribute of the enclosure",
        clients=EVERY_CLIENT,
        consequence="No client reads it there: the item is offered to everyone",
        correction="Write it as an element of the item",
        example=Example(sample(attributes='sparkle:minimumSystemVersion="14.0"'), sample(_MINIMUM)),
        check=_element_as_attribute,
    ),
    AppcastRule(
        code="attribute-as-element",
        severity=Severity.ERROR,
        title="What must be an attribute of the enclosure is an element",
        clients=EVERY_CLIENT,
        consequence="No client reads it there: a file for one system is offered on all",
        correction="Write it as an attribute of the enclosure",
        example=Example(sample("<sparkle:os>macos</sparkle:os>", os=""), sample()),
        check=_attribute_as_element,
    ),
    AppcastRule(
        code="prefix-missing",
        severity=Severity.ERROR,
        title="A name of Sparkle's has no prefix",
        clients=EVERY_CLIENT,
        consequence="To clients it is another name, which they ignore",
        correction="Write the prefix that is declared for Sparkle's namespace, as in sparkle:edSignature",
        example=Example(
            sample().replace(f'<enclosure url="{FILE}"', f'<enclosure url="{FILE}" edSignature="AAECAw=="'), sample()
        ),
        check=_without_prefix,
    ),
)
