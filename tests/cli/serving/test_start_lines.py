"""The words of `serve` at the start."""

import re
from dataclasses import replace

import pytest
from rich.cells import cell_len

from ota_dev.cli.serving.start_lines import banner, labelled, offer_lines
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.publishing import Publication, StaticFeed
from ota_dev.publishing.key_in_force import KeyInForce
from ota_dev.signing import PrivateKey
from ota_dev.translations import Translations
from tests.cli.publications import on_beta, publication

URL = "http://127.0.0.1:8080"
TOKEN = "secret"  # noqa: S105 - of no server
FEED = AppcastFeed()
ENGLISH, CHINESE = Translations.of("en"), Translations.of("zh")


def offers(now: Publication, *, verbose: bool = False) -> list[str]:
    return list(offer_lines(ENGLISH, now, FEED, URL, "dist", verbose=verbose))


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


def test_names_cannot_steer_the_terminal_or_disguise_a_line() -> None:
    now = publication("Acme\x1b[31m\nNotes 1.3.0 macos.zip", skipped={"a\r.zip": "a\u202e reason"}, notices=["\x07"])

    lines = [*banner(ENGLISH, URL, TOKEN, demo_folder="\x1b"), *offers(now, verbose=True)]

    assert all(line.isprintable() for line in lines)


def test_the_folders_of_windows_are_shown_as_they_are_written() -> None:
    [line] = offer_lines(ENGLISH, publication(), FEED, URL, r"C:\Users\Jo\dist", verbose=False)

    assert r"C:\Users\Jo\dist" in line


def test_the_start_names_no_version_that_the_feed_hides() -> None:
    hiding = on_beta(publication("Acme Notes 1.3.0 windows.exe", "Acme Notes 1.4.0 windows.exe"), "1.4.0")

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
