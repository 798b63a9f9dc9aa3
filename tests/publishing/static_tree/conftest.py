"""Apps out of a few words, and a tree of what is in the folder."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.catalog.notes import Note, Notes, NotesFormat
from ota_dev.catalog.policy import Policy
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.feeds.formats import Feeds
from ota_dev.feeds.interface import Links
from ota_dev.publishing import Publisher
from ota_dev.publishing.static_tree import StaticTree, Written
from ota_dev.store import Store
from tests.feeds.conftest import build_artifact

BASE = "https://updates.acme.example"


def build_app(
    *targets: tuple[Platform, Architecture], key: str = "acmenotes", channel: str | None = None, languages: str = ""
) -> App:
    """Build an app with an installer for each of *targets*, all on one channel and with notes in some languages."""
    notes = Notes.of(
        Note(language=language, format=NotesFormat.HTML, text=f"<p>{language}</p>") for language in languages.split()
    )
    artifacts = [
        build_artifact(
            f"{key}-{number}.zip",
            platform=platform,
            architecture=architecture,
            policy=Policy(channel=channel),
            notes=notes,
        )
        for number, (platform, architecture) in enumerate(targets)
    ]
    return App.of(key, key, artifacts)


@pytest.fixture(scope="session")
def app() -> Callable[..., App]:
    return build_app


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Name a folder that is not there yet."""
    return tmp_path / "site"


@pytest.fixture
def write_tree(dist: Path, site: Path) -> Callable[..., Written]:
    """Publish the folder and write the tree: `write_tree(has_installers=False)`."""

    def write(**options: object) -> Written:
        publisher = Publisher.of_folder(dist, Store.nowhere())
        tree = StaticTree(
            folder=site,
            feeds=Feeds(appcast=AppcastFeed()),
            links=Links(f"{BASE}/downloads/"),
            **options,  # type: ignore[arg-type]  # as StaticTree's own
        )
        return tree.write(publisher.publish())

    return write


def build_files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="session")
def files() -> Callable[[Path], dict[str, bytes]]:
    """Read all files below a folder, by path."""
    return build_files
