from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.catalog.versions import Version
from ota_dev.feeds.semantic_versions import SemanticVersion


def read(text: str) -> SemanticVersion | None:
    return SemanticVersion.read(Version(text))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1.3.0", "1.3.0"),
        ("v1.3.0", "1.3.0"),
        ("1.3", "1.3.0"),
        ("1", "1.0.0"),
        ("1.3.0.0", "1.3.0"),
        ("1.3.0-beta.2", "1.3.0-beta.2"),
        ("1.3-beta+5", "1.3.0-beta+5"),
        ("1.3.0.4", None),
        ("1.03.0", None),
        ("1.3.0 (45)", None),
        ("1.3.", None),
        ("", None),
        ("1" * 300, None),
        ("١.٢.٣", None),
    ],
    ids=ascii,
)
def test_a_version_has_three_numbers_or_can_be_given_them(text: str, written: str | None) -> None:
    version = read(text)

    assert (str(version) if version else None) == written


def test_versions_are_ordered_as_the_specification_orders_its_examples() -> None:
    ordered = [
        *("1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11"),
        *("1.0.0-rc.1", "1.0.0", "1.0.1", "1.2.0", "1.10.0", "2.0.0"),
    ]

    versions = [version for text in ordered if (version := read(text))]

    assert all(older.order < newer.order for older, newer in pairwise(versions))


@given(st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,3}){0,3}(-[0-9a-z.-]{1,8})?", fullmatch=True))
def test_what_is_written_is_read_as_the_same(text: str) -> None:
    version = read(text)

    assert version is None or read(str(version)) == version
