"""What the writer wrote, the reader gets back: every field of an item, of any catalog, whatever is in its texts."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.deltas import Delta
from ota_dev.catalog.notes import Note, Notes, NotesFormat
from ota_dev.catalog.policy import Critical, Informational, OwnElement, Policy
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.catalog.versions import Version
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.feeds.appcast.item_parts import AppcastDelta, AppcastElement
from ota_dev.feeds.appcast.items import AppcastItem, appcast_app, appcast_items
from ota_dev.feeds.appcast.merging import merge
from ota_dev.feeds.appcast.reading import SPARKLE, Element, Item, read_appcast
from ota_dev.feeds.interface import Links
from ota_dev.feeds.one_per_target import select

Builder = Callable[..., Artifact]

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=20)
MAYBE_TEXT = st.none() | ANY_TEXT
DATES = st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC))
SIZES = st.integers(0, 2**40)
SIGNATURES = st.none() | st.just("A" * 86 + "==") | ANY_TEXT
XML_NAMES = st.from_regex(r"[A-Za-z_][A-Za-z0-9._-]{0,9}", fullmatch=True)
SUFFIXES = st.sampled_from([".dmg", ".zip", ".exe", ".msi", ".AppImage", ".tar.gz", ".deb"])

ANY_POLICY = st.builds(
    Policy,
    title=MAYBE_TEXT,
    channel=MAYBE_TEXT,
    minimum_os=MAYBE_TEXT,
    maximum_os=MAYBE_TEXT,
    hardware_requirements=st.sampled_from([(), ("arm64",)]),
    minimum_update_version=MAYBE_TEXT,
    minimum_autoupdate_version=MAYBE_TEXT,
    ignore_skipped_upgrades_below_version=MAYBE_TEXT,
    critical=st.none() | st.builds(Critical, below_version=MAYBE_TEXT),
    phased_rollout_interval=st.none() | st.integers(1, 10**7).map(lambda seconds: timedelta(seconds=seconds)),
    informational=st.none()
    | st.builds(Informational, versions=st.lists(ANY_TEXT, max_size=3).map(tuple), below_version=MAYBE_TEXT),
    installer_arguments=MAYBE_TEXT,
    link=MAYBE_TEXT,
    full_release_notes_link=MAYBE_TEXT,
    publication_date=st.none() | DATES,
    own_elements=st.lists(
        st.builds(
            OwnElement,
            prefix=XML_NAMES.filter(lambda name: not name.lower().startswith(("xml", "sparkle"))),
            name=XML_NAMES,
            namespace=st.from_regex(r"https://[a-z]{1,9}\.example/[!-~]{0,9}", fullmatch=True),
            text=ANY_TEXT,
        ),
        max_size=3,
    ).map(tuple),
)
ANY_NOTES = st.lists(
    st.builds(
        Note,
        language=st.none() | st.sampled_from(["de", "pt-BR", "zh-Hans-CN"]),
        format=st.sampled_from(NotesFormat),
        text=st.lists(ANY_TEXT, max_size=4).map("\n".join),
    ),
    max_size=4,
).map(Notes.of)
ANY_DELTAS = st.lists(
    st.builds(
        Delta,
        download_name=ANY_TEXT.map(lambda name: f"{name}.delta"),
        from_build=ANY_TEXT.map(Version),
        size=SIZES,
        ed25519_signature=SIGNATURES,
    ),
    max_size=3,
)
ANY_ARTIFACT: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "name": st.builds(str.__add__, ANY_TEXT, SUFFIXES),
        "short_version": ANY_TEXT,
        "build": ANY_TEXT,
        "platform": st.sampled_from(Platform),
        "architecture": st.sampled_from(Architecture),
        "size": SIZES,
        "modified": DATES,
        "minimum_os": MAYBE_TEXT,
        "ed25519_signature": SIGNATURES,
        "policy": ANY_POLICY,
        "notes": ANY_NOTES,
        "deltas": ANY_DELTAS,
    }
)
ANY_APP = st.tuples(ANY_TEXT, st.lists(ANY_ARTIFACT, max_size=4))
ANY_LINKS = st.builds(Links, ANY_TEXT, st.none() | ANY_TEXT.filter(bool))

# These are for templates of users; the shipped one prints none of them.
UNPRINTED = ("download_name", "kind", "md5", "sha1", "sha256", "sha512", "blake2b")


def as_written(item: AppcastItem) -> dict[str, object]:
    printed = {name: getattr(item, name) for name in item.__slots__ if name not in UNPRINTED}
    notes = [(note.language, note.url) if note.url else (note.language, note.format, note.text) for note in item.notes]
    return {**printed, "notes": notes, "deltas": [(delta, item.os) for delta in item.deltas]}


def as_read(item: Item) -> dict[str, object]:
    """Give what an item says under the names that a template has for it, in the types that those have."""
    (enclosure,) = item.enclosures
    for name in (f"{SPARKLE}version", f"{SPARKLE}shortVersionString"):
        assert enclosure.element.get(name) == item.text(name)
    critical, informational = (item.element.first(f"{SPARKLE}{name}Update") for name in ("critical", "informational"))
    return {
        "title": item.text("title"),
        "published": item.text("pubDate"),
        "build": item.text(f"{SPARKLE}version"),
        "short_version": item.text(f"{SPARKLE}shortVersionString"),
        "link": item.text("link"),
        "channel": item.text(f"{SPARKLE}channel"),
        "minimum_system_version": item.text(f"{SPARKLE}minimumSystemVersion"),
        "maximum_system_version": item.text(f"{SPARKLE}maximumSystemVersion"),
        "hardware_requirements": item.text(f"{SPARKLE}hardwareRequirements"),
        "minimum_update_version": item.text(f"{SPARKLE}minimumUpdateVersion"),
        "minimum_autoupdate_version": item.text(f"{SPARKLE}minimumAutoupdateVersion"),
        "ignore_skipped_upgrades_below_version": item.text(f"{SPARKLE}ignoreSkippedUpgradesBelowVersion"),
        "is_critical": critical is not None,
        "critical_below_version": critical.get(f"{SPARKLE}version") if critical else "",
        "phased_rollout_interval": int(item.text(f"{SPARKLE}phasedRolloutInterval") or 0),
        "is_informational": informational is not None,
        "informational_versions": texts(informational, "version"),
        "informational_below_version": "".join(texts(informational, "belowVersion")),
        "notes": notes_in(item),
        "full_release_notes_link": item.text(f"{SPARKLE}fullReleaseNotesLink"),
        "own_elements": own_elements_in(item),
        "installer_arguments": enclosure.element.get(f"{SPARKLE}installerArguments"),
        "url": enclosure.url,
        "size": enclosure.length,
        "media_type": enclosure.element.get("type"),
        "os": enclosure.os,
        "arch": enclosure.arch,
        "ed25519_signature": enclosure.ed25519_signature,
        "deltas": deltas_in(item),
    }


def texts(parent: Element | None, name: str) -> tuple[str, ...]:
    return tuple(child.text for child in parent.all(f"{SPARKLE}{name}")) if parent else ()


def notes_in(item: Item) -> list[tuple[str, ...]]:
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    embedded = [
        (note.get(language), note.get(f"{SPARKLE}format") or "html", note.text)
        for note in item.element.all("description")
    ]
    linked = [(note.get(language), note.text) for note in item.element.all(f"{SPARKLE}releaseNotesLink")]
    return [*embedded, *linked]


def own_elements_in(item: Item) -> tuple[AppcastElement, ...]:
    own = (child for child in item.element.children if child.name.startswith("{https://"))
    return tuple(
        AppcastElement(
            prefix=prefix, namespace=namespace, name=child.name.removeprefix(f"{{{namespace}}}"), text=child.text
        )
        for child in own
        for prefix, namespace in child.declarations.items()
    )


def deltas_in(item: Item) -> list[tuple[AppcastDelta, str]]:
    return [
        (
            AppcastDelta(
                from_build=delta.delta_from,
                url=delta.url,
                size=delta.length or 0,
                media_type=delta.element.get("type"),
                ed25519_signature=delta.ed25519_signature,
            ),
            delta.os,
        )
        for delta in item.deltas
    ]


@given(app=ANY_APP, links=ANY_LINKS)
def test_the_reader_gets_back_every_field_of_any_catalog(
    artifact: Builder, app: tuple[str, list[dict[str, Any]]], links: Links
) -> None:
    name, artifacts = app
    written = App.of("acmenotes", name, (artifact(**fields) for fields in artifacts))
    shown = appcast_app(written)

    appcast = read_appcast(AppcastFeed().render(written, links))

    items = appcast_items(shown, select(written).items, links)
    assert [as_read(item) for item in appcast.items] == [as_written(item) for item in items]
    assert [title.text for channel in appcast.channels for title in channel.all("title")] == [shown.name or "Updates"]


@given(artifacts=st.lists(ANY_ARTIFACT, max_size=4), builds=st.lists(st.integers(0, 3), min_size=4, max_size=4))
def test_any_feed_whose_items_have_versions_merges_into_itself_without_a_change(
    artifact: Builder, artifacts: list[dict[str, Any]], builds: list[int]
) -> None:
    named = [
        artifact(**{**fields, "name": f"{number}{fields['name']}", "build": f"1.{build}"})
        for number, (fields, build) in enumerate(zip(artifacts, builds, strict=False))
    ]
    feed = AppcastFeed().render(App.of("acmenotes", "Acme Notes", named), Links("https://cdn.example/"))

    assert merge(feed, feed).feed == feed
