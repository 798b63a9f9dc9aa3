import base64
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.errors import FeedError
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.feeds.appcast.merging import merge
from ota_dev.feeds.appcast.reading import read_appcast
from ota_dev.feeds.interface import Links

Builder = Callable[..., Artifact]
Outside = Callable[[str], bytes]
Parser = Callable[[bytes], ElementTree.Element]

GOLDEN = Path(__file__).parent / "golden"
LINKS = Links("https://cdn.example/")
SPARKLE_NAMESPACE = "http://www.andymatuschak.org/xml-namespaces/sparkle"
SPARKLE = f"{{{SPARKLE_NAMESPACE}}}"
ACME = "urn:acme"
REFRESHED = {"url", "length", f"{SPARKLE}edSignature"}
OLD_SIGNATURE, NEW_SIGNATURE = (base64.b64encode(bytes([byte] * 64)).decode() for byte in (1, 2))


def generated(*artifacts: Artifact) -> bytes:
    return AppcastFeed().render(App.of("acmenotes", "Acme Notes", artifacts), LINKS)


def feed(*items: str) -> bytes:
    return (
        f'<rss version="2.0" xmlns:sparkle="{SPARKLE_NAMESPACE}">\n  <channel>\n    <title>Acme Notes</title>\n'
        + "".join(f"    {item}\n" for item in items)
        + "  </channel>\n</rss>\n"
    ).encode()


def item(version: str, *, enclosure: str = "sparkle:os='macos'", content: str = "") -> str:
    url = f"https://acme.example/Acme-{version}.zip"
    return f"<item>{content}<enclosure url='{url}' sparkle:version='{version}' {enclosure}/></item>"


def versions(merged: bytes) -> list[str]:
    return [item.version for item in read_appcast(merged).items]


def urls(merged: bytes) -> list[str]:
    return [enclosure.url for item in read_appcast(merged).items for enclosure in item.enclosures]


@pytest.fixture(scope="module")
def folder(artifact: Builder) -> bytes:
    """The feed of a folder with Mac and Windows installers, some of which the feeds from outside know."""
    return generated(
        artifact("Acme Notes 1.4.0.zip", short_version="1.4.0", build="140", minimum_os="11.0"),
        artifact("Acme Notes 1.3.0.zip", short_version="1.3.0", build="130", ed25519_signature=NEW_SIGNATURE),
        artifact("Acme-1.3.0.dmg", short_version="1.3.0", architecture=Architecture.ARM64),
        artifact("Acme-Notes-1.3.0-x64.exe", build="1.3.0.0", architecture=Architecture.X86_64),
        artifact("Acme-Notes-1.3.0-arm64.exe", build="1.3.0.0", architecture=Architecture.ARM64),
        artifact("Acme Notes 1.2.0.zip", short_version="1.2.0", build="120", size=4_001),
    )


@pytest.mark.parametrize("style", ["by_hand", "netsparkle", "sparkle", "winsparkle"])
def test_a_feed_from_outside_merges_into_the_golden_one(style: str, outside: Outside, folder: bytes) -> None:
    golden = (GOLDEN / f"{style}.xml").read_text("utf-8")

    merged = merge(outside(style), folder)

    assert merged.feed.decode() == golden


def test_a_feed_keeps_its_encoding_line_ends_and_byte_order_mark(outside: Outside, folder: bytes) -> None:
    text = outside("by_hand").decode()
    expected = merge(outside("by_hand"), folder).feed.decode()

    for encoding in ("utf-8-sig", "utf-16"):
        merged = merge(text.replace("\n", "\r\n").encode(encoding), folder)

        assert merged.feed == expected.replace("\n", "\r\n").encode(encoding)


