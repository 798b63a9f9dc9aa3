import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.errors import FeedError
from ota_dev.feeds.appcast.reading import Source
from ota_dev.feeds.appcast.reading import source as source_module

NAME = "appcast.xml"


def declared(encoding: str) -> str:
    return f"<?xml version='1.0' encoding='{encoding}'?>"


@pytest.mark.parametrize(
    "feed",
    [
        pytest.param("<a>é</a>".encode(), id="nothing is said: UTF-8"),
        pytest.param(f"{declared('UTF-8')}<a>é</a>".encode(), id="UTF-8 is declared"),
        pytest.param(codecs.BOM_UTF8 + "<a>é</a>".encode(), id="UTF-8 with a byte order mark"),
        pytest.param(
            codecs.BOM_UTF8 + f"{declared('latin1')}<a>é</a>".encode(), id="the mark outweighs what is declared"
        ),
        pytest.param(f"{declared('utf-16')}<a>é</a>".encode("utf-16"), id="UTF-16 with a byte order mark"),
        pytest.param("<a>é</a>".encode("utf-16-le"), id="UTF-16 without one, little end first"),
        pytest.param("<a>é</a>".encode("utf-16-be"), id="UTF-16 without one, big end first"),
        pytest.param(f"{declared('ISO-8859-1')}<a>é</a>".encode("latin-1"), id="Latin-1"),
        pytest.param(f"{declared('windows-1252')}<a>é</a>".encode("cp1252"), id="the Windows code page"),
        pytest.param(f"{declared('GB18030')}<a>é</a>".encode("gb18030"), id="a Chinese encoding"),
    ],
)
def test_every_encoding_that_clients_read_is_decoded_and_written_back_byte_for_byte(feed: bytes) -> None:
    source = Source.decode(feed, NAME)

    assert source.markup.decode().endswith("<a>é</a>")
    assert source.encode(source.markup) == feed


@pytest.mark.parametrize(
    ("feed", "sentence"),
    [
        pytest.param(b"", "the feed is empty", id="no bytes"),
        pytest.param(b" \r\n ", "the feed is empty", id="only white space"),
        pytest.param(b"<a>\n\xff</a>", "line 2, column 1: these bytes are not utf-8", id="Latin-1 that says nothing"),
        pytest.param(f"{declared('utf-7')}<a/>".encode(), "not written in utf-7", id="an encoding of no client"),
        pytest.param(f"{declared('punycode')}<a/>".encode(), "not written in punycode", id="a codec of Python's alone"),
        pytest.param(f"{declared('UTF-16')}<a/>".encode(), "not written in utf-16", id="UTF-16 in single bytes"),
        pytest.param(
            f"{declared('us-ascii')}\né".encode(), "line 2, column 1: these bytes are not us-ascii", id="ASCII"
        ),
        pytest.param(
            f"{declared('big5')}<a>".encode() + b"\xa2\xcc</a>",
            "not every character of the feed survives",
            id="Big5 twins",
        ),
    ],
)
def test_a_feed_in_no_usable_encoding_is_refused_in_one_sentence(feed: bytes, sentence: str) -> None:
    with pytest.raises(FeedError) as refused:
        Source.decode(feed, NAME)

    assert sentence in str(refused.value)
    assert str(refused.value).startswith(NAME)


def test_a_feed_beyond_the_largest_size_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_module, "MAX_SIZE", 2 * 1024**2)

    with pytest.raises(FeedError, match="larger than 2 MiB"):
        Source.decode(b"<" * (2 * 1024**2 + 1), NAME)


def test_a_character_that_the_feeds_encoding_does_not_have_is_named() -> None:
    source = Source.decode(f"{declared('iso-8859-1')}<a/>".encode(), NAME)

    with pytest.raises(FeedError, match=r"'漢' cannot be written in iso-8859-1, .* save the feed in UTF-8"):
        source.encode("<a>漢</a>".encode())


@pytest.mark.parametrize(
    ("before", "place"),
    [
        ("", "line 1, column 1"),
        ("abc", "line 1, column 4"),
        ("é漢", "line 1, column 3"),
        ("a\nb\n", "line 3, column 1"),
        ("a\r\nb", "line 2, column 2"),
        ("a\rb", "line 2, column 2"),
    ],
)
def test_a_place_is_given_as_an_editor_shows_it(before: str, place: str) -> None:
    source = Source.decode(f"{before}x".encode(), NAME)

    assert str(source.place(len(before.encode()))) == place


@given(feed=st.binary())
def test_whatever_can_be_decoded_is_written_back_byte_for_byte(feed: bytes) -> None:
    try:
        source = Source.decode(feed, NAME)
    except FeedError:
        return

    assert source.encode(source.markup) == feed
