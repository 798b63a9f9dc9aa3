"""Signatures that are wrong in exactly one way, each real in all else, so that a client fails for that reason alone.

A signature made up of any 64 bytes may be refused for its form, and tells nothing about how a client verifies. What is
unsigned stays so. Reads installers for signatures by another key, and nothing else; imported only by whoever has a key.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.deltas import Delta
from ota_dev.catalog.releases import Catalog
from ota_dev.catalog.signatures import Signatures
from ota_dev.feeds.interface import Feed
from ota_dev.publishing.file_signer import FileSigner
from ota_dev.publishing.finished_feeds import FinishedFeed
from ota_dev.publishing.learned import Learned
from ota_dev.publishing.publication import PublishedFile
from ota_dev.signing import PrivateKey, append_signature_block, sign_bytes, sign_minisign
from ota_dev.store import Store

__all__ = ["ForeignSigner", "missigned_feed", "sign_other_bytes", "signed_over_other_bytes", "unsigned"]


def unsigned(catalog: Catalog) -> Catalog:
    """Take the signatures of all installers and deltas away.

    Tauri's feed leaves out what was never signed, so there an empty signature stands, which its client refuses.
    """
    return catalog.with_each(lambda artifact: artifact.signed(lambda _: Signatures(minisign="")))


def signed_over_other_bytes(catalog: Catalog, key: PrivateKey) -> Catalog:
    """Give every signed installer and delta a real signature by *key*, of other bytes than its own."""

    def sign(file: Artifact | Delta) -> Signatures:
        if not file.ed25519_signature:
            return Signatures()
        name = file.download_name
        digest = hashlib.blake2b(_other_than(name.encode())).digest()
        return Signatures(
            ed25519=sign_other_bytes(name.encode(), key),
            minisign=sign_minisign(digest, key, file_name=name.rpartition("/")[2], timestamp=0),
        )

    return catalog.with_each(lambda artifact: artifact.signed(sign))


def sign_other_bytes(content: bytes, key: PrivateKey) -> str:
    """Sign, in base64, what is certainly not *content*, and always the same for it."""
    return sign_bytes(_other_than(content), key)


def _other_than(content: bytes) -> bytes:
    return b"other bytes than: " + content


def missigned_feed(feed: Feed, key: PrivateKey) -> Feed:
    """Let *feed* end in a block with a real signature by *key*, of other bytes than its own."""

    def finish(content: bytes) -> bytes:
        return append_signature_block(content, lambda signed: sign_other_bytes(signed, key))

    return FinishedFeed(feed=feed, finish=finish)


@dataclass(frozen=True, kw_only=True)
class ForeignSigner:
    """Signs installers and deltas by a key that no app trusts."""

    signer: FileSigner

    @classmethod
    def of_folder(cls, folder: Path, key: PrivateKey) -> "ForeignSigner":
        """Sign what is published of *folder* with a throw-away *key*; its signatures are not kept between runs."""
        return cls(signer=FileSigner(learned=Learned(folder=folder, store=Store.nowhere()), key=key))

    def signed(
        self, catalog: Catalog, files: Mapping[str, PublishedFile], progress: Callable[[int], None] = lambda _: None
    ) -> tuple[Catalog, list[str]]:
        """Give whatever is signed a real signature by this key, and a sentence for each file that has none now.

        *files* are those of the publication. What has been signed before is not read again; *progress* is given the
        bytes of each file that was.
        """
        wanted = {name: files[name] for artifact in catalog for name in _signed_names(artifact)}
        signatures, problems = self.signer.signatures_of(wanted, progress)
        return catalog.with_each(
            lambda artifact: artifact.signed(lambda file: signatures.get(file.download_name, Signatures()))
        ), problems


def _signed_names(artifact: Artifact) -> list[str]:
    files: tuple[Artifact | Delta, ...] = (artifact, *artifact.deltas)
    return [file.download_name for file in files if file.ed25519_signature]
