r"""Sparkle's signed feeds (2.9): a comment after the document that holds a signature of every byte before it. Pure.

The comment is `<!-- sparkle-signatures:`, `edSignature: BASE64`, `length: BYTES` and `-->`, each on a line. Clients
older than 2.9 see only a comment. Whatever changes a byte of the document must sign it anew.
"""

from collections.abc import Callable
from dataclasses import dataclass

from ota_dev.errors import SigningError
from ota_dev.signing.keys import PrivateKey, PublicKey
from ota_dev.signing.signatures import sign_bytes, verify_bytes
from ota_dev.signing.verdicts import Part, Verdict

__all__ = [
    "SignatureBlock",
    "append_signature_block",
    "change_signed_feed",
    "read_signature_block",
    "sign_feed",
    "verify_feed",
]

_START = b"<!-- sparkle-signatures:\n"
_END = b"-->"
_LONGEST_BLOCK = 1024  # bytes; a signature, a length and their names take some 150
_LONGEST_LENGTH = 15  # digits


@dataclass(frozen=True, kw_only=True, slots=True)
class SignatureBlock:
    """The content of a signed feed, and what its block says of it; `None` where the block does not say."""

    content: bytes
    signature: str | None
    length: int | None


def sign_feed(content: bytes, key: PrivateKey) -> bytes:
    """Append the block, as Sparkle's `generate_appcast` and `sign_update` do; a block at the end is replaced.

    Raises:
        SigningError: the feed is in UTF-16, in which no client would find the block.
    """
    return append_signature_block(content, lambda signed: sign_bytes(signed, key))


def append_signature_block(content: bytes, sign: Callable[[bytes], str]) -> bytes:
    """Append a block with what *sign* makes of the content before it, in base64; a block at the end is replaced.

    Raises:
        SigningError: as `sign_feed`.
    """
    if b"\0" in content:
        raise SigningError("a feed in UTF-16 cannot carry its own signature: save it in UTF-8")
    content = _without_block(content)
    return b"%b%bedSignature: %b\nlength: %d\n%b\n" % (content, _START, sign(content).encode(), len(content), _END)


def change_signed_feed(feed: bytes, change: Callable[[bytes], bytes], sign: Callable[[bytes], str]) -> bytes:
    """Change a feed, and what it signs itself with as well: the block at its end, where it has one, is made anew.

    Where nothing is left of the feed, nothing is signed.

    Raises:
        SigningError: as `sign_feed`.
    """
    content = _without_block(feed)
    changed = change(content)
    return append_signature_block(changed, sign) if changed and len(content) < len(feed) else changed


def read_signature_block(feed: bytes) -> SignatureBlock | None:
    """Take a signed feed apart as Sparkle does (SPUExtractSignedFeed.m of 2.9); `None` when it has no block.

    The last mark counts, the lines come in any order, and what follows the block is ignored.
    """
    content, mark, rest = feed.rpartition(_START)
    lines, end, _ = rest[:_LONGEST_BLOCK].partition(_END)
    if not mark or not end:
        return None
    values = dict(line.split(": ", 1) for line in lines.decode("utf-8", "replace").split("\n") if ": " in line)
    return SignatureBlock(content=content, signature=values.get("edSignature"), length=_number(values.get("length")))


def verify_feed(feed: bytes, public_key: PublicKey) -> Verdict:
    """Verify a signed feed: that it has a block, the length that this gives, and the signature."""
    block = read_signature_block(feed)
    if block is None:
        return Verdict(wrong=Part.SIGNATURE, reason="is missing: the feed does not end in a sparkle-signatures comment")
    if block.signature is None:
        return Verdict(wrong=Part.SIGNATURE, reason="is missing: the sparkle-signatures comment has no edSignature")
    return verify_bytes(block.content, block.signature, public_key, block.length)


def _without_block(feed: bytes) -> bytes:
    """Leave out the block at the end; what only looks like one, in notes about signing, has something behind it."""
    content, mark, rest = feed.rpartition(_START)
    _, end, behind = rest.partition(_END)
    return content if mark and end and not behind.strip() else feed


def _number(text: str | None) -> int | None:
    return int(text) if text and len(text) <= _LONGEST_LENGTH and text.isascii() and text.isdigit() else None
