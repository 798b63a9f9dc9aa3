"""`serve --journal`, without a server."""

import json
from pathlib import Path

import pytest

from ota_dev.cli.serving.journal_file import journal_file
from ota_dev.journal import Journal
from ota_dev.journal.lines import JournalFile
from tests.journal.made_up import feed


def test_what_is_recorded_meanwhile_is_in_the_file_and_there_is_nothing_to_say(tmp_path: Path) -> None:
    journal, notes = Journal(), list[str]()
    path = tmp_path / "journal.jsonl"

    journal.record(feed())
    with journal_file(path, journal, notes.append):
        journal.record(feed())
    journal.record(feed())

    assert [json.loads(line)["number"] for line in path.read_text().splitlines()] == [2]
    assert notes == []


def test_lines_that_were_dropped_are_told_in_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(JournalFile, "dropped", 3)
    journal, notes = Journal(), list[str]()
    path = tmp_path / "journal.jsonl"

    with journal_file(path, journal, notes.append):
        journal.record(feed())

    assert notes == [f"--journal {path}: 3 lines were dropped, since they could not be written"]
