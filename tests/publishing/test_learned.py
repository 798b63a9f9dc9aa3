"""What is known of a file, and for which state of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.catalog.artifacts import FileIdentity
from ota_dev.publishing import PublishedFile
from ota_dev.publishing.learned import Learned, is_still
from ota_dev.store import Store

Published = Callable[..., PublishedFile]


@pytest.fixture
def learned(dist: Path, store: Store) -> Learned:
    return Learned(folder=dist, store=store)


def test_nothing_is_known_at_first(published: Published, learned: Learned) -> None:
    assert learned.recall(published("Acme-1.0.exe"), "sha256") is None


def test_what_was_remembered_is_known_by_what_it_is(published: Published, learned: Learned) -> None:
    file = published("Acme-1.0.exe")

    learned.remember([(file, {"sha256": "aa", "ed25519:KEY": "bb"})])

    assert learned.recall(file, "sha256") == "aa"
    assert learned.recall(file, "ed25519:KEY") == "bb"
    assert learned.recall(file, "ed25519:ANOTHER") is None


def test_it_is_known_in_the_next_run(published: Published, learned: Learned, dist: Path, store: Store) -> None:
    file = published("Acme-1.0.exe")
    learned.remember([(file, {"sha256": "aa"})])

    assert Learned(folder=dist, store=store).recall(file, "sha256") == "aa"


def test_without_a_store_it_is_known_in_this_run(published: Published, dist: Path) -> None:
    file, learned = published("Acme-1.0.exe"), Learned(folder=dist, store=Store.nowhere())

    learned.remember([(file, {"sha256": "aa"})])

    assert learned.recall(file, "sha256") == "aa"


def test_of_a_file_in_another_state_nothing_is_known(published: Published, learned: Learned) -> None:
    learned.remember([(published("Acme-1.0.exe", b"before"), {"sha256": "aa"})])

    assert learned.recall(published("Acme-1.0.exe", b"the state after"), "sha256") is None


def test_a_file_is_still_what_was_published_until_its_bytes_change_or_go(published: Published) -> None:
    file = published("Acme-1.0.exe", b"before")

    untouched = is_still(file)
    file.path.write_bytes(b"the state after")
    changed = is_still(file)
    file.path.unlink()

    assert (untouched, changed, is_still(file)) == (True, False, False)


def test_a_mode_is_no_part_of_the_bytes(published: Published) -> None:
    file = published("Acme-1.0.exe")

    file.path.chmod(0o600)

    assert FileIdentity.of(file.path.stat()) != file.identity
    assert is_still(file)
