"""The version of last resort."""

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.catalog.facts import Facts
from ota_dev.errors import ConfigurationError
from ota_dev.scan.version_file import find_version_file, read_version_file

Put = Callable[..., Path]


def test_a_version_file_in_the_folder_is_found(dist: Path, put: Put) -> None:
    path = put("VERSION", "1.3.0")
    (dist.parent / "VERSION").write_text("9.9.9")

    assert find_version_file(dist) == path


def test_a_version_file_beside_the_folder_is_found(dist: Path) -> None:
    (dist.parent / "VERSION").write_text("1.3.0")

    assert find_version_file(dist) == dist.parent / "VERSION"


def test_a_version_file_beside_the_folder_is_found_from_within(dist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (dist.parent / "VERSION").write_text("1.3.0")
    monkeypatch.chdir(dist)

    assert find_version_file(Path()) == dist.parent / "VERSION"


def test_a_folder_of_that_name_is_no_version_file(dist: Path) -> None:
    (dist / "VERSION").mkdir()

    assert find_version_file(dist) is None


@pytest.mark.parametrize(
    "content",
    ["1.3.0", "1.3.0\n", "v1.3.0\r\n", "  1.3.0  \nreleased on a Monday\n", "\ufeff1.3.0\n"],
    ids=["bare", "with a newline", "with a v", "with more lines", "with a byte order mark"],
)
def test_the_version_stands_alone_in_the_first_line(put: Put, content: str) -> None:
    facts = read_version_file(put("VERSION", content))

    assert facts == Facts.read_from("VERSION", short_version="1.3.0")


@pytest.mark.parametrize("version", ["7", "1.0.0-beta.2", "2024.1.15+g1a2b3c", "1.3.0rc1"])
def test_a_version_may_have_any_usual_form(put: Put, version: str) -> None:
    assert read_version_file(put("VERSION", version)).short_version == version


@pytest.mark.parametrize("content", ["", "\n1.3.0", "version = 1.3.0", "Acme 1.3.0", "1" * 101, "1.3.0\x1b[2J"])
def test_a_first_line_that_is_no_version_is_named(put: Put, content: str) -> None:
    path = put("VERSION", content)

    with pytest.raises(ConfigurationError) as raised:
        read_version_file(path)

    shown = content.partition("\n")[0][:40]
    assert str(raised.value) == f"{path}, line 1: {shown!r} is no version, write one such as 1.3.0"


def test_a_line_without_end_is_not_read_whole(put: Put) -> None:
    path = put("VERSION", "1" * 4_000_000)
    tracemalloc.start()

    with pytest.raises(ConfigurationError):
        read_version_file(path)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000


def test_a_version_file_that_is_no_text_is_named(put: Put) -> None:
    path = put("VERSION", b"\xff\xfe1\x00")

    with pytest.raises(ConfigurationError) as raised:
        read_version_file(path)

    assert str(raised.value) == f"{path} is no text: write a version such as 1.3.0 into it"


def test_a_version_file_that_cannot_be_read_is_named_with_the_reason(dist: Path) -> None:
    with pytest.raises(ConfigurationError) as raised:
        read_version_file(dist / "missing")

    assert str(raised.value) == f"{dist / 'missing'} cannot be read (No such file or directory): make it readable"
