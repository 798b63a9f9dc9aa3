"""The texts of minisign, and what is told of those that are none."""

import base64
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.catalog.minisign import LONGEST, MinisignError, MinisignSignature, key_id, packed_public_key

SIGNATURE = MinisignSignature(
    key_id=bytes(8),
    signature=bytes(range(64)),
    trusted_comment="timestamp:1700000000\tfile:Acme Notes.AppImage",
    global_signature=bytes(range(64, 128)),
)


def pack(*lines: str) -> str:
    return base64.b64encode("\n".join(lines).encode()).decode()


def body(kind: bytes = b"ED", size: int = 72) -> str:
    return base64.b64encode(kind + bytes(size)).decode()


WHOLE = base64.b64encode(bytes(64)).decode()
LINES = ("untrusted comment: x", body(), "trusted comment: y", WHOLE)


@pytest.mark.parametrize("is_of_digest", [True, False], ids=["of the digest", "of the file"])
def test_a_signature_is_read_back(is_of_digest: bool) -> None:
    signature = replace(SIGNATURE, is_of_digest=is_of_digest)

    assert MinisignSignature.unpacked(signature.packed) == signature


@pytest.mark.parametrize(
    ("comment", "name"),
    [
        ("timestamp:1\tfile:Acme Notes.AppImage", "Acme Notes.AppImage"),
        ("timestamp:1\tfile:a.exe\thashed", "a.exe"),
        ("file:a.exe", "a.exe"),
        ("made by hand", None),
    ],
)
def test_the_trusted_comment_may_name_the_file(comment: str, name: str | None) -> None:
    assert replace(SIGNATURE, trusted_comment=comment).file_name == name


def test_a_public_key_is_the_two_lines_of_its_file_in_base64() -> None:
    comment, key, rest = base64.b64decode(packed_public_key(bytes(32))).decode().split("\n")

    name = key_id(bytes(32))[::-1].hex().upper()
    assert comment == f"untrusted comment: minisign public key: {name}"
    assert base64.b64decode(key) == b"Ed" + key_id(bytes(32)) + bytes(32)
    assert rest == ""


NO_SIGNATURES = {
    "nothing": ("", "is empty"),
    "an address": ("https://acme.example/Acme.AppImage.sig", "is the address of a file"),
    "the name of a file": ("Acme.AppImage.sig", "is the address of a file"),
    "another tool's": ("-----BEGIN PGP SIGNATURE-----", "four lines"),
    "the text itself": ("\n".join(LINES), "and not the base64 of it"),
    "base64 with a line's end": (f"{pack(*LINES)}\n", "four lines"),
    "too few lines": (pack(*LINES[:3]), "four lines"),
    "another first line": (pack("x", *LINES[1:]), "four lines"),
    "another third line": (pack(*LINES[:2], "x", WHOLE), "four lines"),
    "another kind": (pack(LINES[0], body(b"EX"), *LINES[2:]), "lines that are no signature"),
    "a short signature": (pack(LINES[0], body(size=71), *LINES[2:]), "lines that are no signature"),
    "a short global signature": (pack(*LINES[:3], base64.b64encode(bytes(63)).decode()), "lines that are no signature"),
    "a line that is no base64": (pack(LINES[0], "???", *LINES[2:]), "lines that are no signature"),
    "a comment that is no UTF-8": (
        base64.b64encode("\n".join((*LINES[:2], "trusted comment: \xff", WHOLE)).encode("latin-1")).decode(),
        "four lines",
    ),
    "far too much": ("A" * (LONGEST + 1), f"is longer than {LONGEST} characters"),
}


@pytest.mark.parametrize(("text", "reason"), NO_SIGNATURES.values(), ids=NO_SIGNATURES)
def test_what_is_no_signature_is_told_what_it_is(text: str, reason: str) -> None:
    with pytest.raises(MinisignError, match=reason):
        MinisignSignature.unpacked(text)


def test_the_lines_that_the_cases_are_made_of_are_good() -> None:
    assert MinisignSignature.unpacked(pack(*LINES)).trusted_comment == "y"


def test_what_follows_the_four_lines_is_passed_over_as_the_client_does() -> None:
    assert MinisignSignature.unpacked(pack(*LINES, "more")) == MinisignSignature.unpacked(pack(*LINES))


@given(st.text() | st.binary(max_size=300).map(lambda data: base64.b64encode(data).decode()))
def test_no_text_is_too_odd_to_be_judged(text: str) -> None:
    with pytest.raises(MinisignError, match=r"^(is|has) "):
        MinisignSignature.unpacked(text)
