"""The README says the same in both languages, and of each client what the dashboard says."""

import re

import pytest

from docs.making.blocks import blocks
from docs.making.pages import ROOT, headings, links
from ota_dev.client_setup import ClientSetup, Step, Target, client_setups
from ota_dev.translations import Translations

BOTH = ENGLISH, CHINESE = ROOT / "README.md", ROOT / "README.zh-CN.md"
TEXTS = Translations.of("en")
SETUPS = client_setups(Target(server_url="http://127.0.0.1:8080"))


def test_both_languages_have_the_same_code() -> None:
    english, chinese = ([(each.language, each.text, each.runs_as) for each in blocks(page)] for page in BOTH)

    assert chinese == english


def test_both_languages_link_to_the_same_and_to_each_other() -> None:
    english, chinese = (list(links(page)) for page in BOTH)

    assert english[0] == CHINESE.name
    assert chinese[0] == ENGLISH.name
    assert sorted(set(chinese[1:])) == sorted(set(english[1:]))


def test_both_languages_have_as_many_sections() -> None:
    assert len(headings(CHINESE)) == len(headings(ENGLISH))


def test_both_languages_name_the_same_first_in_every_table() -> None:
    english, chinese = (re.findall(r"^\| (`[^|]+`) \|", page.read_text("utf-8"), re.MULTILINE) for page in BOTH)

    assert english
    assert chinese == english


@pytest.mark.parametrize("setup", SETUPS, ids=lambda setup: setup.client)
def test_a_client_is_pointed_here_as_the_dashboard_says(setup: ClientSetup) -> None:
    row = re.search(rf"^\| \[{TEXTS.text(setup.title).split()[0]}\]\(.*$", ENGLISH.read_text("utf-8"), re.MULTILINE)

    assert row, "add it to the table of clients in README.md"
    addresses = [code for code in re.findall(r"`([^`]+)`", row[0]) if "127.0.0.1" in code]
    assert addresses
    assert all(code in whole(setup) for code in addresses)


def whole(setup: ClientSetup) -> str:
    return "\n".join([setup.feed_url, *map(said, setup.steps)])


def said(step: Step) -> str:
    return f"{step.said(TEXTS)}\n{step.snippet.text if step.snippet else ''}"
