import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.server.messages import Span
from ota_dev.server.ranges import MOST_RANGES, parse_ranges

SIZE = 1000


@pytest.mark.parametrize(
    ("header", "spans"),
    [
        pytest.param("bytes=0-99", [(0, 100)], id="a first and a last byte"),
        pytest.param("bytes=500-", [(500, 500)], id="an open end"),
        pytest.param("bytes=-100", [(900, 100)], id="a suffix"),
        pytest.param("bytes=-5000", [(0, 1000)], id="a suffix longer than the file is the whole file"),
        pytest.param("bytes=900-5000", [(900, 100)], id="a last byte beyond the end"),
        pytest.param("bytes=0-0", [(0, 1)], id="one byte"),
        pytest.param("bytes=500-599,0-99", [(500, 100), (0, 100)], id="parts in the order asked"),
        pytest.param("bytes=0-99,50-149", [(0, 100), (50, 100)], id="overlapping parts unmerged"),
        pytest.param("bytes=0-99,100-199", [(0, 100), (100, 100)], id="adjacent parts unmerged"),
        pytest.param("bytes= 0-1 ,\t, 5-6,", [(0, 2), (5, 2)], id="white space and empty elements"),
        pytest.param("BYTES=0-1", [(0, 2)], id="the unit in any case"),
        pytest.param("bytes=0-1,5000-", [(0, 2)], id="a part beyond the end is left out"),
        pytest.param("bytes=00000000000000000000001-0002", [(1, 2)], id="leading zeros"),
        pytest.param("bytes=0-" + "9" * 5000, [(0, 1000)], id="a position of thousands of digits"),
    ],
)
def test_parts_within_the_file_are_given(header: str, spans: list[tuple[int, int]]) -> None:
    assert parse_ranges(header, SIZE) == tuple(Span(*span) for span in spans)


@pytest.mark.parametrize(
    "header",
    [
        pytest.param("items=0-1", id="another unit"),
        pytest.param("bytes 0-1", id="no equals sign"),
        pytest.param("bytes=", id="no part"),
        pytest.param("bytes=,", id="only empty parts"),
        pytest.param("bytes=-", id="no position"),
        pytest.param("bytes=5-4", id="the last before the first"),
        pytest.param("bytes=0-1,x", id="one malformed part"),
        pytest.param("bytes=0-1,5-4", id="one reversed part"),
        pytest.param("bytes=0 - 1", id="white space within"),
        pytest.param("bytes=+0-1", id="a sign"),
        pytest.param("bytes=0x0-1", id="hexadecimal"),
        pytest.param("bytes=0-1-2", id="three positions"),
        pytest.param("bytes=٠-١", id="digits of another script"),
        pytest.param("bytes=" + "0-0," * (MOST_RANGES + 1), id="too many parts"),
        pytest.param("bytes=0-,0-,0-", id="parts much longer than the file together"),
    ],
)
def test_a_header_that_is_not_understood_or_abusive_means_the_whole_file(header: str) -> None:
    assert parse_ranges(header, SIZE) is None


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=5000-6000", "bytes=-0", "bytes=1000-1001,-0"])
def test_only_parts_beyond_the_end_are_unsatisfiable(header: str) -> None:
    assert parse_ranges(header, SIZE) == ()


def test_no_byte_of_an_empty_file_can_be_given_but_its_last_ones_are_the_whole_file() -> None:
    assert parse_ranges("bytes=0-", 0) == ()
    assert parse_ranges("bytes=-5", 0) is None


def test_more_than_a_thousand_parts_are_given() -> None:
    header = "bytes=" + ",".join(f"{first * 10}-{first * 10 + 4}" for first in range(1500))

    assert len(parse_ranges(header, 15_000) or ()) == 1500


@given(st.text(max_size=60), st.integers(0, 2**40))
def test_no_header_raises_or_reaches_beyond_the_file(text: str, size: int) -> None:
    for header in (text, f"bytes={text}"):
        for span in parse_ranges(header, size) or ():
            assert 0 <= span.first < span.first + span.length <= size


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(1, 50)), min_size=1, max_size=5), st.integers(200, 500))
def test_what_is_written_is_read_again(parts: list[tuple[int, int]], size: int) -> None:
    header = "bytes=" + ", ".join(f"{first}-{first + length - 1}" for first, length in parts)

    assert parse_ranges(header, size) == tuple(Span(*part) for part in parts)
