"""Several questions at once, none of which can hold up the rest."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from ota_dev.diagnosis import Fact, examine, without_home
from ota_dev.errors import SigningError

HOME = Path("/home/ada")
SOON = timedelta(seconds=0.1)
LATE = timedelta(seconds=10)


def failing(error: Exception) -> Iterator[Fact]:
    yield Fact(name="before", value="known")
    raise error


def test_what_each_probe_finds_stands_under_its_title_in_order() -> None:
    sections = examine(
        {"b": lambda: [Fact(name="one", value="1")], "a": lambda: [Fact(name="two", value="2", problem="too few")]},
        HOME,
        LATE,
    )

    assert [(section.title, section.facts[0].value, section.problems) for section in sections] == [
        ("b", "1", ()),
        ("a", "2", ("too few",)),
    ]


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (SigningError("the key cannot be read"), "keys: the key cannot be read"),
        (ZeroDivisionError("division by zero"), "keys: ZeroDivisionError: division by zero"),
    ],
    ids=["an error of ours", "a mistake of ours"],
)
def test_a_probe_that_fails_is_a_problem_and_the_rest_is_told(error: Exception, problem: str) -> None:
    broken, sound = examine(
        {"keys": lambda: failing(error), "system": lambda: [Fact(name="system", value="Linux")]}, HOME, LATE
    )

    assert broken.problems == (problem,)
    assert sound.facts == (Fact(name="system", value="Linux"),)


def test_a_probe_that_hangs_is_left_behind() -> None:
    over = threading.Event()

    def hang() -> list[Fact]:
        over.wait(10)
        return []

    [section] = examine({"folders": hang}, HOME, SOON)
    over.set()

    assert section.problems == ("folders: no answer came in time: something hangs, such as a network drive",)


@pytest.mark.parametrize(
    ("home", "text", "shown"),
    [
        ("/home/ada", "/home/ada/.cache/ota-dev, writable", "~/.cache/ota-dev, writable"),
        ("/home/ada", "/home/ada, writable", "~, writable"),
        ("/home/ada", "/home/adam/.cache", "/home/adam/.cache"),
        ("/Users/ada", "/users/Ada/Library", "~/Library"),
        ("/", "/etc/hosts", "/etc/hosts"),
    ],
    ids=["below", "itself", "another user's", "where case does not matter", "a user without a home"],
)
def test_the_home_folder_is_not_told(home: str, text: str, shown: str) -> None:
    masked = without_home(Fact(name="cache", value=text, problem=text), Path(home))

    assert (masked.value, masked.problem) == (shown, shown)
