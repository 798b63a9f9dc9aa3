"""What the journal and the simulated clients say, in the language of the page."""

import ast
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.dashboard.sentences import Area, translated
from ota_dev.translations import Translations

SAID = {
    "offered 1.3.0 to 1.2.0": "向 1.2.0 提供 1.3.0",
    "offered 1.3.0": "提供 1.3.0",
    "nothing newer than 1.3.0": "没有比 1.3.0 更新的版本",
    "nothing on offer": "当前没有提供任何更新",
    "nothing on offer for linux on arm64": "没有适用于 linux（arm64）的更新",
    "asked the feed: offered 1.3.0 to 1.2.0": "请求更新源：向 1.2.0 提供 1.3.0",
    "asked again: not changed since, nothing newer than 1.3.0": "再次请求更新源：此后没有变化，没有比 1.3.0 更新的版本",
    "fetched the notes again": "再次获取了更新说明",
    "asked for Acme.dmg: answered 503": "请求 Acme.dmg：响应 503",
    "downloaded Acme.dmg": "下载了 Acme.dmg",
    "downloaded Copy of Acme.dmg": "下载了 Copy of Acme.dmg",
    "downloaded 41 % of Acme.dmg, then the client went away": "下载了 Acme.dmg 的 41 %，随后客户端断开了连接",
    "came back for Acme.dmg at 41 % and finished it": "从 41 % 处继续下载 Acme.dmg 并完成",
    "came back for Acme.dmg at 41 % and got to 60 %": "从 41 % 处继续下载 Acme.dmg，到 60 %",
    "1 s late by fault, cut after 40% by fault": "故障使其延迟 1 秒，故障使其在 40% 处截断",
    "There is no installer Acme.dmg on offer.": "没有提供安装包 Acme.dmg。",
    "There is no installer Acme.dmg on offer, cut short": "没有提供安装包 Acme.dmg。，被截断",
}


@pytest.mark.parametrize(("sentence", "said"), SAID.items(), ids=SAID)
def test_a_sentence_of_the_journal_is_said_in_chinese(sentence: str, said: str) -> None:
    assert translated(sentence, "zh") == said


@given(st.text())
def test_in_english_every_sentence_stays_as_it_is(sentence: str) -> None:
    assert translated(sentence, "en") == sentence


@given(st.text(alphabet="abcXYZ<>&{}[]()*+?\\.,: %", max_size=60))
def test_what_has_no_known_form_stays_as_it_is(sentence: str) -> None:
    assert translated(f"@{sentence}", "zh") == f"@{sentence}"


@pytest.mark.parametrize("hostile", ["{version}", "{0.__class__}", "\\1", "<b>", "offered " * 400])
def test_what_a_client_says_is_a_value_and_never_a_form(hostile: str) -> None:
    assert hostile in translated(f"offered {hostile}", "zh")


@pytest.mark.parametrize("area", get_args(Area))
def test_every_english_form_is_found_again(area: Area) -> None:
    forms = {key: re.sub("[{}]", "", text) for key, text in Translations.of("en").area(area).items()}

    assert [key for key, text in forms.items() if translated(text, "zh", area) == text] == []


REASONS = {
    "is older than the installed 1.3.0": "比已安装的 1.3.0 旧",
    "is older than 1.3.0": "比 1.3.0 旧",
    "is installed; 1300 counts, not 1.3.0": "已经安装；以 1300 为准，而不是 1.3.0",
    "needs macOS 15 or newer, and this is 14.2": "需要 macOS 15 或更新的系统，而这里是 14.2",
}
CLIENTS = Path(str(files("ota_dev.simulated_client")))
BEGINNING = re.compile(r"(is|has|needs|belongs|reaches|stands|passes)\b ?")  # of what is said of an item


@pytest.mark.parametrize(("reason", "said"), REASONS.items(), ids=REASONS)
def test_why_a_client_offers_something_is_said_in_chinese(reason: str, said: str) -> None:
    assert translated(reason, "zh", "reasons") == said


@pytest.mark.parametrize(
    "path", [*CLIENTS.glob("*/rules.py"), CLIENTS / "selection.py"], ids=lambda path: str(path)[-30:]
)
def test_every_reason_that_a_client_has_is_said_in_chinese(path: Path) -> None:
    reasons = [text for text in texts_in(path) if BEGINNING.match(text)]

    assert reasons
    assert [reason for reason in reasons if translated(reason, "zh", "reasons") == reason] == []


def texts_in(path: Path) -> Iterator[str]:
    """Give the texts in a module, with a word in the place of each value, but for its documentation and for parts."""
    tree = ast.parse(path.read_text("utf-8"))
    for part in ast.walk(tree):
        if isinstance(part, ast.JoinedStr):
            yield "".join(str(each.value) if isinstance(each, ast.Constant) else "x" for each in part.values)
        elif isinstance(part, ast.Constant) and isinstance(part.value, str) and not part.value.endswith((".", " ")):
            yield part.value
