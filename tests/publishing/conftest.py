"""A folder that installers are put into, and publishers of it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ota_dev.catalog.artifacts import FileIdentity
from ota_dev.publishing import PublishedFile, Publisher
from ota_dev.store import Store


@pytest.fixture
def put(dist: Path) -> Callable[..., Path]:
    """Put a file into the folder: `put("Acme-1.0.exe")`."""

    def put_file(name: str, content: bytes | str = b"an installer") -> Path:
        path = dist / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return put_file


@pytest.fixture
def published(put: Callable[..., Path]) -> Callable[..., PublishedFile]:
    """Put a file into the folder and publish it in the state in which it is."""

    def publish(name: str, content: bytes | str = b"an installer") -> PublishedFile:
        path = put(name, content)
        return PublishedFile(path=path, identity=FileIdentity.of(path.stat()), media_type="application/zip")

    return publish


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store" / "learned.sqlite3") as store:
        yield store


@pytest.fixture
def publisher(dist: Path) -> Callable[..., Publisher]:
    """Make a publisher of the folder: `publisher(app="Acme Notes")`; without a store it remembers for itself only."""

    def make(*, store: Store | None = None, **options: Any) -> Publisher:
        return Publisher.of_folder(dist, store or Store.nowhere(), **options)

    return make
