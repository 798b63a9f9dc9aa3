"""Signatures under a scenario: right ones, or wrong in exactly the way that it names.

Imported only by whoever has a key, since it brings the crypto library with it. Reads installers for signatures by
another key, once for each file.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import assert_never

from ota_dev.feeds.interface import Feed
from ota_dev.publishing import Publication
from ota_dev.publishing.bent_signing import (
    ForeignSigner,
    missigned_feed,
    sign_other_bytes,
    signed_over_other_bytes,
    unsigned,
)
from ota_dev.publishing.key_in_force import KeyInForce
from ota_dev.scenarios.scenario import Signing
from ota_dev.signing import PrivateKey, change_signed_feed

__all__ = ["FeedSigning"]


class FeedSigning:
    """Signs feeds, what stands beside them and, where they are to be wrong, installers."""

    def __init__(self, key: KeyInForce, folder: Path) -> None:
        self._key = key
        self._folder = folder
        self._foreign: ForeignSigner | None = None

    def signed(self, feed: Feed, signing: Signing) -> Feed:
        """Give *feed* as it is to be rendered: with its own signature, where that is asked for."""
        has_block = self._key.signs_feeds and feed.format.takes_signature_block
        if has_block and signing is Signing.OTHER_FEED_BYTES:
            return missigned_feed(feed, self._key.key)
        return self._key.signed(feed)

    def sign_whole(self, feed: bytes) -> bytes:
        """Append the block with which a feed signs itself."""
        return self._key.sign_whole(feed)

    def changed(self, feed: bytes, change: Callable[[bytes], bytes], signing: Signing) -> bytes:
        """Change a feed, and the block with which it signs itself as well: it must fail for the change alone."""
        return change_signed_feed(feed, change, lambda content: self.sign(content, signing))

    def sign(self, content: bytes, signing: Signing) -> str:
        """Sign the very bytes of a feed, as NetSparkle looks for them beside it; gives base64."""
        if signing is Signing.OTHER_FEED_BYTES:
            return sign_other_bytes(content, self._key.key)
        return self._key.sign(content)

    def resign(self, publication: Publication, signing: Signing) -> Publication:
        """Make the signatures of installers wrong as *signing* says."""
        catalog = publication.catalog
        match signing:
            case Signing.AS_IT_IS | Signing.OTHER_FEED_BYTES:
                return publication
            case Signing.UNSIGNED:
                return replace(publication, catalog=unsigned(catalog))
            case Signing.OTHER_BYTES:
                return replace(publication, catalog=signed_over_other_bytes(catalog, self._key.key))
            case Signing.OTHER_KEY:
                return replace(publication, catalog=self._signer.signed(catalog, publication.files)[0])
            case _:
                assert_never(signing)

    @property
    def _signer(self) -> ForeignSigner:
        if self._foreign is None:
            self._foreign = ForeignSigner.of_folder(self._folder, PrivateKey.generate())
        return self._foreign
