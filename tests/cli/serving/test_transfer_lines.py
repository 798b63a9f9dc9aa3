"""What a terminal shows of transfers: where they are, how they go on, and never more than fits."""

from typing import Any

import pytest

from ota_dev.catalog.resources import Resource
from ota_dev.cli.serving.transfer_area import TransferArea
from ota_dev.cli.serving.transfer_lines import transfer_lines
from ota_dev.journal import Subject, Transfer
from tests.journal.made_up import INSTALLER, download, transfer

MEGABYTES = 1_000_000


def of_megabytes(sent: float, expected: float, rate: float, name: str = INSTALLER, **fields: Any) -> Transfer:
    subject = Subject(resource=Resource.DOWNLOAD, name=name, total=int(expected * MEGABYTES))
    sizes = {"sent": int(sent * MEGABYTES), "expected": int(expected * MEGABYTES)}
    return transfer(subject=subject, rate=rate * MEGABYTES, **sizes, **fields)


def test_a_transfer_shows_its_name_share_size_rate_and_the_time_left() -> None:
    (line,) = transfer_lines([of_megabytes(12.5, 50, 2.5)], 100)

    assert line.split() == [INSTALLER, "25%", "12.5", "MB", "of", "50.0", "MB", "2.5", "MB/s", "0:15", "left"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [pytest.param(12.5, "stalled", id="stalled"), pytest.param(0, "not begun", id="late")],
)
def test_what_does_not_move_says_so(sent: float, said: str) -> None:
    (line,) = transfer_lines([of_megabytes(sent, 50, 0)], 100)

    assert line.endswith(said)


@pytest.mark.parametrize(
    ("left", "said"),
    [(59, "0:59 left"), (61, "1:01 left"), (3_725, "1:02:05 left"), (400_000, "1.0 MB/s")],
    ids=["seconds", "minutes", "hours", "for ever"],
)
def test_the_time_left_is_in_minutes_or_hours_while_that_makes_sense(left: int, said: str) -> None:
    (line,) = transfer_lines([of_megabytes(0, left, 1)], 100)

    assert line.endswith(said)


def test_what_bends_it_is_named_where_there_is_room() -> None:
    bent = of_megabytes(1, 2, 1, in_force=("stall:after=50%",))

    narrow, wide = (transfer_lines([bent], width)[0] for width in (80, 120))

    assert wide.endswith("[stall:after=50%]")
    assert "stall" not in narrow


def test_three_are_shown_and_the_others_counted() -> None:
    lines = transfer_lines([of_megabytes(1, 2, 1, name=f"{number}.dmg") for number in range(5)], 100)

    assert [line.split()[0] for line in lines] == ["0.dmg", "1.dmg", "2.dmg", "and"]
    assert lines[-1] == "    and 2 more"


@pytest.mark.parametrize("width", [20, 30, 40, 60, 80, 200])
@pytest.mark.parametrize("name", ["a.dmg", INSTALLER, "Acme-Notes-with-a-very-long-name" * 4 + "-arm64.dmg"])
def test_no_line_is_wider_than_the_terminal_and_the_share_is_always_there(width: int, name: str) -> None:
    (line,) = transfer_lines([of_megabytes(123.4, 987.6, 12.3, name=name)], width)

    assert len(line) <= width
    assert "12%" in line


def test_a_long_name_keeps_its_beginning_and_its_end() -> None:
    (line,) = transfer_lines([of_megabytes(1, 2, 1, name="Acme-Notes" + "-long" * 30 + "-arm64.dmg")], 80)

    assert line.startswith("    Acme-Note")
    assert "…" in line
    assert "arm64.dmg " in line


@pytest.mark.parametrize("in_force", [(), ("stall:after=50%",)], ids=["normal", "bent"])
@pytest.mark.parametrize("width", [80, 100, 120])
def test_nothing_moves_sideways_while_numbers_grow(width: int, in_force: tuple[str, ...]) -> None:
    early = transfer_lines([of_megabytes(1, 100, 1)], width)[0]
    late = transfer_lines([of_megabytes(99, 100, 1, in_force=in_force)], width)[0]

    assert early.index("of 100.0 MB") == late.index("of 100.0 MB")


def test_a_hostile_name_cannot_steer_the_terminal() -> None:
    (line,) = transfer_lines([of_megabytes(1, 2, 1, name="a\x1b[2J\n.dmg")], 100)

    assert line.isprintable()


def test_an_ended_transfer_is_shown_no_longer_and_the_others_are() -> None:
    shown: list[tuple[str, ...]] = []
    area = TransferArea(lambda *lines: shown.append(lines), lambda: 80)

    area.transferring((transfer(1), transfer(2)))
    area.exchanged(download(transfer=1))
    area.exchanged(download(transfer=0))
    area.transferring(())

    assert [len(lines) for lines in shown] == [2, 1, 0]


def test_without_a_terminal_nothing_is_shown() -> None:
    shown: list[tuple[str, ...]] = []

    TransferArea(lambda *lines: shown.append(lines), lambda: None).transferring((transfer(1),))

    assert shown == []