@pytest.mark.parametrize(
    ("enclosure", "offered"),
    [
        pytest.param("sparkle:os='macos'", {}, id="the same version and system"),
        pytest.param("", {}, id="no mark, as Sparkle's tool writes it"),
        pytest.param("sparkle:os='macos' sparkle:arch='aarch64'", {"architecture": Architecture.ARM64}, id="spelling"),
        pytest.param("sparkle:os='macos'", {"architecture": Architecture.ARM64}, id="an architecture only here"),
        pytest.param("sparkle:os='macos'", {"name": "Other.dmg"}, id="another name and kind of package"),
        pytest.param("", {"name": "Other.zip"}, id="no mark, another name, the same kind"),
        pytest.param("", {"name": "Acme-1.3.0.zip", "platform": Platform.LINUX}, id="no mark, the same name"),
        pytest.param("sparkle:os='macos'", {"short_version": "1.3"}, id="a version spelt with fewer zeros"),
        pytest.param("sparkle:os='windows'", {"platform": Platform.WINDOWS}, id="windows"),
        pytest.param(
            "sparkle:os='windows-x64'",
            {"platform": Platform.WINDOWS, "architecture": Architecture.X86_64},
            id="windows with and without an architecture in the mark",
        ),
    ],
)
def test_the_same_offer_is_recognised(enclosure: str, offered: dict[str, Any], artifact: Builder) -> None:
    installer = artifact(**{"name": "Acme-1.3.0.zip", **offered})

    merged = merge(feed(item("1.3.0", enclosure=enclosure)), generated(installer)).feed

    assert urls(merged) == [LINKS.download(installer.download_name)]


@pytest.mark.parametrize(
    ("existing", "offered"),
    [
        pytest.param(item("1.3.0"), {"short_version": "1.3.1"}, id="another version"),
        pytest.param(item("1.3.0"), {"short_version": "1.3.0-beta.1"}, id="versions that only compare equal"),
        pytest.param(item("1.3.0"), {"platform": Platform.WINDOWS}, id="another system"),
        pytest.param(
            item("1.3.0", enclosure="sparkle:os='macos' sparkle:arch='arm64'"),
            {"architecture": Architecture.X86_64},
            id="another architecture",
        ),
        pytest.param(
            item("1.3.0", content="<sparkle:hardwareRequirements>arm64</sparkle:hardwareRequirements>"),
            {"architecture": Architecture.X86_64},
            id="another architecture, in the requirements",
        ),
        pytest.param(item("1.3.0", enclosure=""), {"name": "Acme.AppImage"}, id="no mark, and another kind of package"),
        pytest.param(
            "<item><sparkle:version>1.3.0</sparkle:version><link>https://acme.example</link></item>",
            {},
            id="a page instead of a file",
        ),
        pytest.param(item("1.3.0").replace("sparkle:version", "version"), {}, id="no version at all"),
    ],
)
def test_another_offer_stays_beside_the_new_one(existing: str, offered: dict[str, Any], artifact: Builder) -> None:
    installer = artifact(**{"name": "New.zip", **offered})

    merged = merge(feed(existing), generated(installer)).feed

    assert existing.encode() in merged
    assert LINKS.download(installer.download_name) in urls(merged)
    assert len(read_appcast(merged).items) == 2


def test_two_offers_that_one_could_be_are_both_new(artifact: Builder) -> None:
    existing = item("1.3.0", enclosure="sparkle:os='macos'")
    shelf = [artifact(f"{name}.dmg", architecture=name) for name in (Architecture.X86_64, Architecture.ARM64)]

    merged = merge(feed(existing), generated(*shelf)).feed

    assert existing.encode() in merged
    assert len(urls(merged)) == 3


def test_two_items_that_are_mere_pages_are_the_same_offer() -> None:
    page = "<item><sparkle:version>1</sparkle:version><link>https://acme.example/{}</link></item>"

    assert merge(feed(page.format("old")), feed(page.format("new"))).feed == feed(page.format("old"))


def test_a_feed_of_the_users_own_template_may_leave_lengths_out(parse: Parser) -> None:
    merged = merge(feed(item("1", enclosure="length='5'")), feed(item("1", enclosure="sparkle:edSignature='x'"))).feed

    (enclosure,) = parse(merged).iter("enclosure")
    assert (enclosure.get("length"), enclosure.get(f"{SPARKLE}edSignature")) == ("5", "x")


@pytest.mark.parametrize(
    ("existing", "new", "order"),
    [
        (["9", "8"], "10", ["10", "9", "8"]),
        (["10", "8"], "9", ["10", "9", "8"]),
        (["10", "9"], "8", ["10", "9", "8"]),
        ([], "1", ["1"]),
        (["8", "10", "9"], "9.5", ["9.5", "8", "10", "9"]),
        (["9", ""], "8", ["9", "", "8"]),
    ],
    ids=["the newest", "between", "the oldest", "the first", "into a feed in its own order", "beside no version"],
)
def test_a_new_item_stands_before_the_first_that_is_older(
    existing: list[str], new: str, order: list[str], artifact: Builder
) -> None:
    merged = merge(feed(*map(item, existing)), generated(artifact("a.dmg", short_version=new))).feed

    assert versions(merged) == order


