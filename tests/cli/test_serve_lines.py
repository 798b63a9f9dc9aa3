"""The words of `serve` at the start and for each change."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.cells import cell_len

from ota_dev.catalog.artifacts import Artifact, FileIdentity
from ota_dev.catalog.facts import Facts
from ota_dev.catalog.grouping import aliases_of, group
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.policy import Policy
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.catalog.versions import Version
from ota_dev.cli.change_lines import change_lines, warning_lines
from ota_dev.cli.serve_lines import banner, labelled, offer_lines
from ota_dev.cli.wording import readable_size
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.publishing import Publication, PublishedFile, StaticFeed
from ota_dev.publishing.key_in_force import KeyInForce
from ota_dev.scan.interface import Skipped
from ota_dev.signing import PrivateKey
from ota_dev.translations import Translations

URL = "http://127.0.0.1:8080"
TOKEN = "secret"  # noqa: S105 - of no server
FEED = AppcastFeed()
ENGLISH, CHINESE = Translations.of("en"), Translations.of("zh")


def artifact(name: str, app: str, version: str, platform: Platform) -> Artifact:
    kind, _ = PackageKind.of_file(name) or (PackageKind.ZIP, name)
    facts = Facts.read_from("file name", name=app, short_version=version)
    return Artifact(
        download_name=name,
        size=1,
        modified=datetime(2026, 1, 2, tzinfo=UTC),
        kind=kind,
        platform=platform,
        architecture=Architecture.UNIVERSAL,
        build=Version(version),
        short_version=Version(version),
        facts=facts,
        aliases=aliases_of(facts),
    )


def publication(
    *names: str,
    skipped: Mapping[str, str] | None = None,
    notices: Sequence[str] = (),
    other_files: int = 0,
    size: int = 1,
) -> Publication:
    """Publish files with names such as `Acme Notes 1.3.0 macos.zip`."""
    artifacts = []
    for name in names:
        app, version, platform = name.rpartition(".")[0].rsplit(" ", 2)
        artifacts.append(artifact(name, app, version, Platform(platform)))
    identity = FileIdentity(size=size, modified_ns=0, changed_ns=0, inode=0, device=0)
    return Publication(
        revision=1,
        catalog=group(artifacts),
        files={name: PublishedFile(path=Path(name), identity=identity, media_type="") for name in names},
        skipped=tuple(Skipped(name=name, reason=reason) for name, reason in (skipped or {}).items()),
        notices=tuple(notices),
        other_files=other_files,
    )


def offers(now: Publication, *, verbose: bool = False) -> list[str]:
    return list(offer_lines(ENGLISH, now, FEED, URL, "dist", verbose=verbose))


def changes(before: Publication, after: Publication) -> list[str]:
    return list(change_lines(before, after, FEED))


def test_the_banner_says_where_the_feed_is_and_how_to_point_an_app_there() -> None:
    lines = list(banner(ENGLISH, URL, TOKEN))

    assert "not for production" in lines[0]
    assert lines[1] == "  feed      http://127.0.0.1:8080/appcast.xml"
    assert any(line.endswith("defaults write BUNDLE-ID SUFeedURL http://127.0.0.1:8080/appcast.xml") for line in lines)
    assert any("defaults delete BUNDLE-ID SUFeedURL" in line for line in lines)
    assert f"  dashboard {URL}/?token={TOKEN}" in lines
    assert max(map(len, lines)) <= 100


def test_the_banner_says_that_updates_are_unsigned_until_asked() -> None:
    assert list(banner(ENGLISH, URL, TOKEN))[-1] == (
        "  unsigned  there are no signatures: an app that holds a public key refuses these updates"
    )


def test_the_banner_names_the_keys_where_there_are_any() -> None:
    lines = list(banner(ENGLISH, URL, TOKEN, has_keys=True))

    assert lines[-1].startswith("  keys      h=help o=open u=urls ")
    assert any("u or dashboard" in line for line in lines)
    assert not any("u or dashboard" in line for line in banner(ENGLISH, URL, TOKEN))


@pytest.mark.parametrize(("is_test", "whose"), [(True, "your TEST key"), (False, "the key you gave")])
def test_the_banner_shows_the_public_key_and_says_whose_it_is(*, is_test: bool, whose: str) -> None:
    key = KeyInForce(key=PrivateKey.generate(), is_test=is_test)

    said = list(banner(ENGLISH, URL, TOKEN, key))[-1]

    assert said == f"  signed    with {whose}, for apps that hold its public key {key.public_key}"


def test_the_banner_of_a_demo_says_that_it_is_one_and_what_to_try() -> None:
    lines = list(banner(ENGLISH, URL, TOKEN, demo_folder="folder"))

    assert lines[1] == "  demo      this is a sample app, Acme Notes, made up in folder"
    assert lines[2] == f'  try       curl -A "Acme Notes/1.2.0 Sparkle/2.9.0" {URL}/appcast.xml'
    assert len(lines) < 11


@pytest.mark.parametrize(
    ("now", "line"),
    [
        (
            publication("Acme Notes 1.3.0 macos.zip", "Acme Notes 1.3.0 windows.exe", "Acme Notes 1.2.0 macos.zip"),
            "3 installers in dist: Acme Notes 1.3.0 for macos, windows",
        ),
        (publication("Acme Notes 1.3.0 linux.deb"), "1 installer in dist: Acme Notes 1.3.0 for linux"),
        (
            publication(*(f"{name} 1.0 macos.zip" for name in ("Draw", "Mail", "Notes", "Paint"))),
            "4 installers in dist: Draw 1.0 for macos; Mail 1.0 for macos; Notes 1.0 for macos; …",
        ),
        (publication(), "nothing yet: put an installer into dist, and it is on offer at once"),
        (publication(skipped={"a.zip": "no"}), "nothing yet: every installer in dist was skipped"),
    ],
    ids=["several systems", "one", "many apps", "empty", "all skipped"],
)
def test_the_first_line_says_what_is_served(now: Publication, line: str) -> None:
    assert offers(now)[0] == f"  serving   {line}"


def test_what_is_not_on_offer_is_named_with_its_reason() -> None:
    now = publication("Acme Notes 1.3.0 macos.zip", skipped={"b.zip": "it is cut short"}, notices=["a notice"])

    assert offers(now)[1:] == ["  skipped   b.zip: it is cut short", "  notice    a notice"]


def test_an_installer_of_which_another_kind_is_in_the_feed_is_named() -> None:
    now = publication("Acme Notes 1.3.0 macos.zip", "Acme Notes 1.3.0 macos.dmg")

    assert offers(now)[1:] == [
        "  alternate Acme Notes 1.3.0 macos.zip is left out: "
        "the feed offers Acme Notes 1.3.0 macos.dmg for the same version and system"
    ]


def test_several_apps_are_several_feeds() -> None:
    now = publication("Acme Draw 1.0 macos.zip", "Acme Notes 1.3.0 macos.zip")

    assert offers(now)[1:] == [f"  feeds     {URL}/apps/acmedraw/appcast.xml, {URL}/apps/acmenotes/appcast.xml"]


def test_the_start_stays_short_however_much_there_is_to_say() -> None:
    now = publication("Acme Notes 1.3.0 macos.zip", skipped={f"{n}.zip": "why" for n in range(9)}, notices=["one"])

    lines = [*banner(ENGLISH, URL, TOKEN), *offers(now)]

    assert len(lines) < 12
    assert lines[-1] == "  more      8 more lines like these: -v shows them"


def test_verbose_says_everything() -> None:
    now = publication("Acme Notes 1.3.0 macos.zip", skipped={f"{n}.zip": "why" for n in range(9)}, other_files=2)

    lines = offers(now, verbose=True)

    assert [line for line in lines if "skipped" in line] == [f"  skipped   {n}.zip: why" for n in range(9)]
    assert lines[-2:] == [
        "  offered   Acme Notes 1.3.0 macos.zip: 1.3.0 for macos universal, the version is from its file name",
        "  ignored   2 files that are no installers",
    ]


NOTES_12, NOTES_13 = "Acme Notes 1.2.0 macos.zip", "Acme Notes 1.3.0 macos.zip"
DRAW_10, DRAW_11 = "Acme Draw 1.0 macos.zip", "Acme Draw 1.1 macos.zip"


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ([NOTES_12], [NOTES_12, NOTES_13], f"+ {NOTES_13} -> /appcast.xml now offers 1.3.0"),
        ([NOTES_13], [NOTES_12, NOTES_13], f"+ {NOTES_12} -> /appcast.xml still offers 1.3.0"),
        ([NOTES_12, NOTES_13], [NOTES_12], f"- {NOTES_13} -> /appcast.xml now offers 1.2.0"),
        ([NOTES_12], [NOTES_13], f"+ {NOTES_13}, - {NOTES_12} -> /appcast.xml now offers 1.3.0"),
        ([NOTES_12], [], f"- {NOTES_12} -> /appcast.xml now offers nothing"),
        ([], [NOTES_12], f"+ {NOTES_12} -> /appcast.xml now offers 1.2.0"),
        (
            [DRAW_10, NOTES_12],
            [DRAW_10, NOTES_12, NOTES_13],
            f"+ {NOTES_13} -> /apps/acmenotes/appcast.xml now offers 1.3.0",
        ),
        (
            [NOTES_12],
            [NOTES_12, DRAW_10],
            f"+ {DRAW_10} -> /apps/acmedraw/appcast.xml now offers 1.0; "
            "/apps/acmenotes/appcast.xml now offers 1.2.0; /appcast.xml is gone",
        ),
        (
            [DRAW_10, DRAW_11, NOTES_12],
            [NOTES_12],
            f"- {DRAW_10}, {DRAW_11} -> /appcast.xml now offers 1.2.0; "
            "/apps/acmedraw/appcast.xml is gone; /apps/acmenotes/appcast.xml is gone",
        ),
        (
            [],
            [f"Acme Notes 1.{number} macos.zip" for number in range(5)],
            "+ 5 installers (Acme Notes 1.0 macos.zip, Acme Notes 1.1 macos.zip, Acme Notes 1.2 macos.zip, …) "
            "-> /appcast.xml now offers 1.4",
        ),
    ],
    ids=[
        *("a newer one", "an older one", "the newest goes", "renamed", "the last goes", "the first comes"),
        *("one of two apps", "a second app", "the second app goes", "many"),
    ],
)
def test_a_change_is_one_line(before: list[str], after: list[str], line: str) -> None:
    assert changes(publication(*before), publication(*after)) == [line]


def test_a_replaced_installer_is_marked() -> None:
    assert changes(publication(NOTES_13), publication(NOTES_13, size=2)) == [
        f"~ {NOTES_13} -> /appcast.xml still offers 1.3.0"
    ]


def test_what_has_been_said_is_not_said_again() -> None:
    before = publication(NOTES_13, skipped={"a.zip": "why"}, notices=["one"])
    after = replace(
        before, skipped=(*before.skipped, Skipped(name="b.zip", reason="that")), notices=(*before.notices, "two")
    )

    assert changes(before, before) == []
    assert changes(before, after) == ["! b.zip is not on offer: that", "! two"]


def test_a_new_alternate_is_named_beside_the_change() -> None:
    dmg = "Acme Notes 1.3.0 macos.dmg"

    lines = changes(publication(NOTES_13), publication(NOTES_13, dmg))

    assert lines == [
        f"+ {dmg} -> /appcast.xml still offers 1.3.0",
        f"! {NOTES_13} is left out: the feed offers {dmg} for the same version and system",
    ]


def test_warnings_are_all_that_may_be_wrong_at_the_start() -> None:
    now = publication(NOTES_13, skipped={"a.zip": "why"}, notices=["one"])

    assert list(warning_lines(None, now)) == ["! a.zip is not on offer: why", "! one"]


def test_names_cannot_steer_the_terminal_or_disguise_a_line() -> None:
    name = "Acme\x1b[31m\nNotes 1.3.0 macos.zip"
    now = publication(name, skipped={"a\r.zip": "a\u202e reason"}, notices=["\x07"])

    lines = [*banner(ENGLISH, URL, TOKEN, demo_folder="\x1b"), *offers(now, verbose=True), *changes(publication(), now)]

    assert all(line.isprintable() for line in lines)
    assert "+ Acme\\x1b[31m\\nNotes 1.3.0 macos.zip -> /appcast.xml now offers 1.3.0" in lines


def test_the_folders_of_windows_are_shown_as_they_are_written() -> None:
    [line] = offer_lines(ENGLISH, publication(), FEED, URL, r"C:\Users\Jo\dist", verbose=False)

    assert r"C:\Users\Jo\dist" in line


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (1_250_000, "1.2 MB"),
        (5 * 10**9, "5.0 GB"),
        (2 * 10**12, "2.0 TB"),
    ],
)
def test_sizes_are_decimal(size: int, text: str) -> None:
    assert readable_size(size) == text


def test_no_version_is_named_that_the_feed_hides() -> None:
    before = publication("Acme Notes 1.3.0 windows.exe")
    now = publication("Acme Notes 1.3.0 windows.exe", "Acme Notes 1.4.0 windows.exe")
    beta = Policy(channel="beta")
    hiding = replace(
        now,
        catalog=now.catalog.with_each(
            lambda artifact: replace(artifact, policy=beta) if artifact.short_version.text == "1.4.0" else artifact
        ),
    )

    assert changes(before, hiding) == ["+ Acme Notes 1.4.0 windows.exe -> /appcast.xml still offers 1.3.0"]
    assert offers(hiding)[0] == "  serving   2 installers in dist: Acme Notes 1.3.0 for windows"


# Names, addresses, commands and what comes from files: the same in every language.
DATA = re.compile(
    r"https?://\S+|curl -A \"[^\"]+\"|defaults (?:write|delete) BUNDLE-ID SUFeedURL|\S+\.(?:zip|dmg|exe|xml)\b|"
    r"\b(?:ota-dev|Acme (?:Notes|Draw)|(?:Win|Net)?Sparkle|electron-updater|URL)\b|"
    r"\b(?:macos|windows|linux|universal|dist|file name|REASON)\b|"
    r"\b[houursncq]=|\bu (?=键)|-v\b"
)


def test_nothing_at_the_start_in_chinese_is_left_in_english() -> None:
    key = KeyInForce(key=PrivateKey.generate(), is_test=True)
    several = publication(
        *("Acme Notes 1.3.0 macos.zip", "Acme Notes 1.3.0 macos.dmg", "Acme Draw 1.0 windows.exe"),
        skipped={f"{number}.zip": "REASON" for number in range(5)},
        notices=["REASON"],
        other_files=2,
    )
    publications = (
        several,
        publication(),
        publication(skipped={"a.zip": "REASON"}),
        *(replace(several, static_feed=StaticFeed(downloads=names)) for names in ({}, {"a": "b"})),
    )

    lines = [
        *banner(CHINESE, URL, TOKEN, demo_folder="dist", has_keys=True),
        *banner(CHINESE, URL, TOKEN, key),
        *banner(CHINESE, URL, TOKEN, replace(key, is_test=False)),
        *(
            line
            for now in publications
            for verbose in (True, False)
            for line in offer_lines(CHINESE, now, FEED, URL, "dist", verbose=verbose)
        ),
    ]

    data = re.compile(f"{re.escape(key.public_key)}|{DATA.pattern}")
    assert [line for line in lines if re.search("[A-Za-z]", data.sub("", line))] == []


@pytest.mark.parametrize("texts", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_what_stands_beside_the_labels_begins_in_one_column(texts: Translations) -> None:
    labels = texts.area("banner.labels")

    begins = {cell_len(labelled(texts, label, "#").partition("#")[0]) for label in (*labels, "", "Sparkle")}

    assert begins == {12}
    assert all(labelled(texts, label, "").endswith(" ") for label in labels)
