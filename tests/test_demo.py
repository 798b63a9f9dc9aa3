"""The sample app of `--demo`."""

import stat
import subprocess
import zipfile
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


def test_the_program_in_the_demo_for_macos_is_executable_once_it_is_unpacked(dist: Path) -> None:
    make_demo_folder(dist)

    with zipfile.ZipFile(dist / "Acme-Notes-1.3.0-macos.zip") as archive:
        program = archive.getinfo(f"{APP}.app/Contents/MacOS/{APP}")

    assert program.create_system == 3  # Unix: elsewhere the permissions would not count
    assert stat.filemode(program.external_attr >> 16) == "-rwxr-xr-x"


def test_the_demo_for_linux_is_unpacked_by_tar(dist: Path, tmp_path: Path) -> None:
    make_demo_folder(dist)

    subprocess.run(["tar", "-x", "-z", "-f", dist / "Acme-Notes-1.3.0-linux-x86_64.tar.gz", "-C", tmp_path], check=True)

    assert (tmp_path / "acme-notes" / "README.txt").is_file()
