"""Signatures as update clients verify them, with the key that the app carries. Pure."""

from dataclasses import dataclass

from ota_dev.signing import PublicKey, VerifyingKey, verify_bytes, verify_feed

__all__ = ["AppKey"]


@dataclass(frozen=True, slots=True)
class AppKey:
    """The public key in the app; each answer is what is wrong, or an empty text."""

    key: VerifyingKey

    def problem(self, data: bytes, signature: str) -> str:
        """Verify a signature of *data*.

        Raises:
            UnusableKeyError: the key is a DSA key, and this machine refuses DSA.
        """
        verdict = verify_bytes(data, signature, self.key)
        return "" if verdict.is_good else str(verdict)

    def feed_problem(self, feed: bytes) -> str:
        """Verify the block at the end of a signed feed, which only Ed25519 keys can."""
        if not isinstance(self.key, PublicKey):
            return "the app's key is of another kind, and signed feeds need an Ed25519 key"
        verdict = verify_feed(feed, self.key)
        return "" if verdict.is_good else str(verdict)
