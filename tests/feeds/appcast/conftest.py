"""Feeds that others wrote, and a reader of feeds that is not ours."""

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest


def parse_feed(feed: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(feed)  # noqa: S314  # the feed is ours


@pytest.fixture(scope="session")
def parse() -> Callable[[bytes], ElementTree.Element]:
    return parse_feed


OUTSIDE = Path(__file__).parent / "outside"
OUTSIDE_FEEDS = tuple(sorted(path.stem for path in OUTSIDE.glob("*.xml")))


def read_outside(style: str) -> bytes:
    """Give a feed in the style of another tool, with plain line feeds however it was checked out."""
    return (OUTSIDE / f"{style}.xml").read_bytes().replace(b"\r\n", b"\n")


@pytest.fixture(scope="session")
def outside() -> Callable[[str], bytes]:
    return read_outside


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for `any_outside` with every feed in `outside/`."""
    if "any_outside" in metafunc.fixturenames:
        metafunc.parametrize("any_outside", [read_outside(style) for style in OUTSIDE_FEEDS], ids=OUTSIDE_FEEDS)
