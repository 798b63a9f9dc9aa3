"""Lines are folded where one would fold them."""

import pytest
from rich.cells import cell_len

from ota_dev.cli.serving.folding import fit, fit_name, fit_target, fold, fold_cells, shorten


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        ("it all fits", ["it all fits"]),
        (
            "  unsigned  there are no signatures at all here",
            ["  unsigned  there are no signatures", "            at all here"],
        ),
        ("! the zip is not on offer: it is cut short", ["! the zip is not on offer: it is cut", "  short"]),
        (
            "fault     latency  Every answer begins late",
            ["fault     latency  Every answer", "                   begins late"],
        ),
        ("  one       " + "x" * 40, ["  one", "            " + "x" * 40]),
    ],
    ids=["short", "labelled", "a sentence", "a table", "a long word"],
)
def test_a_line_goes_on_below_the_beginning_of_its_sentence(line: str, rows: list[str]) -> None:
    assert fold(line, 36).split("\n") == rows


def test_a_command_that_ends_with_an_address_can_be_copied_as_a_whole() -> None:
    command = "  Sparkle   defaults write BUNDLE-ID SUFeedURL http://127.0.0.1:8080/appcast.xml"

    assert fold(command, 40) == command


def test_what_is_folded_already_stays_so() -> None:
    assert fold("12:04:05  200\n          2.4 kB", 40) == "12:04:05  200\n          2.4 kB"


def test_cells_that_find_no_place_go_below() -> None:
    assert fold_cells(["12:04:05", "200", "  2.4 kB", "offered 1.3.0"], 20, 10).split("\n") == [
        "12:04:05  200",
        "          2.4 kB",
        "          offered 1.3.0",
    ]


@pytest.mark.parametrize("text", ["Acme", "Acme Notes Professional", "我的笔记应用程序", "笔记a记笔记笔"])
@pytest.mark.parametrize("width", [8, 9])
def test_a_column_is_as_wide_as_it_is_told(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width
    assert cell_len(fit_target(f"/{text}?a=b", width)) == width
    assert cell_len(shorten(text, width)) <= width


CHINESE = "  其他      使用同一地址，方法见 u 键或仪表板，“请看”这里的 status 码。按 h=帮助 可查看全部"


@pytest.mark.parametrize("width", range(30, 100))
def test_chinese_is_folded_between_any_two_characters_but_not_before_a_stop(width: int) -> None:
    first, *others = fold(CHINESE, width).split("\n")

    assert max(cell_len(row) for row in (first, *others)) <= width
    assert all(row.startswith(" " * 12) and row[12] not in "，。”= " for row in others)
    assert not any(row.endswith(("“", "=")) for row in (first, *others))
    assert "".join((first, *others)).replace(" ", "") == CHINESE.replace(" ", "")


def test_a_sentence_around_an_address_is_folded() -> None:
    assert fold("  提示      访问 http://127.0.0.1:8080/api；会显示它得到的回答", 50).split("\n") == [
        "  提示      访问 http://127.0.0.1:8080/api；会显示",
        "            它得到的回答",
    ]


@pytest.mark.parametrize(
    "name", ["a.dmg", "我的笔记-1.3.0.dmg", "笔记" * 40 + "-arm64.dmg", "Acme-Notes" * 9 + "-arm64.dmg"]
)
@pytest.mark.parametrize("width", [1, 2, 12, 13, 31, 32])
def test_the_name_of_a_file_is_as_wide_as_it_is_told_and_keeps_its_ending(name: str, width: int) -> None:
    shown = fit_name(name, width)

    assert cell_len(shown) == width
    assert width < 12 or shown.rstrip().endswith(".dmg")
