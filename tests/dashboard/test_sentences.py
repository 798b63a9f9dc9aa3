"""What the journal says, in the language of the page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.dashboard.sentences import translated
from ota_dev.translations import Translations

SAID = {
    "offered 1.3.0 to 1.2.0": "向 1.2.0 提供 1.3.0",
    "offered 1.3.0": "提供 1.3.0",
    "nothing newer than 1.3.0": "没有比 1.3.0 更新的版本",
    "nothing on offer": "当前没有提供任何更新",
    "nothing on offer for linux on arm64": "没有适用于 linux（arm64）的更新",
    "asked the feed: offered 1.3.0 to 1.2.0": "请求更新源：向 1.2.0 提供 1.3.0",
    "asked again: not changed since, nothing newer than 1.3.0": "再次请求更新源：此后没有变化，没有比 1.3.0 更新的版本",
    "fetched the notes again": "再次获取了发行说明",
    "asked for Acme.dmg: answered 503": "请求 Acme.dmg：响应 503",
    "downloaded Acme.dmg": "下载了 Acme.dmg",
    "downloaded Copy of Acme.dmg": "下载了 Copy of Acme.dmg",
    "downloaded 41 % of Acme.dmg, then the client went away": "下载了 Acme.dmg 的 41 %，随后客户端断开了连接",
    "came back for Acme.dmg at 41 % and finished it": "从 41 % 处继续下载 Acme.dmg 并完成",
    "came back for Acme.dmg at 41 % and got to 60 %": "从 41 % 处继续下载 Acme.dmg，到 60 %",
    "1 s late by fault, cut after 40% by fault": "故障使其延迟 1 秒, 故障使其在 40% 处截断",
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


def test_every_english_form_is_found_again() -> None:
    forms = Translations.of("en").area("journal")

    same = [key for key, text in forms.items() if translated(text.replace("{", "").replace("}", ""), "zh") == text]

    assert same == []
