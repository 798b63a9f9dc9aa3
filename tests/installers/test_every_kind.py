"""What holds for installers of every kind."""

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from ota_dev.catalog.facts import Facts
from ota_dev.errors import IncompleteInstallerError, InstallerError
from ota_dev.installers.reading import FORMATS, read_installer
from tests.installers.recipes.every_kind import EVERY_KIND, Sample

Make = Callable[..., Path]

BALLAST = 50_000  # bytes; what is cut must be more than padding
COPIES = 1000  # of each sample; the tests of single formats have more


@pytest.fixture
def make(build: Callable[..., Path]) -> Make:
    """Make the sample of this name, once for all tests."""
    return lambda name, **options: build(EVERY_KIND[name].recipe, **EVERY_KIND[name].options, **options)


@pytest.mark.parametrize(("name", "sample"), EVERY_KIND.items(), ids=EVERY_KIND)
def test_everything_it_says_is_read_whatever_its_name(make: Make, name: str, sample: Sample) -> None:
    facts = read_installer(make(name))

    assert {field: _as_json(value) for field, value in facts.known().items()} == sample.truth
    assert facts.sources.keys() == sample.truth.keys()
    assert facts.warnings == ()


def test_there_is_a_sample_for_every_format(make: Make) -> None:
    heads_and_ends = [(data[:4096], data[-4096:]) for data in (make(name).read_bytes() for name in EVERY_KIND)]

    for known in FORMATS:
        assert any(known.recognises(head) or known.recognises_end(end) for head, end in heads_and_ends), known.name


@pytest.mark.parametrize("name", EVERY_KIND)
def test_one_that_is_cut_in_half_is_incomplete(make: Make, tmp_path: Path, name: str) -> None:
    whole = make(name, ballast=BALLAST).read_bytes()
    (tmp_path / name).write_bytes(whole[: len(whole) // 2])

    with pytest.raises(IncompleteInstallerError, match="cut short"):
        read_installer(tmp_path / name)


@pytest.mark.parametrize("name", [name for name, sample in EVERY_KIND.items() if sample.shows_last_byte])
def test_one_without_its_last_byte_is_incomplete_where_the_format_shows_it(
    make: Make, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(make(name, ballast=BALLAST).read_bytes()[:-1])

    with pytest.raises(IncompleteInstallerError, match="cut short"):
        read_installer(tmp_path / name)


@pytest.mark.parametrize("name", EVERY_KIND)
def test_reading_one_changes_nothing_on_disk(make: Make, tmp_path: Path, name: str) -> None:
    shutil.copy(make(name), tmp_path / name)
    before = (tmp_path / name).read_bytes()

    read_installer(tmp_path / name)

    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_bytes() == before


@pytest.mark.parametrize("name", EVERY_KIND)
def test_every_damaged_copy_ends_in_facts_or_a_reason(
    make: Make, tmp_path: Path, survives_damage: Callable[..., Counter[type]], name: str
) -> None:
    path = tmp_path / name

    def read(file: BinaryIO) -> Facts:
        path.write_bytes(file.read())
        return read_installer(path)

    outcomes = survives_damage(read, make(name).read_bytes(), copies=COPIES)

    assert outcomes.keys() == {Facts, InstallerError, IncompleteInstallerError}, outcomes


def _as_json(value: object) -> object:
    return list(map(str, value)) if isinstance(value, tuple) else value
