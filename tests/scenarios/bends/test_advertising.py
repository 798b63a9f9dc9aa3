"""Versions that are raised, so that the very build being run sees an update."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.releases import Catalog
from ota_dev.catalog.versions import Version
from ota_dev.scenarios.asker import Asker
from ota_dev.scenarios.bends.advertising import ADVERTISED, Advertised, Raise, next_build, raised
from ota_dev.scenarios.bends.relabelling import offered_as

MakeArtifact = Callable[..., Artifact]
MakeCatalog = Callable[..., Catalog]


@pytest.mark.parametrize(
    ("version", "patch", "minor", "major"),
    [
        ("1.3.0", "1.3.1", "1.4.0", "2.0.0"),
        ("1.3.9", "1.3.10", "1.4.0", "2.0.0"),
        ("1.3", "1.3.1", "1.4.0", "2.0.0"),
        ("7", "7.0.1", "7.1.0", "8.0.0"),
        ("1.3.0.7", "1.3.1.0", "1.4.0.0", "2.0.0.0"),
        ("1.2.3.4.5.6", "1.2.4.0", "1.3.0.0", "2.0.0.0"),
        ("v1.3.0", "1.3.1", "1.4.0", "2.0.0"),
        ("1.3.0-beta.2", "1.3.1", "1.4.0", "2.0.0"),
        ("1.3.0+5", "1.3.1", "1.4.0", "2.0.0"),
        ("1.3b4", "1.3.1", "1.4.0", "2.0.0"),
        ("nightly", "0.0.1", "0.1.0", "1.0.0"),
        ("", "0.0.1", "0.1.0", "1.0.0"),
    ],
)
def test_one_number_of_a_version_is_raised(version: str, patch: str, minor: str, major: str) -> None:
    by = {each: raised(Version(version), each).text for each in Raise}

    assert by == {Raise.PATCH: patch, Raise.MINOR: minor, Raise.MAJOR: major}


@pytest.mark.parametrize(
    ("build", "expected"),
    [
        ("1300", "1301"),
        ("1.3.0", "1.3.1"),
        ("1.3.99", "1.3.100"),
        ("2026.01.09", "2026.01.10"),
        ("1.0b1", "1.0b2"),
        ("1.0+5", "1.0+6"),
        ("1.0-beta.2", "1.1"),
        ("nightly", "nightly.1"),
        ("1.0rc", "1.1rc"),
        ("9223372036854775807", "9223372036854775807.1"),
        ("-5", "-6"),
        ("--5", "1"),
        ("-", "-.1"),
        ("", ".1"),
    ],
)
def test_the_next_build_has_one_number_more_where_clients_look(build: str, expected: str) -> None:
    assert next_build(Version(build)).text == expected


@given(st.one_of(st.text(alphabet="0129.-+ _abB~v", max_size=12), st.text(max_size=12), st.integers(0).map(str)))
def test_the_next_build_is_newer_than_any_build(text: str) -> None:
    assert next_build(Version(text)).is_newer_than(Version(text))


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=4), st.sampled_from(Raise))
def test_a_raised_version_is_newer(numbers: list[int], by: Raise) -> None:
    version = Version(".".join(map(str, numbers)))

    assert raised(version, by).is_newer_than(version)


@pytest.mark.parametrize("spelling", ["patch", "+patch"])
def test_the_plus_may_be_missing(spelling: str) -> None:
    assert ADVERTISED.read(spelling) is Raise.PATCH


@pytest.mark.parametrize(
    "text",
    [
        *("", "+", "latest", "++patch", "+1.0", "-1.0", "--port", "/etc/passwd", "http://x.example/1.0", "1.0/../2"),
        *("1.0 beta", "1.0<b>", "1.0\x1b[31m", "1.0\n", "\u0661.0", "1" * 101, "{{7*7}}", "1.0&x", "1.0;id", "1.0%0a"),
    ],
)
def test_what_is_no_version_is_not_advertised(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no version, write one such as 1\.4\.0"):
        ADVERTISED.read(text)


@pytest.mark.parametrize("text", ["1", "1.4.0", "2.0-beta.1", "1.0+5", "2026.06.01", "10_1"])
def test_any_usual_version_is_advertised(text: str) -> None:
    assert ADVERTISED.read(text) == Version(text)


def test_the_log_says_of_each_installer_what_it_is_offered_as(catalog: Catalog, asker: Asker) -> None:
    told = list(offered_as(catalog, Advertised(version=Version("2.0")).bend(catalog, asker)))

    assert told == [
        "Notes-1.3.0.dmg: offered as 2.0 (build 1301), though it is 1.3.0 (build 1300)",
        "Notes-1.3.0.exe: offered as 2.0 (build 2.0), though it is 1.3.0 (build 1.3.0)",
        "Notes-1.2.0.AppImage: offered as 2.0 (build 2.0), though it is 1.2.0 (build 1.2.0)",
    ]


def test_the_log_says_nothing_of_what_is_offered_as_it_is(catalog: Catalog) -> None:
    assert list(offered_as(catalog, catalog)) == []


def test_all_builds_of_one_system_are_raised_alike(
    artifact: MakeArtifact, catalog_of: MakeCatalog, asker: Asker
) -> None:
    catalog = catalog_of(artifact("Notes.dmg", "1.3.0", "1300"), artifact("Notes.pkg", "1.3.0", "1299"))

    told = Advertised(version=Raise.PATCH).bend(catalog, asker)

    assert [(a.short_version.text, a.build.text) for a in told] == [("1.3.1", "1301")] * 2


def test_a_version_that_is_there_already_is_grouped_with_it(
    artifact: MakeArtifact, catalog_of: MakeCatalog, asker: Asker
) -> None:
    catalog = catalog_of(artifact("Notes-2.dmg", "2.0", "200"), artifact("Notes-1.dmg", "1.0", "100"))

    [app] = Advertised(version=Version("1.0")).bend(catalog, asker).apps

    assert [[a.build.text for a in release.artifacts] for release in app.releases] == [["201", "100"]]
