"""What `docs/reference/installers.md` says is so."""

import re
import shutil
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest

from ota_dev.catalog import package_kinds
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.cli.app import run
from ota_dev.installers.reading import FORMATS
from tests.installers.recipes.disk_image import hfs_plus_image
from tests.installers.recipes.every_kind import EVERY_KIND

TEXT = (Path(__file__).parents[2] / "docs" / "reference" / "installers.md").read_text("utf-8")
ALWAYS = {"version", "short_version", "platform"}


class Row(NamedTuple):
    """One row of the table of kinds."""

    endings: str
    format: str
    says: str
    where: str
    read: str

    @property
    def kinds(self) -> set[PackageKind]:
        return {found[0] for ending in quoted(self.endings) if (found := PackageKind.of_file(f"Acme{ending}"))}


def rows(heading: str) -> list[list[str]]:
    """Give the cells of each row of the table that begins with *heading*."""
    lines = TEXT[TEXT.index(f"| {heading} |") :].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


KINDS = [Row(*cells) for cells in rows("endings")]


def test_every_format_has_its_place_in_the_table() -> None:
    assert {row.format for row in KINDS} == {known.name for known in FORMATS}


def test_every_ending_of_an_installer_is_in_the_table_once() -> None:
    endings = [ending for row in KINDS for ending in quoted(row.endings)]

    assert sorted(endings) == sorted(package_kinds._BY_SUFFIX)


@pytest.mark.parametrize("row", KINDS, ids=lambda row: row.endings)
def test_the_facts_in_the_table_are_those_that_are_read(row: Row) -> None:
    samples = [sample for name, sample in EVERY_KIND.items() if PackageKind.of_file(name)[0] in row.kinds]  # type: ignore[index]

    assert samples
    assert set(row.says.split(", ")) == {field for sample in samples for field in sample.truth} - ALWAYS


@pytest.mark.parametrize(("bound", "value", "constant"), rows("bound"), ids=lambda cell: cell)
def test_each_bound_is_that_of_the_code(bound: str, value: str, constant: str) -> None:
    module, _, name = constant.strip("`").rpartition(".")

    assert getattr(import_module(f"ota_dev.installers.{module}"), name) == number(value), bound


def number(text: str) -> int:
    amount, _, unit = text.replace(",", "").partition(" ")
    return int(amount) * {"": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}[unit]


def test_the_example_is_what_inspect_prints(
    build: Callable[..., Path], dist: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(build(hfs_plus_image), dist / "Acme-Notes-1.4.0.dmg")
    monkeypatch.chdir(dist.parent)

    with pytest.raises(SystemExit):
        run(["inspect", "dist/Acme-Notes-1.4.0.dmg"])

    assert f"$ ota-dev inspect dist/Acme-Notes-1.4.0.dmg\n{capfd.readouterr().out}```\n" in TEXT
