"""A folder that installers and what stands beside them are put into, and a scanner that tells what it reads."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.catalog.artifacts import FileIdentity
from ota_dev.catalog.facts import Facts
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.installers.reading import read_installer
from ota_dev.scan.inside import InsideReader
from ota_dev.scan.listing import Candidate, FolderListing
from ota_dev.scan.scanner import Scanner
from ota_dev.store import Store


@pytest.fixture
def put(dist: Path) -> Callable[..., Path]:
    """Put a file into the folder: `put("Acme-1.0.exe")`, `put("sub/Acme-1.0.zip", mac_zip("1.0"))`."""

    def put_file(name: str, content: bytes | str = b"an installer") -> Path:
        path = dist / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return put_file


@pytest.fixture
def candidate() -> Callable[[Path], Candidate]:
    """Make a candidate of a file as it is now."""

    def make(path: Path) -> Candidate:
        kind, _ = PackageKind.of_file(path.name) or (PackageKind.ZIP, "")
        return Candidate(path.name, path, kind, FileIdentity.of(path.stat()))

    return make


@pytest.fixture
def reads() -> list[str]:
    """Give the names of the installers that were read, in order; filled by the readers of `reader`."""
    return []


@pytest.fixture
def reader(dist: Path, reads: list[str]) -> Callable[..., InsideReader]:
    """Make a reader of the installers in the folder: `reader(store)`; without a store it remembers for itself only."""

    def read(path: Path) -> Facts:
        reads.append(path.name)
        return read_installer(path)

    def make(store: Store | None = None) -> InsideReader:
        return InsideReader(folder=dist, store=store or Store.nowhere(), read_installer=read)

    return make


@pytest.fixture
def scanner(dist: Path, reader: Callable[..., InsideReader]) -> Callable[..., Scanner]:
    """Make a scanner of the folder: `scanner(recursive=True)`."""

    def make(
        *,
        store: Store | None = None,
        recursive: bool = False,
        follow_links: bool = False,
        version_from: Path | None = None,
    ) -> Scanner:
        listing = FolderListing(folder=dist, recursive=recursive, follow_links=follow_links)
        return Scanner(listing=listing, inside=reader(store), version_from=version_from)

    return make
