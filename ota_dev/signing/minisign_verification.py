"""Signatures of minisign, verified as Tauri's updater does. Reads only what is to be verified."""

from ota_dev.catalog.minisign import MinisignError, MinisignPublicKey, MinisignSignature
from ota_dev.signing.signed_content import InMemory, SignedContent
from ota_dev.signing.verdicts import Part, Verdict

__all__ = ["verify_minisign"]


def verify_minisign(content: SignedContent, text: str, key: MinisignPublicKey) -> Verdict:
    """Verify a signature of *content*, which *text* is, packed as in a `.sig` file.

    Raises:
        SigningError: the content cannot be read, or changes meanwhile.
    """
    try:
        signature = MinisignSignature.unpacked(text)
    except MinisignError as error:
        return Verdict(wrong=Part.SIGNATURE, reason=str(error))
    if signature.key_id != key.key_id:
        reason = f"was made with the key {signature.key_name}, and not with this one"
        return Verdict(wrong=Part.SIGNATURE, reason=f"{reason}, {key.name} (UnexpectedKeyId)")
    signed = InMemory(content.digest("blake2b")) if signature.is_of_digest else content
    if not signed.is_signed(signature.signature, key.raw):
        return Verdict(wrong=Part.BYTES, reason="are not those that were signed (InvalidSignature)")
    comment = InMemory(signature.signature + signature.trusted_comment.encode())
    if not comment.is_signed(signature.global_signature, key.raw):
        return Verdict(wrong=Part.SIGNATURE, reason="has a trusted comment that was changed")
    return Verdict()