@pytest.mark.parametrize("known", [Architecture.X86_64, Architecture.ARM64])
def test_items_of_one_version_stand_as_the_generated_feed_has_them(known: Architecture, artifact: Builder) -> None:
    x86_64, arm64 = (artifact(f"{name}.dmg", architecture=name) for name in (Architecture.X86_64, Architecture.ARM64))
    existing = generated(artifact(f"{known}.dmg", architecture=known))

    merged = merge(existing, generated(x86_64, arm64)).feed

    assert urls(merged) == [LINKS.download("x86_64.dmg"), LINKS.download("arm64.dmg")]


@pytest.mark.parametrize(
    "channel",
    [
        "<channel/>",
        "<channel></channel>",
        "<channel>\n</channel>",
        "<channel><!-- nothing yet --></channel>",
        "<channel><title>Acme</title></channel>",
        "<channel\n a='1' />",
    ],
)
def test_an_empty_channel_is_filled(channel: str, artifact: Builder, parse: Parser) -> None:
    shelf = [artifact("2.dmg", short_version="2"), artifact("1.dmg", short_version="1")]

    merged = merge(f"<rss>{channel}</rss>".encode(), generated(*shelf)).feed

    assert [e.get(f"{SPARKLE}version") for e in parse(merged).findall("channel/item/enclosure")] == ["2", "1"]
    assert channel.rstrip("/>").removesuffix("</channel").encode().rstrip() in merged


def test_a_comment_stays_with_the_item_that_it_stands_over(artifact: Builder) -> None:
    existing = feed("<!-- Newest first. -->\n", "<!-- the first -->", "<!-- and best -->", item("1"))

    merged = merge(existing, generated(artifact("a.dmg", short_version="2"))).feed.decode()

    assert merged.index("Newest first") < merged.index("<sparkle:version>2<") < merged.index("<!-- the first -->")


def test_text_that_ends_like_a_comment_is_none(artifact: Builder, parse: Parser) -> None:
    existing = feed(f"stray -->\n{item('1')}")

    merged = merge(existing, generated(artifact("a.dmg", short_version="2"))).feed

    assert versions(merged) == ["2", "1"]
    assert "stray -->" in "".join(parse(merged).itertext())


@pytest.mark.parametrize(
    ("declaration", "prefix"),
    [
        pytest.param(f"xmlns:s='{SPARKLE_NAMESPACE}'", "s", id="another prefix"),
        pytest.param(
            f"xmlns:sparkle='urn:other' xmlns:s='{SPARKLE_NAMESPACE}'", "s", id="the prefix means something else"
        ),
    ],
)
def test_a_new_item_says_what_its_prefixes_mean(
    declaration: str, prefix: str, artifact: Builder, parse: Parser
) -> None:
    existing = (
        f"<rss {declaration}><channel><item><enclosure url='a.dmg' {prefix}:version='1'/></item></channel></rss>"
    ).encode()

    merged = merge(existing, generated(artifact("b.dmg", short_version="2"))).feed

    assert [e.get(f"{SPARKLE}version") for e in parse(merged).iter("enclosure")] == ["2", "1"]


