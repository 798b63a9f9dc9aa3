"""The texts of minisign, and what is told of those that are none."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.catalog.minisign import LONGEST, MinisignError, MinisignSignature


def pack(*lines: str) -> str:
    return base64.b64encode("\n".join(lines).encode()).decode()


def body(kind: bytes = b"ED", size: int = 72) -> str:
    return base64.b64encode(kind + bytes(size)).decode()


WHOLE = base64.b64encode(bytes(64)).decode()
LINES = ("untrusted comment: x", body(), "trusted comment: y", WHOLE)


@pytest.mark.parametrize(("kind", "is_of_digest"), [(b"ED", True), (b"Ed", False)], ids=["digest", "whole file"])
def test_the_kind_of_a_signature_says_what_it_is_of(kind: bytes, is_of_digest: bool) -> None:
    signature = MinisignSignature.unpacked(pack(LINES[0], body(kind), *LINES[2:]))

    assert signature.is_of_digest is is_of_digest


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
    signature = MinisignSignature.unpacked(pack(*LINES[:2], f"trusted comment: {comment}", WHOLE))

    assert signature.file_name == name


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
