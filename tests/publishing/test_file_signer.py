"""Signatures of what is published: made once for each key, remembered, and never of a file in another state."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from ota_dev.catalog.signatures import Signatures
from ota_dev.publishing import PublishedFile, file_signer
from ota_dev.publishing.digesting import Digester
from ota_dev.publishing.file_signer import FileSigner
from ota_dev.publishing.learned import Learned
from ota_dev.signing import PrivateKey, SignedFile, UnsignedFile, sign_bytes, sign_files, sign_minisign
from ota_dev.store import Store

Published = Callable[..., PublishedFile]
MakeSigner = Callable[..., FileSigner]

CONTENT = b"an installer"
KEY = PrivateKey.generate()
SIGNATURE = sign_bytes(CONTENT, KEY)


@pytest.fixture
def signer(dist: Path, store: Store) -> MakeSigner:
    """Make what signs in a new run: `signer(key=ANOTHER)`."""
    return lambda key=KEY: FileSigner(learned=Learned(folder=dist, store=store), key=key)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the names of the files that are read to sign them, in order."""
    reads: list[str] = []

    def read(paths: Sequence[Path], key: PrivateKey, algorithms: Sequence[str]) -> Iterator[SignedFile | UnsignedFile]:
        reads.extend(path.name for path in paths)
        return sign_files(paths, key, algorithms)

    monkeypatch.setattr(file_signer, "sign_files", read)
    return reads


def ignore(_: int) -> None:
    """Want no progress."""


def ed25519(signatures: Mapping[str, Signatures]) -> dict[str, str | None]:
    return {name: known.ed25519 for name, known in signatures.items()}


def test_every_published_file_is_signed_over_all_its_bytes(published: Published, signer: MakeSigner) -> None:
    files = {"Acme-1.0.exe": published("Acme-1.0.exe", CONTENT), "Acme-2.0.exe": published("Acme-2.0.exe", b"two")}

    signatures, problems = signer().signatures_of(files, ignore)

    assert ed25519(signatures) == {"Acme-1.0.exe": SIGNATURE, "Acme-2.0.exe": sign_bytes(b"two", KEY)}
    assert problems == []


def test_progress_and_the_bytes_to_read_are_those_of_unsigned_files(published: Published, signer: MakeSigner) -> None:
    files = {"Acme-1.0.exe": published("Acme-1.0.exe", CONTENT)}
    first = signer()
    told: list[int] = []

    before = first.unread_bytes(files)
    first.signatures_of(files, told.append)
    first.signatures_of(files, told.append)

    assert told == [before] == [len(CONTENT)]
    assert first.unread_bytes(files) == 0


def test_signatures_are_remembered_from_one_run_to_the_next(
    published: Published, signer: MakeSigner, reads: list[str]
) -> None:
    files = {"Acme-1.0.exe": published("Acme-1.0.exe", CONTENT)}
    signer().signatures_of(files, ignore)

    again, _ = signer().signatures_of(files, ignore)

    assert ed25519(again) == {"Acme-1.0.exe": SIGNATURE}
    assert reads == ["Acme-1.0.exe"]


def test_another_key_signs_anew_and_forgets_nothing(published: Published, signer: MakeSigner, reads: list[str]) -> None:
    files = {"Acme-1.0.exe": published("Acme-1.0.exe", CONTENT)}
    another = PrivateKey.generate()
    signer().signatures_of(files, ignore)

    others, _ = signer(key=another).signatures_of(files, ignore)
    again, _ = signer().signatures_of(files, ignore)

    assert ed25519(others) == {"Acme-1.0.exe": sign_bytes(CONTENT, another)}
    assert ed25519(again) == {"Acme-1.0.exe": SIGNATURE}
    assert reads == ["Acme-1.0.exe"] * 2


def test_a_file_that_changed_is_signed_anew(published: Published, signer: MakeSigner) -> None:
    signer().signatures_of({"Acme-1.0.exe": published("Acme-1.0.exe", b"what was there before")}, ignore)

    signatures, _ = signer().signatures_of({"Acme-1.0.exe": published("Acme-1.0.exe", CONTENT)}, ignore)

    assert ed25519(signatures) == {"Acme-1.0.exe": SIGNATURE}


def test_the_digest_that_is_made_beside_the_signature_needs_no_second_reading(
    published: Published, dist: Path, store: Store, signer: MakeSigner
) -> None:
    files = {"Acme-1.0.exe": published("Acme-1.0.exe", CONTENT)}

    signer().signatures_of(files, ignore)

    digester = Digester(learned=Learned(folder=dist, store=store))
    assert digester.unread_bytes(files, ["sha256"]) == 0
    digests, _ = digester.digests_of(files, ["sha256"], ignore)
    assert digests == {"Acme-1.0.exe": {"sha256": hashlib.sha256(CONTENT).hexdigest()}}


def test_the_form_of_minisign_is_made_in_the_same_reading_and_remembered_too(
    published: Published, signer: MakeSigner, reads: list[str]
) -> None:
    file = published("Acme-1.0.exe", CONTENT)
    signer().signatures_of({"any/name.exe": file}, ignore)

    again, _ = signer().signatures_of({"any/name.exe": file}, ignore)

    timestamp = int(file.identity.modified.timestamp())
    digest = hashlib.blake2b(CONTENT).digest()
    expected = sign_minisign(digest, KEY, file_name="Acme-1.0.exe", timestamp=timestamp)
    assert again["any/name.exe"].minisign == expected
    assert reads == ["Acme-1.0.exe"]


def test_a_file_that_is_gone_costs_only_itself(published: Published, signer: MakeSigner) -> None:
    files = {name: published(name, CONTENT) for name in ("Acme-1.0.exe", "Acme-2.0.exe")}
    files["Acme-1.0.exe"].path.unlink()

    signatures, problems = signer().signatures_of(files, ignore)

    assert ed25519(signatures) == {"Acme-2.0.exe": SIGNATURE}
    assert problems == [f"{files['Acme-1.0.exe'].path} does not exist: check its name"]


def test_a_file_that_changed_since_it_was_published_has_no_signature(published: Published, signer: MakeSigner) -> None:
    file = published("Acme-1.0.exe", CONTENT)
    file.path.write_bytes(b"something else")

    signatures, problems = signer().signatures_of({"Acme-1.0.exe": file}, ignore)

    assert signatures == {}
    assert problems == [f"{file.path} changed while it was signed: its signature follows once it settles"]


def test_what_was_signed_before_an_interruption_is_remembered(published: Published, signer: MakeSigner) -> None:
    files = {name: published(name, CONTENT) for name in ("Acme-1.0.exe", "Acme-2.0.exe")}

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        signer().signatures_of(files, interrupt)

    assert signer().unread_bytes(files) == len(CONTENT)