@pytest.mark.parametrize(
    ("existing", "offered", "expected"),
    [
        pytest.param(
            f"length='1000' sparkle:edSignature='{OLD_SIGNATURE}'",
            {"ed25519_signature": NEW_SIGNATURE},
            {f"{SPARKLE}edSignature": NEW_SIGNATURE, "length": "1000"},
            id="a new signature takes the place of the old one",
        ),
        pytest.param(
            "length='1000'",
            {"ed25519_signature": NEW_SIGNATURE},
            {f"{SPARKLE}edSignature": NEW_SIGNATURE, "length": "1000"},
            id="a first signature is added",
        ),
        pytest.param(
            f"length='1000' sparkle:edSignature='{OLD_SIGNATURE}'",
            {},
            {f"{SPARKLE}edSignature": OLD_SIGNATURE, "length": "1000"},
            id="a pasted signature stays when nothing is signed here",
        ),
        pytest.param(
            f"length='0' sparkle:edSignature='{OLD_SIGNATURE}'",
            {},
            {f"{SPARKLE}edSignature": OLD_SIGNATURE, "length": "1000"},
            id="also beside a length that says nothing",
        ),
        pytest.param(
            f"length='999' sparkle:edSignature='{OLD_SIGNATURE}' sparkle:dsaSignature='a' sparkle:signature='b'",
            {},
            {"length": "1000"},
            id="signatures of a file that had another size are removed",
        ),
        pytest.param(
            "length='999' sparkle:dsaSignature='a'",
            {"ed25519_signature": NEW_SIGNATURE},
            {f"{SPARKLE}edSignature": NEW_SIGNATURE, "length": "1000"},
            id="one of them is made anew",
        ),
        pytest.param("", {}, {"length": "1000"}, id="a missing length is added"),
    ],
)
def test_length_and_signature_are_refreshed(
    existing: str, offered: dict[str, Any], expected: dict[str, str], artifact: Builder, parse: Parser
) -> None:
    kept = {"url": LINKS.download("Acme-1.zip"), f"{SPARKLE}version": "1", f"{SPARKLE}os": "macos"}
    installer = artifact("Acme-1.zip", short_version="1", **offered)

    merged = merge(feed(item("1", enclosure=f"sparkle:os='macos' {existing}")), generated(installer))

    (enclosure,) = parse(merged.feed).iter("enclosure")
    assert enclosure.attrib == {**kept, **expected}
    is_unsigned_now = "edSignature" in existing and f"{SPARKLE}edSignature" not in expected
    assert [notice for notice in merged.notices if "its signature is left out" in notice] == (
        ["1 for macos: its signature is left out, since the file has another size now: sign it again"]
        if is_unsigned_now
        else []
    )


def test_a_feed_that_changes_loses_the_block_that_signs_it_and_the_space_behind(
    outside: Outside, folder: bytes
) -> None:
    merged = merge(outside("sparkle"), folder)

    assert merged.lost_signature
    assert b"sparkle-signatures" not in merged.feed
    assert merged.feed.endswith(b"</rss>\n")


def test_a_feed_that_does_not_change_keeps_every_byte(any_outside: bytes) -> None:
    merged = merge(any_outside, generated())

    assert merged.feed == any_outside
    assert (merged.notices, merged.lost_signature) == ((), False)


@pytest.mark.parametrize(
    ("existing", "sentence"),
    [
        (b"<rss><channel>", "mine.xml, line 1, column 15: the feed ends before its elements are closed"),
        (b"<!-- -->\n<feed/>", "mine.xml, line 2, column 1: this is no appcast: it has no rss element with a channel"),
    ],
)
def test_what_is_no_appcast_is_refused_in_one_sentence(existing: bytes, sentence: str) -> None:
    with pytest.raises(FeedError) as refused:
        merge(existing, generated(), name="mine.xml")

    assert str(refused.value) == sentence


# Properties: whatever was in the feed, whatever is in the folder.

BY_HAND = [
    ("<enclosure", "<description xml:lang='de'><![CDATA[Größer & <b>schneller</b>]]></description><enclosure"),
    ("<enclosure", f"<acme:ticket xmlns:acme='{ACME}' priority='3'>4711<acme:b/></acme:ticket><enclosure"),
    ("<enclosure", "<!-- by hand --><sparkle:channel>beta</sparkle:channel><enclosure"),
    ("type=", "sparkle:installerArguments='/S' sparkle:type="),
    ("</title>", " &amp; more</title>"),
    ('        sparkle:os="macos"\n', ""),
    ("<pubDate>", "<pubDate> "),
]
ANY_EDITS = st.lists(st.sampled_from(BY_HAND), max_size=4, unique=True)
ANY_INSTALLER: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["a.dmg", "a.zip", "b.zip", "a.exe", "a.AppImage"]),
        "short_version": st.sampled_from(["1.0", "1.1", "1.1.0", "2.0-beta", "2.0"]),
        "platform": st.sampled_from([Platform.MACOS, Platform.WINDOWS, Platform.LINUX]),
        "architecture": st.sampled_from([Architecture.UNIVERSAL, Architecture.X86_64, Architecture.ARM64]),
        "size": st.sampled_from([1, 2]),
        "ed25519_signature": st.sampled_from([None, OLD_SIGNATURE]),
    }
)
ANY_FOLDER = st.lists(ANY_INSTALLER, max_size=6)


