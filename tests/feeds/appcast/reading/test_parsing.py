import time
from collections.abc import Callable, Iterator
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ota_dev.errors import FeedError
from ota_dev.feeds.appcast.reading import SPARKLE_NAMESPACE, Appcast, Element, parsing, read_appcast

Parser = Callable[[bytes], ElementTree.Element]

QUICKLY = 10.0  # seconds, generously; each hostile feed takes less than one
DOCTYPE = "a document type (<!DOCTYPE) has no place in an appcast"


def read_or_refused(feed: bytes) -> Appcast | str:
    try:
        return read_appcast(feed)
    except FeedError as error:
        return str(error)


def everything_in(element: Element) -> Iterator[Element]:
    yield element
    for child in element.children:
        yield from everything_in(child)


def test_names_values_and_texts_are_those_of_a_parser_that_is_not_ours(any_outside: bytes, parse: Parser) -> None:
    ours, theirs = everything_in(read_appcast(any_outside).root), parse(any_outside).iter()

    for element, other in zip(ours, theirs, strict=True):
        assert element.name == other.tag
        assert {attribute.name: attribute.value for attribute in element.attributes} == other.attrib
        assert element.text == (other.text or "") + "".join(child.tail or "" for child in other)


def test_every_element_and_attribute_knows_where_it_stands(any_outside: bytes) -> None:
    appcast = read_appcast(any_outside)
    markup = appcast.source.markup

    for element in everything_in(appcast.root):
        local = element.name.rpartition("}")[2].encode()
        assert markup[element.start : element.content_start].startswith(b"<")
        assert local in markup[element.start : element.content_start].split()[0]
        assert markup[: element.end].endswith(b"/>" if element.is_empty_tag else local + b">")
        for attribute in element.attributes:
            assert markup[attribute.value_start - 1] == markup[attribute.value_end] in b"\"'"
            assert markup[attribute.start : attribute.start + 1].isspace()


@pytest.mark.parametrize(
    ("tag", "values"),
    [
        pytest.param("<a b='1' c = \"2\"/>", ["1", "2"], id="both kinds of quotes, and space around ="),
        pytest.param("<a b='1>2' c='/>'/>", ["1>2", "/>"], id="what looks like the end of the tag"),
        pytest.param("<a\r\n\tb='x'\r\n/>", ["x"], id="an attribute on a line of its own"),
        pytest.param("<a b='&lt;&amp;&#x27;'/>", ["<&'"], id="references"),
        pytest.param("<a xmlns:s='urn:s' b='1' xmlns='urn:d' s:b='2'></a>", ["1", "2"], id="declarations between"),
        pytest.param("<é ü='1'/>", ["1"], id="names beyond ASCII"),
    ],
)
def test_an_attribute_is_found_however_it_is_written(tag: str, values: list[str]) -> None:
    root = read_appcast(tag.encode()).root

    assert [attribute.value for attribute in root.attributes] == values


@pytest.mark.parametrize("prefix", ["sparkle", "s", "x-y.z"])
def test_the_prefix_of_a_namespace_is_free(prefix: str) -> None:
    feed = f'<{prefix}:a xmlns:{prefix}="{SPARKLE_NAMESPACE}" {prefix}:b="1"/>'

    root = read_appcast(feed.encode()).root

    assert root.name == f"{{{SPARKLE_NAMESPACE}}}a"
    assert root.get(f"{{{SPARKLE_NAMESPACE}}}b") == "1"


@pytest.mark.parametrize(
    ("feed", "sentence"),
    [
        pytest.param(
            "<a>\n <b></a>", "line 2, column 7: this end tag does not close the element that is open", id="mismatch"
        ),
        pytest.param(
            "<a>1 & 2</a>", "line 1, column 7: a character is not allowed here; an & alone is written &amp;", id="&"
        ),
        pytest.param(
            "\n<?xml version='1.0'?><a/>", "line 2, column 1: nothing may stand before <?xml", id="line before"
        ),
        pytest.param(
            "<a><s:b/></a>", "line 1, column 4: a prefix is used here that no xmlns attribute declares", id="prefix"
        ),
        pytest.param("<a>", "line 1, column 4: the feed ends before its elements are closed", id="cut between tags"),
        pytest.param("<a><b", "the feed ends in the middle of a tag, a comment or CDATA", id="cut in a tag"),
        pytest.param("<a><![CDATA[x", "the feed ends in the middle of CDATA", id="cut in CDATA"),
        pytest.param("<a>&nbsp;</a>", "line 1, column 4: XML has no such entity", id="an entity of HTML's"),
        pytest.param("<a b='1' b='2'/>", "duplicate attribute", id="an attribute twice"),
        pytest.param("<a/><b/>", "junk after document element", id="two roots"),
        pytest.param("no feed", "line 1, column 1: ", id="no XML"),
        pytest.param("<a>\x00</a>", "line 1, column 4: ", id="a NUL"),
    ],
)
def test_what_is_not_well_formed_is_told_in_one_sentence_with_its_place(feed: str, sentence: str) -> None:
    with pytest.raises(FeedError) as refused:
        read_appcast(feed.encode(), "dist/appcast.xml")

    assert str(refused.value).startswith("dist/appcast.xml, line ")
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))

