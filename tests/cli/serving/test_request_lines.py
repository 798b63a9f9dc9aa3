"""The words of `serve` for each request, in columns that fit the terminal."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from rich.cells import cell_len

from ota_dev.cli.serving.request_lines import exchange_line
from ota_dev.journal import Client, Exchange, Outcome

EXCHANGE = Exchange(
    started=datetime(2026, 1, 2, 12, 4, 5).astimezone(),
    peer="127.0.0.1",
    method="GET",
    target="/appcast.xml",
    client=Client(family="Sparkle", family_version="2.9.4", app="Acme Notes", version="1.2.0"),
    status=200,
    expected=2410,
    sent=2410,
    duration=timedelta(milliseconds=1.7),
    offered="offered 1.3.0 to 1.2.0",
)
DOWNLOAD = replace(EXCHANGE, target="/downloads/Acme-Notes-1.3.0-macos.zip", offered="", sent=1_500_000)


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        (
            {},
            "12:04:05  Acme Notes 1.2.0      GET  /appcast.xml              200    2.4 kB     2 ms  "
            "offered 1.3.0 to 1.2.0",
        ),
        (
            {"client": Client(family="curl", family_version="8.5.0"), "offered": "offered 1.3.0"},
            "12:04:05  curl 8.5.0            GET  /appcast.xml              200    2.4 kB     2 ms  offered 1.3.0",
        ),
        (
            {
                "client": Client(),
                "method": "HEAD",
                "target": "/downloads/Acme-Notes-1.3.0-macos.zip",
                "sent": 0,
                "offered": "",
            },
            "12:04:05  unknown               HEAD /downloads/Acme-Notes-1.3.0-macos.zip  200       0 B     2 ms",
        ),
        (
            {"outcome": Outcome.ABORTED, "expected": 1000, "sent": 419, "offered": "", "note": "the client went away"},
            "12:04:05  Acme Notes 1.2.0      GET  /appcast.xml              200     419 B     2 ms  aborted at 41%  "
            "(the client went away)",
        ),
        (
            {"outcome": Outcome.ABORTED, "expected": 1000, "sent": 999, "offered": ""},
            "12:04:05  Acme Notes 1.2.0      GET  /appcast.xml              200     999 B     2 ms  aborted at 99%",
        ),
        (
            {"duration": timedelta(seconds=75.5), "sent": 1_500_000_000, "offered": ""},
            "12:04:05  Acme Notes 1.2.0      GET  /appcast.xml              200    1.5 GB  75500 ms",
        ),
    ],
    ids=["an update client", "a tool", "no client known", "aborted", "almost complete", "slow"],
)
def test_a_request_is_one_line(changed: dict[str, object], line: str) -> None:
    assert exchange_line(replace(EXCHANGE, **changed)) == line  # type: ignore[arg-type]  # a table of fields


def test_a_request_is_one_line_on_a_wide_terminal_and_two_on_a_narrow_one() -> None:
    assert exchange_line(EXCHANGE, 100) == (
        "12:04:05  Acme Notes 1.2.0  GET  /appcast.xml         200    2.4 kB     2 ms  offered 1.3.0 to 1.2.0"
    )
    assert exchange_line(EXCHANGE, 60).split("\n") == [
        "12:04:05  Acme Notes 1.2.0  GET  /appcast.xml            200",
        "          2.4 kB     2 ms  offered 1.3.0 to 1.2.0",
    ]


@pytest.mark.parametrize("width", [60, 72, 80, 99, 100, 119, 120, 200])
def test_the_status_stands_in_one_column_at_every_width(width: int) -> None:
    chinese = replace(EXCHANGE, client=Client(family="Sparkle", app="我的笔记应用程序", version="1.2.0"))
    long = replace(EXCHANGE, target="/api/check?" + "version=1.2.0&" * 20, client=Client(family="x" * 80))

    lines = [exchange_line(one, width).split("\n")[0] for one in (EXCHANGE, DOWNLOAD, chinese, long)]

    assert len({cell_len(line[: line.index("  200")]) for line in lines}) == 1


@pytest.mark.parametrize("width", [60, 80, 100, 200])
def test_no_row_is_wider_than_the_terminal(width: int) -> None:
    aborted = replace(DOWNLOAD, outcome=Outcome.ABORTED, expected=3_000_000, in_force=("slow-3g",), note="it went away")

    rows = [row for one in (EXCHANGE, DOWNLOAD, aborted) for row in exchange_line(one, width).split("\n")]

    assert max(map(cell_len, rows)) <= width


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("/downloads/Acme-Notes-1.3.0-macos.zip", "/down…tes-1.3.0-macos.zip"),
        ("/api/check?app=acmenotes&version=1.2.0", "/api/check?app=acmenotes…"),
    ],
    ids=["a file", "a query"],
)
def test_a_long_target_keeps_what_tells_it_from_others(target: str, shown: str) -> None:
    assert exchange_line(replace(EXCHANGE, target=target), 82).split("GET  ")[1].startswith(f"{shown}  200")
