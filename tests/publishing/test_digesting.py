"""Digests of what is published: read once, remembered, and never of a file in another state."""

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from ota_dev.hashing import HashedFile, UnhashedFile, digest_files
from ota_dev.publishing import PublishedFile, digesting
from ota_dev.publishing.digesting import Digester
from ota_dev.publishing.learned import Learned
from ota_dev.store import Store

Published = Callable[..., PublishedFile]

CONTENT = b"an installer"
SHA256 = hashlib.sha256(CONTENT).hexdigest()
SHA512 = hashlib.sha512(CONTENT).hexdigest()


@pytest.fixture
def digester(dist: Path) -> Callable[..., Digester]:
    return lambda store=None: Digester(learned=Learned(folder=dist, store=store or Store.nowhere()))


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the names of the files that are read for their digests, in order."""
    reads: list[str] = []

    def read(
        paths: Sequence[Path], algorithms: Sequence[str], progress: Callable[[int], None]
    ) -> Iterator[HashedFile | UnhashedFile]:
        reads.extend(path.name for path in paths)
        return digest_files(paths, algorithms, progress)

    monkeypatch.setattr(digesting, "digest_files", read)
    return reads


def ignore(_: int) -> None:
    """Want no progress."""


def test_a_published_file_has_the_digests_that_are_asked_for(
    published: Published, digester: Callable[..., Digester]
) -> None:
    files = {"Acme-1.0.exe": published("Acme-1.0.exe", CONTENT)}

    digests, problems = digester().digests_of(files, ["sha256", "sha512"], ignore)

    assert digests == {"Acme-1.0.exe": {"sha256": SHA256, "sha512": SHA512}}
    assert problems == []


def test_progress_is_told_in_bytes_just_read(published: Published, digester: Callable[..., Digester]) -> None:
    files = {name: published(name, CONTENT) for name in ("Acme-1.0.exe", "Acme-2.0.exe")}
    told: list[int] = []

    digester().digests_of(files, ["sha256"], told.append)

    assert sum(told) == 2 * len(CONTENT)


def test_how_many_bytes_will_be_read_is_known_before(published: Published, digester: Callable[..., Digester]) -> None:
    files = {name: published(name, CONTENT) for name in ("Acme-1.0.exe", "Acme-2.0.exe")}
    asked = digester()

    before = asked.unread_bytes(files, ["sha256"])
    asked.digests_of(files, ["sha256"], ignore)

    assert before == 2 * len(CONTENT)
    assert asked.unread_bytes(files, ["sha256"]) == 0
    assert asked.unread_bytes(files, ["sha256", "sha512"]) == 2 * len(CONTENT)


def test_digests_are_remembered_from_one_run_to_the_next(
    published: Published, digester: Callable[..., Digester], store: Store, reads: list[str]
) -> None:
    files = {"Acme-1.0.exe": published("Acme-1.0.exe", CONTENT)}
    first, _ = digester(store).digests_of(files, ["sha256"], ignore)

    second, _ = digester(store).digests_of(files, ["sha256"], ignore)

    assert second == first == {"Acme-1.0.exe": {"sha256": SHA256}}
    assert reads == ["Acme-1.0.exe"]


def test_without_a_store_digests_are_remembered_in_this_run(
    published: Published, digester: Callable[..., Digester], reads: list[str]
) -> None:
    asked = digester(Store.nowhere())
    files = {"Acme-1.0.exe": published("Acme-1.0.exe")}
    asked.digests_of(files, ["sha256"], ignore)

    asked.digests_of({**files, "Acme-2.0.exe": published("Acme-2.0.exe")}, ["sha256"], ignore)

    assert reads == ["Acme-1.0.exe", "Acme-2.0.exe"]


def test_a_replaced_file_of_the_same_name_and_size_is_read_again(
    published: Published, digester: Callable[..., Digester], store: Store, dist: Path
) -> None:
    before = published("Acme-1.0.exe", CONTENT)
    digester(store).digests_of({"Acme-1.0.exe": before}, ["sha256"], ignore)
    replacement = published("new", CONTENT.swapcase()).path
    os.utime(replacement, ns=(before.identity.modified_ns, before.identity.modified_ns))
    replacement.replace(dist / "Acme-1.0.exe")
    after = PublishedFile(
        path=before.path, identity=type(before.identity).of(before.path.stat()), media_type=before.media_type
    )

    digests, _ = digester(store).digests_of({"Acme-1.0.exe": after}, ["sha256"], ignore)

    assert digests == {"Acme-1.0.exe": {"sha256": hashlib.sha256(CONTENT.swapcase()).hexdigest()}}


def test_a_file_that_changed_since_it_was_published_has_no_digest_and_is_a_notice(
    published: Published, digester: Callable[..., Digester]
) -> None:
    file = published("Acme-1.0.exe", CONTENT)
    file.path.write_bytes(b"something else")

    digests, problems = digester().digests_of({"Acme-1.0.exe": file}, ["sha256"], ignore)

    assert digests == {"Acme-1.0.exe": {}}
    assert problems == [f"{file.path} changed while it was read: its digest follows once it has settled"]


def test_a_file_that_got_another_link_or_mode_since_it_was_published_has_a_digest(
    published: Published, digester: Callable[..., Digester], dist: Path
) -> None:
    file = published("Acme-1.0.exe", CONTENT)
    file.path.chmod(0o600)
    os.link(file.path, dist / "another name")

    digests, problems = digester().digests_of({"Acme-1.0.exe": file}, ["sha256"], ignore)

    assert digests == {"Acme-1.0.exe": {"sha256": SHA256}}
    assert problems == []


def test_a_file_that_is_gone_costs_only_itself(published: Published, digester: Callable[..., Digester]) -> None:
    files = {name: published(name, CONTENT) for name in ("Acme-1.0.exe", "Acme-2.0.exe")}
    files["Acme-1.0.exe"].path.unlink()

    digests, problems = digester().digests_of(files, ["sha256"], ignore)

    assert digests == {"Acme-1.0.exe": {}, "Acme-2.0.exe": {"sha256": SHA256}}
    assert problems == [f"{files['Acme-1.0.exe'].path} does not exist: check its name"]


def test_a_file_that_goes_as_soon_as_it_is_read_has_no_digest(
    published: Published, digester: Callable[..., Digester]
) -> None:
    file = published("Acme-1.0.exe", CONTENT)

    digests, (problem,) = digester().digests_of({"Acme-1.0.exe": file}, ["sha256"], lambda _: file.path.unlink())

    assert digests == {"Acme-1.0.exe": {}}
    assert problem.startswith(f"{file.path} changed while it was read")


def test_what_was_read_before_an_interruption_is_remembered(
    published: Published, digester: Callable[..., Digester], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    files = {name: published(name, CONTENT) for name in ("Acme-1.0.exe", "Acme-2.0.exe")}
    told: list[int] = []

    def interrupt(size: int) -> None:
        told.append(size)
        if len(told) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        digester(store).digests_of(files, ["sha256"], interrupt)

    assert digester(store).unread_bytes(files, ["sha256"]) == len(CONTENT)