HOSTILE = {
    "a bomb of entities": (f"<!DOCTYPE a [<!ENTITY l0 'ha'>{LAUGHS}]><a>&l9;</a>", DOCTYPE),
    "an external entity": ("<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/hosts'>]><a>&e;</a>", DOCTYPE),
    "an external document type": ("<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/a.dtd'><a/>", DOCTYPE),
    "a harmless document type": ("<!DOCTYPE rss><rss/>", DOCTYPE),
    "deep nesting": ("<a>" * 1_000_000, "elements are nested more than 100 deep"),
    "very many elements": ("<a>" + "<b/>" * 400_000 + "</a>", "more than 300000 elements"),
    "very many items": ("<rss><channel>" + "<item/>" * 20_001 + "</channel></rss>", "more than 20000 items"),
    "very many attributes": ("<a" + "".join(f" b{n}=''" for n in range(300_000)) + "/>", "more than 200 attributes"),
    "very many namespaces": (
        "<a" + "".join(f" xmlns:b{n}='u'" for n in range(100_000)) + "/>",
        "more than 200 attributes",
    ),
    "a huge attribute that never ends": ("<a b='" + "x" * 20_000_000, "the feed ends in the middle of a tag"),
    "a huge name": ("<" + "a" * 20_000_000, "the feed ends in the middle of a tag"),
    "a huge comment that never ends": ("<a><!--" + "x" * 20_000_000, "the feed ends in the middle of a tag"),
    "very many references": ("<a>" + "&#65;" * 2_000_000 + "</b>", "this end tag does not close"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_xml_ends_quickly_in_one_sentence(name: str) -> None:
    feed, sentence = HOSTILE[name]
    start = time.perf_counter()

    with pytest.raises(FeedError) as refused:
        read_appcast(feed.encode())

    assert sentence in str(refused.value)
    assert len(str(refused.value)) < 200
    assert time.perf_counter() - start < QUICKLY


def test_a_huge_attribute_is_read() -> None:
    value = "x" * 10_000_000

    assert read_appcast(f"<a b='{value}'/>".encode()).root.get("b") == value


def test_elements_may_be_nested_to_the_bound() -> None:
    feed = "<a>" * parsing.MAX_DEPTH + "</a>" * parsing.MAX_DEPTH

    assert len(list(everything_in(read_appcast(feed.encode()).root))) == parsing.MAX_DEPTH


def test_a_feed_cut_anywhere_ends_in_one_sentence(any_outside: bytes) -> None:
    end_of_root = any_outside.rindex(b"</rss>") + len(b"</rss>")

    for length in range(end_of_root):
        with pytest.raises(FeedError) as refused:
            read_appcast(any_outside[:length])
        assert "\n" not in str(refused.value)


@given(data=st.data(), junk=st.binary(max_size=20))
def test_a_damaged_feed_is_read_or_refused_in_one_sentence(
    any_outside: bytes, data: st.DataObject, junk: bytes
) -> None:
    place = data.draw(st.integers(0, len(any_outside)))
    damaged = any_outside[:place] + junk + any_outside[place + len(junk) :]

    read = read_or_refused(damaged)

    assert "\n" not in read if isinstance(read, str) else read.source.encode(read.source.markup) == damaged


@given(feed=st.binary(max_size=300))
@example(b"<a>\xed\xa0\x80</a>")
@example(b"<a/>\xff")
@example(b"\xff\xfe<")
def test_any_bytes_are_read_or_refused_in_one_sentence(feed: bytes) -> None:
    read = read_or_refused(feed)

    assert isinstance(read, Appcast) or "\n" not in read
