from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.errors import SigningError
from ota_dev.signing import (
    Part,
    PrivateKey,
    Verdict,
    change_signed_feed,
    read_signature_block,
    sign_bytes,
    sign_feed,
    verify_bytes,
    verify_feed,
)
from ota_dev.signing.secret import Secret

KEY = PrivateKey.from_seed(Secret(bytes(32)))
FEED = '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>é</channel></rss>\n'.encode()


def block(*lines: str) -> bytes:
    return "\n".join(["<!-- sparkle-signatures:", *lines, "-->"]).encode()


def test_the_block_follows_the_document_as_sparkle_writes_it() -> None:
    signed = sign_feed(FEED, KEY)

    assert signed == FEED + (
        f"<!-- sparkle-signatures:\nedSignature: {sign_bytes(FEED, KEY)}\nlength: {len(FEED)}\n-->\n".encode()
    )


def test_a_document_without_a_final_line_end_keeps_its_last_byte() -> None:
    signed = sign_feed(FEED.rstrip(), KEY)

    assert signed.startswith(FEED.rstrip() + b"<!-- sparkle-signatures:\n")
    assert verify_feed(signed, KEY.public_key) == Verdict()


def test_signing_again_replaces_the_block() -> None:
    assert sign_feed(sign_feed(FEED, PrivateKey.generate()), KEY) == sign_feed(FEED, KEY)


def test_what_only_looks_like_a_block_is_signed_as_any_other_content() -> None:
    feed = b"<rss><![CDATA[" + sign_feed(FEED, KEY) + b"]]></rss>"

    block = read_signature_block(sign_feed(feed, KEY))

    assert block is not None
    assert block.content == feed


@pytest.mark.parametrize("signer", [KEY, PrivateKey.generate()], ids=["by this key", "by another"])
def test_a_signed_feed_that_is_changed_is_signed_anew(signer: PrivateKey) -> None:
    changed = change_signed_feed(
        sign_feed(FEED, signer), lambda feed: feed[:20], lambda content: sign_bytes(content, KEY)
    )

    assert changed == sign_feed(FEED[:20], KEY)


def test_a_feed_that_is_not_signed_is_only_changed() -> None:
    assert change_signed_feed(FEED, lambda feed: feed[:20], lambda _: "never asked for") == FEED[:20]


def test_nothing_left_of_a_feed_is_not_signed() -> None:
    assert change_signed_feed(sign_feed(FEED, KEY), lambda _: b"", lambda _: "never asked for") == b""


def test_a_feed_in_utf_16_cannot_carry_a_signature() -> None:
    with pytest.raises(SigningError, match="save it in UTF-8"):
        sign_feed("<rss/>".encode("utf-16"), KEY)


@given(content=st.binary(max_size=300).map(lambda content: content.replace(b"\0", b" ")))
def test_what_is_signed_is_read_again(content: bytes) -> None:
    signed = sign_feed(content, KEY)
    found = read_signature_block(signed)

    assert found is not None
    assert (found.content, found.length) == (content, len(content))
    assert len(b64decode(found.signature or "")) == 64
    assert verify_feed(signed, KEY.public_key) == Verdict()


def test_the_last_mark_counts() -> None:
    forged = FEED + block("edSignature: forged", "length: 1") + b"\n"

    assert verify_feed(sign_feed(forged, KEY), KEY.public_key) == Verdict()


def test_the_lines_come_in_any_order_and_others_are_ignored() -> None:
    signature = sign_bytes(FEED, KEY)
    feed = FEED + block(f"length: {len(FEED)}", "comment", "later: more", f"edSignature: {signature}")

    assert verify_feed(feed, KEY.public_key) == Verdict()


def test_what_follows_the_block_is_ignored() -> None:
    assert verify_feed(sign_feed(FEED, KEY) + b"\n\n", KEY.public_key) == Verdict()


@pytest.mark.parametrize(
    ("feed", "verdict"),
    [
        (FEED, "the signature is missing: the feed does not end in a sparkle-signatures comment"),
        (
            FEED + b"<!-- sparkle-signatures:\nedSignature: x\n",
            "the signature is missing: the feed does not end in a sparkle-signatures comment",
        ),
        (
            FEED + block("length: 1"),
            "the signature is missing: the sparkle-signatures comment has no edSignature",
        ),
        (FEED + block("edSignature: x"), "the signature is not standard base64"),
        (
            FEED + block(f"edSignature: {sign_bytes(FEED, KEY)}", "length: 7"),
            f"the length should be 7 bytes, but is {len(FEED)}: this is not the file that was signed",
        ),
        (
            sign_feed(FEED, KEY).replace(b"2.0", b"2.1"),
            "the bytes are not those that were signed of the same length, or were signed with the private key of "
            "another public key",
        ),
    ],
    ids=["no block", "a block without an end", "no signature", "no base64", "another length", "other bytes"],
)
def test_a_feed_is_refused_with(feed: bytes, verdict: str) -> None:
    assert str(verify_feed(feed, KEY.public_key)) == verdict


@pytest.mark.parametrize("length", ["", "-1", "1e3", "٣", "9" * 16])
def test_a_length_that_is_no_number_says_nothing(length: str) -> None:
    feed = FEED + block(f"edSignature: {sign_bytes(FEED, KEY)}", f"length: {length}")

    assert verify_feed(feed, KEY.public_key) == Verdict()


def test_a_block_that_goes_on_and_on_is_none() -> None:
    assert read_signature_block(FEED + block(f"edSignature: {'A' * 2000}")) is None


def test_netsparkles_detached_signature_is_over_the_very_bytes() -> None:
    assert verify_bytes(FEED, sign_bytes(FEED, KEY), KEY.public_key) == Verdict()
    assert verify_bytes(b"\xef\xbb\xbf" + FEED, sign_bytes(FEED, KEY), KEY.public_key).wrong is Part.BYTES
