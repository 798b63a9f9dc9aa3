"""Signatures of notes that a feed links to."""

from collections.abc import Callable
from pathlib import Path

from ota_dev.catalog.notes_pages import page_of
from ota_dev.publishing import Publication, Publisher
from ota_dev.signing import PrivateKey, sign_bytes
from ota_dev.store import Store

KEY = PrivateKey.generate()


def publisher(dist: Path, signed: list[bytes]) -> Publisher:
    def sign(content: bytes) -> str:
        signed.append(content)
        return sign_bytes(content, KEY)

    return Publisher.of_folder(dist, Store.nowhere(), sign_notes=sign)


def complete(publisher: Publisher) -> Publication:
    return publisher.complete(publisher.publish(), frozenset())


def test_each_note_is_signed_over_its_page(dist: Path, put: Callable[..., Path]) -> None:
    for name in ("Acme-1.0.exe", "Acme-1.0.md", "Acme-1.0.de.txt"):
        put(name)

    publication = complete(publisher(dist, []))

    notes = publication.notes.values()
    assert [note.ed25519_signature for note in notes] == [sign_bytes(page_of(note).content, KEY) for note in notes]
    assert len(notes) == 2


def test_only_what_is_new_is_signed_again(dist: Path, put: Callable[..., Path]) -> None:
    for name in ("Acme-1.0.exe", "Acme-1.0.msi", "Acme-2.0.exe"):
        put(name)
    put("Acme-1.0.txt", "old")
    put("Acme-2.0.txt", "new")
    signed: list[bytes] = []
    publishing = publisher(dist, signed)
    complete(publishing)
    put("Acme-2.0.txt", "newer")

    publication = complete(publishing)

    assert sorted(signed) == [b"new", b"newer", b"old"]
    assert all(note.ed25519_signature for note in publication.notes.values())


def test_without_a_signer_notes_have_no_signature(dist: Path, put: Callable[..., Path]) -> None:
    put("Acme-1.0.exe")
    put("Acme-1.0.txt")

    (note,) = complete(Publisher.of_folder(dist, Store.nowhere())).notes.values()

    assert note.ed25519_signature is None