def edited_by_hand(written: bytes, edits: Sequence[Sequence[tuple[str, str]]]) -> bytes:
    head, *items = written.decode().split("<item>")
    for number, changes in enumerate(edits[: len(items)]):
        for old, new in changes:
            items[number] = items[number].replace(old, new, 1)
    return "<item>".join([head, *items]).encode()


View = tuple[object, ...]


def view(element: ElementTree.Element) -> View:
    """Give all of an element but what a merge may refresh, as a parser that is not ours sees it."""
    attributes = {k: v for k, v in element.attrib.items() if element.tag != "enclosure" or k not in REFRESHED}
    return element.tag, tuple(sorted(attributes.items())), (element.text or "").strip(), tuple(map(view, element))


def views(merged: bytes, tag: object) -> list[View]:
    parser = ElementTree.XMLParser(target=ElementTree.TreeBuilder(insert_comments=True))  # noqa: S314  # ours
    return [view(element) for element in ElementTree.fromstring(merged, parser).iter() if element.tag == tag]  # noqa: S314


def is_subsequence(part: Sequence[View], whole: Sequence[View]) -> bool:
    rest: Iterator[View] = iter(whole)
    return all(element in rest for element in part)


@given(before=ANY_FOLDER, edits=st.lists(ANY_EDITS, max_size=6), now=ANY_FOLDER)
def test_no_item_and_no_edit_by_hand_is_lost(
    artifact: Builder, before: list[dict[str, Any]], edits: list[list[tuple[str, str]]], now: list[dict[str, Any]]
) -> None:
    existing = edited_by_hand(generated(*(artifact(**fields) for fields in before)), edits)
    current = generated(*(artifact(**fields) for fields in now))

    merged = merge(existing, current).feed

    assert is_subsequence(views(existing, "item"), views(merged, "item"))
    assert is_subsequence(views(existing, ElementTree.Comment), views(merged, ElementTree.Comment))
    assert set(urls(current)) <= set(urls(merged))
    assert merge(merged, current).feed == merged


@given(now=ANY_FOLDER)
def test_nothing_that_others_wrote_is_lost(artifact: Builder, any_outside: bytes, now: list[dict[str, Any]]) -> None:
    current = generated(*(artifact(**fields) for fields in now))

    merged = merge(any_outside, current).feed

    assert is_subsequence(views(any_outside, "item"), views(merged, "item"))
    comments = [view for view in views(any_outside, ElementTree.Comment) if "sparkle-signatures" not in str(view)]
    assert is_subsequence(comments, views(merged, ElementTree.Comment))
    assert set(urls(current)) <= set(urls(merged))
    assert merge(merged, current).feed == merged


@given(
    before=ANY_FOLDER,
    edits=st.lists(ANY_EDITS, max_size=6),
    now=ANY_FOLDER,
    maximum=st.sampled_from([None, -1, 0, 1, 2]),
)
def test_merging_again_changes_nothing_and_tells_nothing_new(
    artifact: Builder,
    before: list[dict[str, Any]],
    edits: list[list[tuple[str, str]]],
    now: list[dict[str, Any]],
    maximum: int | None,
) -> None:
    existing = edited_by_hand(generated(*(artifact(**fields) for fields in before)), edits)
    current = generated(*(artifact(**fields) for fields in now))

    once = merge(existing, current, maximum_versions=maximum)
    twice = merge(once.feed, current, maximum_versions=maximum)

    assert twice.feed == once.feed
    assert not any("signature" in notice for notice in twice.notices)


@given(data=st.data(), junk=st.binary(max_size=12))
def test_a_damaged_feed_is_merged_or_refused(
    any_outside: bytes, folder: bytes, data: st.DataObject, junk: bytes
) -> None:
    place = data.draw(st.integers(0, len(any_outside)))
    damaged = any_outside[:place] + junk + any_outside[place + data.draw(st.integers(0, 12)) :]

    try:
        merged = merge(damaged, folder).feed
    except FeedError:
        return

    assert len(read_appcast(merged).items) >= len(read_appcast(damaged).items)
    assert merge(merged, folder).feed == merged
