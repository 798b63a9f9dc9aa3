"""The notes of installers, as a scan of their folder finds them."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.notes import Note, NotesFormat
from ota_dev.scan.notes import LARGEST_CHANGELOG, LARGEST_NOTES
from ota_dev.scan.scanner import Scanner

Put = Callable[..., Path]
MakeScanner = Callable[..., Scanner]
Look = Callable[..., Artifact]


@pytest.fixture
def look(put: Put, scanner: MakeScanner) -> Look:
    """Look at the one installer there is, and give what is known of it."""
    put("Acme-1.3.0.exe")

    def artifact(**options: bool) -> Artifact:
        (found,) = scanner(**options).scan().installers
        return found.artifact

    return artifact


def texts(artifact: Artifact) -> dict[str | None, str]:
    return {note.language: note.text for note in artifact.notes.notes}


def test_notes_stand_beside_the_installer_in_each_language(put: Put, look: Look) -> None:
    put("Acme-1.3.0.md", "- Faster")
    put("Acme-1.3.0.de.txt", "\ufeffSchneller\r\n")
    put("Acme-1.3.0.fr.html", "<p>Plus vite<script>")

    assert look().notes.notes == (
        Note(language=None, format=NotesFormat.HTML, text="<ul>\n<li>Faster</li>\n</ul>\n"),
        Note(language="de", format=NotesFormat.PLAIN_TEXT, text="Schneller\r\n"),
        Note(language="fr", format=NotesFormat.HTML, text="<p>Plus vite<script>"),
    )


def test_else_they_are_the_section_of_the_version_in_a_change_log(put: Put, look: Look) -> None:
    put("CHANGELOG.md", "## [1.3.0] - 2026-03-01\n- Faster\n## 1.2.0\n- Slower")
    put("CHANGELOG.zh-CN.md", "## v1.3\n更快")

    artifact = look()

    assert texts(artifact) == {None: "<ul>\n<li>Faster</li>\n</ul>\n", "zh-CN": "<p>更快</p>\n"}
    assert artifact.policy.publication_date == datetime(2026, 3, 1, tzinfo=UTC)


def test_a_file_beside_the_installer_goes_before_a_change_log_in_its_language_only(put: Put, look: Look) -> None:
    put("Acme-1.3.0.txt", "Mine")
    put("CHANGELOG.md", "## 1.3.0\nTheirs")
    put("CHANGELOG.de.md", "## 1.3.0\nIhre")

    assert texts(look()) == {None: "Mine", "de": "<p>Ihre</p>\n"}


def test_the_change_log_beside_the_folder_counts_as_in_a_project(look: Look, dist: Path) -> None:
    (dist.parent / "CHANGELOG.md").write_text("## 1.3.0\nFaster")

    assert texts(look()) == {None: "<p>Faster</p>\n"}


def test_the_short_version_is_looked_up_and_not_the_build(put: Put, look: Look) -> None:
    put("Acme-1.3.0.yaml", 'version: "130"\nshort_version: "1.3.0"')
    put("CHANGELOG.md", "## 130\nWrong\n## 1.3.0\nRight")

    assert texts(look()) == {None: "<p>Right</p>\n"}


def test_a_date_that_somebody_said_goes_before_the_change_logs(put: Put, look: Look) -> None:
    put("Acme-1.3.0.yaml", "publication_date: 2026-05-05")
    put("CHANGELOG.md", "## 1.3.0 (2026-03-01)")

    assert look().policy.publication_date == datetime(2026, 5, 5, tzinfo=UTC)


def test_without_notes_there_are_none(look: Look) -> None:
    artifact = look()

    assert not artifact.notes
    assert artifact.policy.publication_date is None
    assert artifact.facts.warnings == ()


UNUSABLE: dict[str, tuple[bytes, str]] = {
    "too large": (b" " * (LARGEST_NOTES + 1), "it is larger than 262,144 bytes, so shorten it"),
    "too much Markdown": (
        b"a" * LARGEST_NOTES,
        "the notes are left out: it has more than 131,072 characters of Markdown, shorten it",
    ),
    "no text": (b"\xff\xfe\x00", "it is no text in UTF-8, so save it as such"),
}


@pytest.mark.parametrize(("content", "problem"), UNUSABLE.values(), ids=UNUSABLE)
def test_notes_that_cannot_be_used_are_left_out_with_a_warning(
    put: Put, look: Look, content: bytes, problem: str
) -> None:
    put("Acme-1.3.0.md", content)
    put("Acme-1.3.0.de.txt", "Gut")

    artifact = look()

    assert texts(artifact) == {"de": "Gut"}
    assert artifact.facts.warnings == (f"Acme-1.3.0.md: {problem}",)


def test_a_change_log_that_cannot_be_used_is_told_of_once(put: Put, scanner: MakeScanner) -> None:
    put("Acme-1.3.0.exe")
    put("Acme-1.2.0.exe")
    put("CHANGELOG.md", b" " * (LARGEST_CHANGELOG + 1))

    scan = scanner().scan()

    assert len(scan.installers) == 2
    assert scan.notices == ("CHANGELOG.md: it is larger than 4,194,304 bytes, so shorten it",)


def test_a_link_out_of_the_folder_is_followed_only_when_asked(look: Look, dist: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    (dist / "Acme-1.3.0.txt").symlink_to(secret)

    artifact = look()

    assert not artifact.notes
    assert artifact.facts.warnings == (
        f"Acme-1.3.0.txt: it links to {secret}, outside the folder: allow it with --follow-links, or copy it",
    )
    assert texts(look(follow_links=True)) == {None: "secret"}


def test_a_link_within_the_folder_is_followed(put: Put, look: Look, dist: Path) -> None:
    (dist / "Acme-1.3.0.txt").symlink_to(put("notes.txt", "Faster"))

    assert texts(look()) == {None: "Faster"}


def test_a_pipe_is_left_out_and_not_waited_for(look: Look, dist: Path) -> None:
    os.mkfifo(dist / "Acme-1.3.0.txt")

    assert look().facts.warnings == ("Acme-1.3.0.txt: it is no regular file, so remove it",)


CHANGES = {
    "notes that appear": ({}, "Acme-1.3.0.txt", "New", {None: "New"}),
    "notes that change": ({"Acme-1.3.0.md": "Old"}, "Acme-1.3.0.md", "New", {None: "<p>New</p>\n"}),
    "notes in another language": ({"Acme-1.3.0.txt": "Old"}, "Acme-1.3.0.de.txt", "Neu", {None: "Old", "de": "Neu"}),
    "a change log that appears": ({}, "CHANGELOG.md", "## 1.3.0\nNew", {None: "<p>New</p>\n"}),
    "a change log that changes": (
        {"CHANGELOG.md": "## 1.3.0\nOld"},
        "CHANGELOG.md",
        "## 1.3.0\nNew and longer",
        {None: "<p>New and longer</p>\n"},
    ),
}


@pytest.mark.parametrize(("before", "changed", "content", "after"), CHANGES.values(), ids=CHANGES)
def test_another_look_sees_notes_that_changed(
    put: Put,
    scanner: MakeScanner,
    reads: list[str],
    *,
    before: dict[str, str],
    changed: str,
    content: str,
    after: dict[str | None, str],
) -> None:
    put("Acme-1.3.0.exe")
    for name, text in before.items():
        put(name, text)
    again = scanner()
    again.scan()
    path = put(changed, content)

    (found,) = again.scan(frozenset({path})).installers

    assert again.concerns(path)
    assert texts(found.artifact) == after
    assert reads == ["Acme-1.3.0.exe"]


def test_notes_that_are_taken_away_are_gone(put: Put, scanner: MakeScanner) -> None:
    put("Acme-1.3.0.exe")
    notes = put("Acme-1.3.0.txt", "Old")
    again = scanner()
    again.scan()
    notes.unlink()

    (found,) = again.scan(frozenset({notes})).installers

    assert not found.artifact.notes


def test_notes_that_came_with_their_installer_count_before_they_are_told_of(put: Put, scanner: MakeScanner) -> None:
    again = scanner()
    again.scan()
    put("Acme.txt", "Faster")

    (found,) = again.scan(frozenset({put("Acme.exe"), put("Acme.yaml", 'short_version: "1"')})).installers

    assert texts(found.artifact) == {None: "Faster"}


@pytest.mark.parametrize(
    ("name", "concerns"),
    {"Acme-1.4.0.md": True, "Acme.md": False, "Known.de.md": True, "index.html": False}.items(),
)
def test_a_text_concerns_a_scanner_if_it_may_belong_to_an_installer(
    put: Put, scanner: MakeScanner, dist: Path, name: str, concerns: bool
) -> None:
    put("Known.exe")
    again = scanner()
    again.scan()

    assert again.concerns(dist / name) is concerns


def test_a_section_that_is_too_long_is_left_out_with_a_warning(put: Put, look: Look) -> None:
    put("CHANGELOG.md", f"## 1.3.0\n{'a' * LARGEST_NOTES}")

    artifact = look()

    assert not artifact.notes
    assert artifact.facts.warnings == (
        "CHANGELOG.md: the notes are left out: it has more than 131,072 characters of Markdown, shorten it",
    )


def test_a_link_that_leads_nowhere_is_left_out_with_a_warning(look: Look, dist: Path) -> None:
    (dist / "Acme-1.3.0.txt").symlink_to(dist / "gone.txt")

    assert look().facts.warnings == ("Acme-1.3.0.txt: it cannot be read (No such file or directory): make it readable",)


def test_no_more_notes_are_remembered_than_a_folder_has(
    put: Put, scanner: MakeScanner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ota_dev.scan.notes.MOST_REMEMBERED", 1)
    put("CHANGELOG.md", "## 1.3.0\nFaster\n## 1.2.0\nSlower")
    installers = frozenset({put("Acme-1.3.0.exe"), put("Acme-1.2.0.exe")})
    again = scanner()
    again.scan()

    scan = again.scan(installers)

    assert [texts(found.artifact)[None] for found in scan.installers] == ["<p>Slower</p>\n", "<p>Faster</p>\n"]
