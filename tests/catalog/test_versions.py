"""Versions, compared as Sparkle compares them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.catalog.versions import Version, compare

OLDER = {
    "a smaller number": ("1.2.0", "1.10.0"),
    "a missing part counts as zero": ("1.2", "1.2.1"),
    "a letter after the number": ("1.0b1", "1.0"),
    "letters, padded to the other's pattern first": ("1.0b1", "1.0.1b5"),
    "letters by character": ("1.0b2", "1.0c1"),
    "upper case before lower case": ("1.0B1", "1.0a1"),
    "a v in front": ("v1.0", "1.0"),
    "a symbol such as a plus": ("1.0+5", "1.0"),
    "a tilde": ("1.0~rc1", "1.0"),
    "nothing against a number": ("", "1"),
    "a letter against nothing": ("b", ""),
    "a separator against a number": (".1", "1"),
    "a leading dash": ("-1", "1"),
    "words after a space are newer than none": ("1.0", "1.0 beta"),
    "zero in front does not count": ("1.09", "1.010"),
}

EQUAL = {
    "trailing zeros": ("1.0", "1.0.0"),
    "pre-releases of one version": ("1.0-beta.1", "1.0-beta.2"),
    "a pre-release and its final": ("1.0-beta.1", "1.0"),
    "a dash and what follows it": ("1.0-", "1.0"),
    "all separators": ("1 0", "1_0"),
    "numbers past 64 bits": ("9223372036854775808", "9223372036854775809"),
    "numbers of thousands of digits": ("9" * 5000, "8" * 6000),
    "Unicode digits": ("١.٢", "1.2"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("older", "newer"), OLDER.values(), ids=OLDER)
def test_is_older(older: str, newer: str) -> None:
    assert compare(Version(older), Version(newer)) == -1
    assert compare(Version(newer), Version(older)) == 1


@pytest.mark.parametrize(("one", "other"), EQUAL.values(), ids=EQUAL)
def test_is_equal(one: str, other: str) -> None:
    assert compare(Version(one), Version(other)) == 0
    assert compare(Version(other), Version(one)) == 0


def test_a_client_is_offered_only_what_is_newer() -> None:
    assert Version("1.3").is_newer_than(Version("1.2.9"))
    assert not Version("1.3.0").is_newer_than(Version("1.3"))


@pytest.mark.parametrize("spelling", ["1.3", "1.3.0", "1.3.0.0", "01.3"])
def test_numeric_versions_have_one_canonical_spelling(spelling: str) -> None:
    assert Version(spelling).canonical == "1.3"


def test_a_pre_release_keeps_its_own_canonical_spelling() -> None:
    assert Version("1.3.0-beta.1").canonical == "1.3.0-beta.1"


VERSIONS = st.one_of(
    st.text(alphabet="0123456789.", max_size=12),
    st.text(alphabet="0129.-+ _abB~v", max_size=12),
    st.text(max_size=12),
)


@given(VERSIONS, VERSIONS)
def test_turning_the_two_around_turns_the_answer_around(a: str, b: str) -> None:
    assert compare(Version(a), Version(b)) == -compare(Version(b), Version(a))


@given(VERSIONS)
def test_a_version_equals_itself(text: str) -> None:
    assert compare(Version(text), Version(text)) == 0


@given(st.lists(st.integers(0, 2**70), min_size=1, max_size=5), st.lists(st.integers(0, 2**70), min_size=1, max_size=5))
def test_numeric_versions_are_ordered_as_their_saturated_numbers(a: list[int], b: list[int]) -> None:
    width = max(len(a), len(b))

    def numbers(parts: list[int]) -> list[int]:
        return [min(part, 2**63 - 1) for part in parts] + [0] * (width - len(parts))

    result = compare(Version(".".join(map(str, a))), Version(".".join(map(str, b))))

    assert result == (numbers(a) > numbers(b)) - (numbers(a) < numbers(b))


NUMERIC = st.lists(st.integers(0, 30), min_size=1, max_size=4).map(lambda parts: ".".join(map(str, parts)))


@given(NUMERIC, NUMERIC, NUMERIC)
def test_numeric_versions_have_a_total_order(a: str, b: str, c: str) -> None:
    low, middle, high = sorted(map(Version, (a, b, c)), key=lambda version: version.order)

    assert compare(low, middle) <= 0
    assert compare(middle, high) <= 0
    assert compare(low, high) <= 0


@pytest.mark.parametrize(
    ("text", "version"),
    [("1.3.0", "1.3.0"), ("v1.3.0", "1.3.0"), ("2", "2"), ("1.3.0-beta.1+5", "1.3.0-beta.1+5"), ("1" * 100, "1" * 100)],
)
def test_a_version_is_read_as_it_is_written_down_with_or_without_a_v(text: str, version: str) -> None:
    assert Version.read(text) == Version(version)


@pytest.mark.parametrize("text", ["", "soon", "v", " 1.3", "1.3 ", "1.3\n", "1 3", "-1", "1.3<b>", "١.٣", "1" * 101])
def test_what_is_no_version_is_not_read(text: str) -> None:
    assert Version.read(text) is None
