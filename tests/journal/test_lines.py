import json
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest

from ota_dev.errors import ServerError
from ota_dev.journal.lines import JournalFile
from tests.journal.made_up import exchange, feed


def test_each_exchange_is_one_line_of_json(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"

    with JournalFile(path) as file:
        file.record(feed(number=1))
        file.record(exchange(number=2))

    assert [json.loads(line)["number"] for line in path.read_text("ascii").splitlines()] == [1, 2]


def test_what_a_client_sends_cannot_begin_a_line(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    target = '/\n{"number": 7}\r\u2028\ud800'

    with JournalFile(path) as file:
        file.record(feed(target=target))

    (line,) = path.read_bytes().splitlines()
    assert json.loads(line)["target"] == target


def test_a_file_that_grew_is_put_aside_and_few_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"

    with JournalFile(path, largest=1_000, kept=2) as file:
        for number in range(50):
            file.record(feed(number=number))

    kept = sorted(entry.name for entry in tmp_path.iterdir())
    assert kept == ["journal.jsonl", "journal.jsonl.1", "journal.jsonl.2"]
    assert all(entry.stat().st_size <= 1_000 for entry in tmp_path.iterdir())
    assert json.loads(path.read_text("ascii").splitlines()[-1])["number"] == 49


def test_a_file_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ServerError, match="cannot be written"):
        JournalFile(tmp_path / "missing" / "journal.jsonl")


def test_what_cannot_be_written_is_counted_and_nothing_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(RotatingFileHandler, "shouldRollover", fail)

    with JournalFile(tmp_path / "journal.jsonl") as file:
        file.record(feed())

    assert file.dropped == 1
    assert capsys.readouterr().err == ""
