"""The texts of minisign, and what is told of those that are none."""

import base64
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.catalog.minisign import LONGEST, MinisignSignature, key_id, packed_public_key

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


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is no signature of Tauri's"),
        ("https://acme.example/Acme.AppImage.sig", "is no signature of Tauri's"),
        ("-----BEGIN PGP SIGNATURE-----", "is no signature of Tauri's"),
        ("\n".join(LINES), "is the text of minisign itself"),
        (f"{pack(*LINES)}\n", "is no signature of Tauri's"),
        (pack(*LINES[:3]), "is no signature of Tauri's"),
        (pack(*LINES, "more"), "is no signature of Tauri's"),
        (pack("x", *LINES[1:]), "is no signature of Tauri's"),
        (pack(LINES[0], body(b"EX"), *LINES[2:]), "is no signature of Tauri's"),
        (pack(LINES[0], body(size=71), *LINES[2:]), "is no signature of Tauri's"),
        (pack(*LINES[:3], base64.b64encode(bytes(63)).decode()), "is no signature of Tauri's"),
        ("A" * (LONGEST + 1), f"is longer than {LONGEST} characters"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_what_is_no_signature_is_told_what_it_is(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        MinisignSignature.unpacked(text)


def test_the_lines_that_the_cases_are_made_of_are_good() -> None:
    assert MinisignSignature.unpacked(pack(*LINES)).trusted_comment == "y"


@given(st.text() | st.binary(max_size=300).map(lambda data: base64.b64encode(data).decode()))
def test_no_text_is_too_odd_to_be_judged(text: str) -> None:
    with pytest.raises(ValueError, match=r"^is "):
        MinisignSignature.unpacked(text)
