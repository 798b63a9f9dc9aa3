"""What the pages tell people to type is typed, and does what they say."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from docs.making.blocks import Block, blocks
from docs.making.pages import ROOT, code_in_sentences, pages
from ota_dev.cli.app import COMMANDS, build_command
from ota_dev.demo import make_demo_folder
from tests.docs.reader import Reader, pattern, sessions
from tests.installers.recipes.disk_image import hfs_plus_image

BELONGINGS = Path(__file__).parent / "belongings"  # files that a reader of every page has, and of one page
RUN = {"sh", "console", "python"}  # the languages of what people type
BLOCKS = [block for page in pages() for block in blocks(page)]
TYPED = [block for block in BLOCKS if block.file or (block.language in RUN and not block.is_marked)]
COMMAND = re.compile(rf"^(\$ )?(ota-dev ({'|'.join(COMMANDS)})|curl|python3?) ", re.MULTILINE)
SERVED = {  # what the server that a page speaks of is told; else it serves dist/
    "first-look": ("--demo",),
    **dict.fromkeys(("sparkle", "winsparkle", "netsparkle", "hand-written"), ("--demo",)),
    "proven-update": ("--dir", "releases", "--key", "test.key"),
}
RUN_ELSEWHERE = {
    "demo": ".ci/run",
    "tests": ".ci/run",
    "test_updates.py": "tests/test_pytest_plugin.py",
    "check": "tests/journeys/test_json_api_document.py",
    "inspect": "tests/installers/test_documentation.py",
    "answer": "tests/journeys/test_json_api_document.py",
    "nginx": "tests/journeys/test_static_host.py",
    "ota-dev.yaml": "tests/config/test_documents.py",
    "sidecar": "tests/config/test_documents.py",
}


def place(block: Block) -> str:
    return f"{block.page.relative_to(ROOT).as_posix()}:{block.line}"


@pytest.fixture
def page(request: pytest.FixtureRequest) -> Path:
    """Give the page that a test is about; a test of none reads the README."""
    return getattr(request, "param", ROOT / "README.md")


@pytest.fixture
def reader(tmp_path: Path, dist: Path, build: Callable[..., Path], page: Path) -> Iterator[Reader]:
    """Give a reader who has releases of Acme Notes, a checkout, and what else the pages take for granted."""
    make_demo_folder(dist)
    shutil.copy(build(hfs_plus_image), dist / "Acme-Notes-1.3.0.dmg")
    (dist / "Acme-Notes-1.3.0.dmg.yaml").write_text("app: Acme Notes\n")
    (dist / "Acme-Notes-2.0.dmg").write_bytes(bytes(7311))
    (tmp_path / "ota-dev").symlink_to(ROOT)
    reader = Reader(tmp_path, SERVED.get(page.stem, ()))
    yield reader
    reader.close()


@pytest.mark.parametrize("page", sorted({block.page for block in TYPED}), ids=lambda page: page.stem, indirect=True)
def test_a_page_can_be_followed_from_top_to_bottom(reader: Reader, page: Path) -> None:
    for belongings in (BELONGINGS / "every-page", BELONGINGS / page.stem):
        if belongings.is_dir():
            shutil.copytree(belongings, reader.folder, dirs_exist_ok=True)

    for block in TYPED:
        if block.page == page:
            reader.follow(block)


@pytest.mark.parametrize("block", [block for block in BLOCKS if block.runs_as], ids=place)
def test_what_is_run_elsewhere_is_run_there(block: Block) -> None:
    text = (ROOT / RUN_ELSEWHERE[block.runs_as]).read_text("utf-8")

    assert block.runs_as in text


@pytest.mark.parametrize("page", sorted({block.page for block in BLOCKS}), ids=lambda page: page.stem)
def test_what_people_type_is_written_so_that_it_is_run(page: Path) -> None:
    others = [block for block in BLOCKS if block.page == page and block.language not in RUN and not block.is_marked]

    typed = [place(block) for block in others if COMMAND.search(block.text)]
    assert not typed, "write it as sh, console or python, or say why it cannot be run"


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_what_a_sentence_says_to_type_exists(page: Path) -> None:
    for code in code_in_sentences(page):
        if said := re.match(r"ota-dev ([a-z][a-z-]*)(.*)", code):
            known = options(build_command(said[1]))
            assert set(re.findall(r"(?<![\w-])--[a-z][a-z0-9-]*", said[2])) <= known, code


def options(command: Any) -> set[str]:
    """Name the options of a command, and of those below it."""
    below = (options(each) for each in getattr(command, "commands", {}).values())
    return {name for parameter in command.params for name in parameter.opts}.union(*below, {"--help"})


FAILING = {
    "a command that fails": ("sh", "ota-dev inspect gone.dmg"),
    "a command that there is not": ("sh", "ota-dev inspekt"),
    "a server that does not start": ("sh", "ota-dev serve --scenario no-updates"),
    "another output": ("console", "$ ota-dev compare 1.0 1.1\nthey are the same"),
    "an error in Python": ("python", "import acme_notes_of_old"),
    "a test that fails": ("python", "def test_app():\n    assert False"),
}


@pytest.mark.parametrize(("language", "text"), FAILING.values(), ids=FAILING)
def test_a_block_that_does_not_work_is_noticed(reader: Reader, language: str, text: str) -> None:
    with pytest.raises(AssertionError):
        reader.follow(Block(page=ROOT / "README.md", line=1, language=language, text=text))


def test_marks_are_read(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "<!-- runs: it -->\n```sh\na\n```\n\n<!-- not run: a Mac -->\n\n```sh\nb\n```\n\n```sh\nc\n```\n\n    d\n\n"
        "<!-- saved as: e.py -->\n```python\ne\n```\n"
    )

    found = blocks(page)

    assert [(each.text, each.line, each.runs_as, each.reason, each.file) for each in found] == [
        ("a\n", 2, "it", "", ""),
        ("b\n", 8, "", "a Mac", ""),
        ("c\n", 12, "", "", ""),
        ("d\n", 16, "", "", ""),
        ("e\n", 19, "", "", "e.py"),
    ]


def test_a_session_is_commands_and_what_they_printed() -> None:
    assert sessions("$ a\n1\n2\n$ b\n$ c\n3") == [("a", "1\n2\n"), ("b", ""), ("c", "3")]


def test_an_ellipsis_stands_for_anything() -> None:
    assert re.fullmatch(pattern("a (…) b\n...\nc"), "a (1) b\n2\n3\nc")
    assert not re.fullmatch(pattern("a.b"), "a-b")
