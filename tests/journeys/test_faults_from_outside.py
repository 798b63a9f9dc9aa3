"""Faults as curl meets them, from a real server, by address: nobody else is disturbed."""

import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.journeys.serving import LIMIT, Serving

Get = Callable[..., "Got"]

WHOLE, CUT, EMPTY, RESET = 0, 18, 52, 56  # what curl exits with


class Got(NamedTuple):
    """What curl got."""

    exit_code: int
    status: str
    body: bytes
    head: str


@pytest.fixture
def get(serve: Callable[..., Serving], notes: Path) -> Get:
    """Serve the folder, and ask with curl for what is below an address: `get("with/corrupt", "--range", "0-9")`."""
    url = serve("--seed", "7").url()

    def ask(below: str, *options: str, path: str = f"downloads/{notes.name}") -> Got:
        command = ["curl", "--silent", "--noproxy", "*", "--max-time", str(LIMIT), "--include", *options]
        done = subprocess.run([*command, f"{url}/{below}/{path}"], check=False, capture_output=True)
        head, _, body = done.stdout.partition(b"\r\n\r\n")
        return Got(done.returncode, head[9:12].decode(), body, head.decode().lower())

    return ask


def test_a_truncated_download_says_its_whole_length_and_ends_early(get: Get, notes: Path) -> None:
    got = get("with/truncate:after=40")

    content = notes.read_bytes()
    assert (got.exit_code, got.body) == (CUT, content[:40])
    assert f"content-length: {len(content)}" in got.head
    assert "x-ota-dev-fault: truncate:after=40" in got.head


@pytest.mark.parametrize(
    ("fault", "exit_code"),
    [("reset", RESET), ("down", RESET), ("empty-response", EMPTY), ("truncate", CUT), ("no-range", WHOLE)],
)
def test_a_connection_ends_as_the_fault_says(get: Get, fault: str, exit_code: int) -> None:
    assert get(f"with/{fault}").exit_code == exit_code


def test_an_unavailable_feed_says_when_to_come_back_and_heals(get: Get) -> None:
    below = "with/status:code=503,retry_after=3s,times=1"

    first = get(below, path="appcast.xml")
    second = get(below, path="appcast.xml")

    assert (first.exit_code, first.status) == (WHOLE, "503")
    assert "retry-after: 3" in first.head.splitlines()
    assert (second.exit_code, second.status) == (WHOLE, "200")


def test_corrupt_bytes_are_the_same_as_a_whole_and_by_range(get: Get, notes: Path) -> None:
    content = notes.read_bytes()

    whole = get("with/corrupt").body
    half = len(content) // 2
    parts = get("with/corrupt", "--range", f"0-{half - 1}").body + get("with/corrupt", "--range", f"{half}-").body

    assert parts == whole
    assert len(whole) == len(content)
    assert sum(ours != theirs for ours, theirs in zip(whole, content, strict=True)) == 16


def test_whoever_asks_elsewhere_is_not_disturbed(get: Get, notes: Path) -> None:
    content = notes.read_bytes()
    below = ["with/truncate:after=10", "with/corrupt", "with/reset:after=20", "with/normal"]

    with ThreadPoolExecutor(8) as pool:
        rounds = [list(pool.map(get, below * 2)) for _ in range(3)]

    for cut, corrupt, reset, normal in (each[start : start + 4] for each in rounds for start in (0, 4)):
        assert (cut.exit_code, cut.body) == (CUT, content[:10])
        assert (corrupt.exit_code, len(corrupt.body)) == (WHOLE, len(content))
        assert corrupt.body != content
        assert (reset.exit_code, reset.body) == (RESET, content[:20])
        assert (normal.exit_code, normal.body) == (WHOLE, content)


def test_faults_that_count_count_for_each_address_alone(get: Get) -> None:
    def statuses(below: str) -> list[str]:
        return [get(below, path="appcast.xml").status for _ in range(3)]

    with ThreadPoolExecutor(2) as pool:
        once, twice = pool.map(statuses, ["with/status:times=1", "with/status:times=2"])

    assert once == ["503", "200", "200"]
    assert twice == ["503", "503", "200"]


def test_links_in_the_feed_stay_under_its_address(get: Get, notes: Path) -> None:
    feed = get("with/corrupt", path="appcast.xml").body.decode()

    assert f"/with/corrupt/downloads/{notes.name}" in feed
