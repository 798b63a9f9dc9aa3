"""The generated parts of the reference are what ota-dev says of itself now."""

from pathlib import Path

import pytest

from docs.making.pages import DOCS
from docs.making.reference.markdown import names_of_parts, plain, table, with_part
from docs.making.reference.parts import GENERATED_PAGES, PARTS, rewritten
from ota_dev.cli.app import COMMANDS, build_command


@pytest.mark.parametrize("page", GENERATED_PAGES, ids=lambda page: page.stem)
def test_a_page_of_the_reference_is_what_would_be_written_now(page: Path) -> None:
    assert page.read_text("utf-8") == rewritten(page), "write it anew: python -m docs.making.reference"


def test_every_generated_part_has_one_place() -> None:
    placed = [name for page in GENERATED_PAGES for name in names_of_parts(page.read_text("utf-8"))]

    assert sorted(placed) == sorted(PARTS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_of_a_command_is_in_the_reference(command: str) -> None:
    page = (DOCS / "reference" / "commands.md").read_text("utf-8")
    section = page.partition(f"## `ota-dev {command}`\n")[2].partition("\n## ")[0]

    built = build_command(command)
    options = [each for one in (built, *getattr(built, "commands", {}).values()) for each in one.params]
    assert section
    assert all(f"`{each.opts[0]}`" in section for each in options if each.param_type_name == "option")


def test_a_part_is_put_between_its_marks_and_all_else_stays() -> None:
    page = "before\n<!-- generated: a -->\nold\n<!-- end of generated: a -->\nafter\n"

    again = with_part(page, "a", "new")

    assert again == "before\n<!-- generated: a -->\n\nnew\n\n<!-- end of generated: a -->\nafter\n"
    assert with_part(again, "a", "new") == again


def test_what_a_cell_holds_cannot_end_it() -> None:
    assert table(["a", "b"], [["x|y", "two\nlines"]]) == "| a | b |\n|---|---|\n| x\\|y | two lines |\n"


def test_a_table_without_rows_is_left_out() -> None:
    assert table(["a"], []) == ""


def test_text_is_no_markup() -> None:
    assert plain("<b> *b* [a] c_d") == r"\<b> \*b\* [a] c_d"
