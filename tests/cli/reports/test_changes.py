"""The words for what landed, changed or went."""

from dataclasses import replace

import pytest

from ota_dev.cli.reports.changes import change_lines, warning_lines
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.publishing import Publication
from ota_dev.scan.interface import Skipped
from tests.cli.publications import on_beta, publication

FEED = AppcastFeed()
NOTES_12, NOTES_13 = "Acme Notes 1.2.0 macos.zip", "Acme Notes 1.3.0 macos.zip"
DRAW_10, DRAW_11 = "Acme Draw 1.0 macos.zip", "Acme Draw 1.1 macos.zip"


def changes(before: Publication, after: Publication) -> list[str]:
    return list(change_lines(before, after, FEED))


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
    now = publication("Acme\x1b[31m\nNotes 1.3.0 macos.zip", skipped={"a\r.zip": "a\u202e reason"}, notices=["\x07"])

    lines = changes(publication(), now)

    assert all(line.isprintable() for line in lines)
    assert "+ Acme\\x1b[31m\\nNotes 1.3.0 macos.zip -> /appcast.xml now offers 1.3.0" in lines


def test_a_change_names_no_version_that_the_feed_hides() -> None:
    before = publication("Acme Notes 1.3.0 windows.exe")
    hiding = on_beta(publication("Acme Notes 1.3.0 windows.exe", "Acme Notes 1.4.0 windows.exe"), "1.4.0")

    assert changes(before, hiding) == ["+ Acme Notes 1.4.0 windows.exe -> /appcast.xml still offers 1.3.0"]
