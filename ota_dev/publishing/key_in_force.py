"""The key in force, and all that it signs: installers, feeds as a whole, and what stands beside a feed.

Imported only by whoever has a key, since it brings the crypto library with it.
"""

from dataclasses import dataclass

from ota_dev.feeds.interface import Feed
from ota_dev.publishing.file_signer import FileSigner
from ota_dev.publishing.finished_feeds import FinishedFeed
from ota_dev.publishing.learned import Learned
from ota_dev.signing import PrivateKey, sign_bytes, sign_feed

__all__ = ["KeyInForce"]


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyInForce:
    """A private key, and what it is used for."""

    key: PrivateKey
    is_test: bool = False  # the user's test key, which no app may ship with
    signs_feeds: bool = False  # with a block at their end, for Sparkle 2.9

    @property
    def public_key(self) -> str:
        """Give the public half in base64, as Sparkle, WinSparkle and NetSparkle want it."""
        return self.key.public_key.base64

    def file_signer(self, learned: Learned) -> FileSigner:
        """Give what signs the files that *learned* knows of."""
        return FileSigner(learned=learned, key=self.key)

    def signed(self, feed: Feed) -> Feed:
        """Give *feed* as it is to be rendered: with its own signature, where that is asked for."""
        is_signed = self.signs_feeds and feed.format.takes_signature_block
        return FinishedFeed(feed=feed, finish=self.sign_whole) if is_signed else feed

    def sign_whole(self, feed: bytes) -> bytes:
        """Append the block with which a feed signs itself."""
        return sign_feed(feed, self.key)

    def sign(self, content: bytes) -> str:
        """Sign the very bytes of a feed, as NetSparkle looks for them beside it; gives base64."""
        return sign_bytes(content, self.key)
