"""The sample app of `--demo`."""

import os
import subprocess
from pathlib import Path

import pytest

from ota_dev.catalog.targets import Platform
from ota_dev.demo import APP, make_demo_folder
from ota_dev.publishing import Publication, Publisher
from ota_dev.store import Store


@pytest.fixture
def demo(dist: Path) -> Publication:
    """Publish the folder of the demo as it would be served."""
    make_demo_folder(dist)
    return Publisher.of_folder(dist, Store.nowhere()).publish()


def test_the_demo_is_one_app_in_two_versions(demo: Publication) -> None:
    (app,) = demo.catalog.apps

    assert app.name == APP
    assert [release.short_version.text for release in app.releases] == ["1.3.0", "1.2.0"]


def test_the_newest_version_of_the_demo_is_there_for_every_system(demo: Publication) -> None:
    newest, older = demo.catalog.apps[0].releases

    assert [artifact.platform for artifact in newest.artifacts] == [Platform.MACOS, Platform.WINDOWS, Platform.LINUX]
    assert [artifact.platform for artifact in older.artifacts] == [Platform.MACOS]


def test_the_demo_has_nothing_to_complain_about(demo: Publication) -> None:
    assert (demo.skipped, demo.notices, demo.other_files) == ((), (), 0)


def test_the_facts_of_the_demo_for_macos_come_from_inside(demo: Publication) -> None:
    sources = {a.facts.sources["short_version"] for a in demo.catalog if a.platform is Platform.MACOS}

    assert sources == {"Info.plist"}


def test_the_demo_is_the_same_every_time(dist: Path, tmp_path: Path) -> None:
    make_demo_folder(dist)
    (tmp_path / "again").mkdir()
    make_demo_folder(tmp_path / "again")

    assert {path.name: path.read_bytes() for path in dist.iterdir()} == {
        path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()
    }


def test_the_archives_of_the_demo_are_unpacked_by_the_usual_tools(dist: Path, tmp_path: Path) -> None:
    make_demo_folder(dist)

    for path in dist.glob("*.zip"):
        subprocess.run(["unzip", "-q", "-o", path, "-d", tmp_path / path.stem], check=True)
    for path in dist.glob("*.tar.gz"):
        subprocess.run(["tar", "-x", "-z", "-f", path, "-C", tmp_path], check=True)

    program = tmp_path / "Acme-Notes-1.3.0-macos" / f"{APP}.app" / "Contents" / "MacOS" / APP
    assert os.access(program, os.X_OK)
    assert subprocess.run([program], check=True, capture_output=True).stdout == b"Acme Notes 1.3.0, a demo\n"
    assert (tmp_path / "acme-notes" / "README.txt").is_file()
