"""Signatures that are wrong in one way and real in every other, of installers, deltas and feeds."""

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.catalog.minisign import MinisignSignature
from ota_dev.catalog.minisign_writing import key_id
from ota_dev.catalog.releases import App, Catalog
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.feeds.interface import Links
from ota_dev.publishing import Publication, Publisher
from ota_dev.publishing.bent_signing import (
    ForeignSigner,
    missigned_feed,
    sign_other_bytes,
    signed_over_other_bytes,
    unsigned,
)
from ota_dev.publishing.key_in_force import KeyInForce
from ota_dev.signing import Part, PrivateKey, read_signature_block, verify_bytes, verify_feed, verify_file
from ota_dev.store import Store

KEY = PrivateKey.generate()
OTHER = PrivateKey.generate()
APP = App.of("notes", "Acme Notes", [])
LINKS = Links("http://127.0.0.1:8080/downloads/")
DELTA = "Acme Notes1.3.0-1.2.0.delta"


@pytest.fixture
def publication(dist: Path, mac_zip: Callable[..., bytes]) -> Publication:
    """Publish two versions and a delta between them, signed."""
    for version in ("1.2.0", "1.3.0"):
        (dist / f"Acme-Notes-{version}.zip").write_bytes(mac_zip(version))
    (dist / DELTA).write_bytes(b"a delta")
    publisher = Publisher.of_folder(dist, Store.nowhere(), signer=KeyInForce(key=KEY).file_signer)
    return publisher.complete(publisher.publish(), frozenset())


def signatures(catalog: Catalog) -> dict[str, str | None]:
    """Give what stands in the catalog, by download name."""
    said = {artifact.download_name: artifact.ed25519_signature for artifact in catalog}
    return said | {delta.download_name: delta.ed25519_signature for a in catalog for delta in a.deltas}


def are_signed_by(key: PrivateKey, catalog: Catalog, publication: Publication) -> set[bool]:
    return {
        verify_file(publication.files[name].path, signature or "", key.public_key).is_good
        for name, signature in signatures(catalog).items()
    }


def test_all_is_validly_signed_before_anything_is_bent(publication: Publication) -> None:
    assert set(signatures(publication.catalog)) == {"Acme-Notes-1.2.0.zip", "Acme-Notes-1.3.0.zip", DELTA}
    assert are_signed_by(KEY, publication.catalog, publication) == {True}


def minisign_signatures(catalog: Catalog) -> dict[str, MinisignSignature]:
    """Give what stands in the catalog in the form of minisign, by download name."""
    return {a.download_name: MinisignSignature.unpacked(a.minisign_signature or "") for a in catalog}


def test_an_unsigned_catalog_has_no_signature(publication: Publication) -> None:
    assert set(signatures(unsigned(publication.catalog)).values()) == {None}


def test_in_the_form_of_minisign_an_empty_text_is_left_for_the_client_to_refuse(publication: Publication) -> None:
    assert {artifact.minisign_signature for artifact in unsigned(publication.catalog)} == {""}


def test_in_the_form_of_minisign_only_the_signature_is_of_other_bytes(publication: Publication) -> None:
    bent = minisign_signatures(signed_over_other_bytes(publication.catalog, KEY))

    for name, signature in bent.items():
        digest = hashlib.blake2b(b"other bytes than: " + name.encode()).digest()
        assert signature.key_id == key_id(KEY.public_key.raw)
        assert signature.file_name == name
        assert verify_bytes(digest, b64encode(signature.signature).decode(), KEY.public_key).is_good


def test_in_the_form_of_minisign_another_key_has_another_id(publication: Publication, dist: Path) -> None:
    bent, _ = ForeignSigner.of_folder(dist, OTHER).signed(publication.catalog, publication.files)

    for name, signature in minisign_signatures(bent).items():
        digest = hashlib.blake2b(publication.files[name].path.read_bytes()).digest()
        assert signature.key_id == key_id(OTHER.public_key.raw)
        assert verify_bytes(digest, b64encode(signature.signature).decode(), OTHER.public_key).is_good


def test_a_signature_of_other_bytes_is_real_and_of_no_file_there_is(publication: Publication) -> None:
    bent = signed_over_other_bytes(publication.catalog, KEY)

    for name, signature in signatures(bent).items():
        assert verify_bytes(b"other bytes than: " + name.encode(), signature or "", KEY.public_key).is_good
        assert verify_file(publication.files[name].path, signature or "", KEY.public_key).wrong is Part.BYTES


def test_a_signature_by_another_key_is_real_and_by_no_key_that_is_trusted(publication: Publication, dist: Path) -> None:
    bent, problems = ForeignSigner.of_folder(dist, OTHER).signed(publication.catalog, publication.files)

    assert problems == []
    assert are_signed_by(OTHER, bent, publication) == {True}
    assert are_signed_by(KEY, bent, publication) == {False}


def test_a_file_is_read_once_for_the_other_key(publication: Publication, dist: Path) -> None:
    signer = ForeignSigner.of_folder(dist, OTHER)
    told: list[int] = []

    first, _ = signer.signed(publication.catalog, publication.files, told.append)
    again, _ = signer.signed(publication.catalog, publication.files, told.append)

    assert again == first
    assert sum(told) == sum(file.identity.size for file in publication.files.values())


def test_a_file_that_is_gone_has_no_signature_and_a_reason(publication: Publication, dist: Path) -> None:
    (dist / DELTA).unlink()

    bent, problems = ForeignSigner.of_folder(dist, OTHER).signed(publication.catalog, publication.files)

    assert signatures(bent)[DELTA] is None
    assert problems == [f"{dist / DELTA} does not exist: check its name"]


def test_what_is_unsigned_stays_so(publication: Publication, dist: Path) -> None:
    bare = unsigned(publication.catalog)

    foreign, problems = ForeignSigner.of_folder(dist, OTHER).signed(bare, publication.files)

    assert problems == []
    assert signatures(signed_over_other_bytes(bare, KEY)) == signatures(foreign) == signatures(bare)


def test_a_missigned_feed_is_the_feed_with_a_real_signature_of_other_bytes() -> None:
    feed = AppcastFeed()

    rendered = missigned_feed(feed, KEY).render(APP, LINKS) or b""

    block = read_signature_block(rendered)
    assert block is not None
    assert block.content == feed.render(APP, LINKS)
    assert block.length == len(block.content)
    assert len(b64decode(block.signature or "")) == 64
    assert verify_feed(rendered, KEY.public_key).wrong is Part.BYTES


def test_a_feed_that_signs_itself_is_missigned_in_the_place_of_that() -> None:
    signed = KeyInForce(key=KEY, signs_feeds=True).signed(AppcastFeed())

    assert missigned_feed(signed, KEY).render(APP, LINKS) == missigned_feed(AppcastFeed(), KEY).render(APP, LINKS)


def test_what_is_signed_beside_a_feed_is_of_other_bytes_too() -> None:
    signature = sign_other_bytes(b"<rss/>", KEY)

    assert verify_bytes(b"<rss/>", signature, KEY.public_key).wrong is Part.BYTES
    assert signature == sign_other_bytes(b"<rss/>", KEY)
