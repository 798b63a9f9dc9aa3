import hashlib
import os
import re
import subprocess
from base64 import b64encode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.hashing import Algorithm, Checksum, format_checksum, parse_checksums, quote_name

SHA256 = hashlib.sha256(b"x").digest()
HEX = SHA256.hex()
BASE64 = b64encode(SHA256).decode()
MD5_HEX = "9dd4e461268c8034f5c8564e155c67a6"
AWKWARD_NAMES = [
    "a b",
    " leading",
    "*star",
    "back\\slash",
    "new\nline",
    "carriage\rreturn",
    "\\n",
    "a) = b",
    "tab\there",
    "#hash",
    "Überraschung 1.0.dmg",
]


def checksum(name: str, algorithm: Algorithm = Algorithm.SHA256) -> Checksum:
    return Checksum(name=name, algorithm=algorithm, digest=hashlib.new(algorithm, b"x").digest())


def parse(text: str, algorithm: Algorithm | None = None) -> list[Checksum | None]:
    return [found for _, found in parse_checksums(text, algorithm)]


@pytest.mark.parametrize("tagged", [False, True], ids=["plain", "tagged"])
@pytest.mark.parametrize("name", AWKWARD_NAMES)
def test_a_line_is_the_one_that_sha256sum_writes(tmp_path: Path, name: str, tagged: bool) -> None:
    Path(tmp_path, name).write_bytes(b"x")
    options = ["--tag"] if tagged else []

    peer = subprocess.run(["sha256sum", *options, "--", name], cwd=tmp_path, capture_output=True, check=True)

    assert os.fsencode(format_checksum(checksum(name), tagged=tagged) + "\n") == peer.stdout


@pytest.mark.parametrize(
    ("algorithm", "line"),
    [
        (Algorithm.MD5, f"{MD5_HEX}  f"),
        (Algorithm.SHA512, f"{hashlib.sha512(b'x').hexdigest()}  f"),
        (Algorithm.BLAKE2B, f"BLAKE2b (f) = {hashlib.blake2b(b'x').hexdigest()}"),
        (Algorithm.SHA3_256, f"SHA3-256 (f) = {hashlib.sha3_256(b'x').hexdigest()}"),
    ],
    ids=["md5", "sha512", "blake2b", "sha3_256"],
)
def test_a_line_names_the_algorithm_only_where_its_length_does_not_tell_it(algorithm: Algorithm, line: str) -> None:
    assert format_checksum(checksum("f", algorithm)) == line


@pytest.mark.parametrize(
    "line",
    [
        f"{HEX}  f",
        f"{HEX} *f",
        f"{HEX} f",
        f"{HEX.upper()}  f",
        f"SHA256 (f) = {HEX}",
        f"sha256 (f) = {HEX}",
        f"SHA256(f)= {HEX}",
        f"SHA2-256(f)= {HEX}",
        f"{BASE64}  f",
        f"SHA256 (f) = {BASE64}",
        f"{HEX}  f\r",
        f"\ufeff{HEX}  f",
        f"# made by a build\n\n{HEX}  f\n",
    ],
    ids=[
        "as sha256sum writes it",
        "in binary mode",
        "with one space",
        "in upper case",
        "with a tag",
        "with a tag in lower case",
        "as openssl 1 writes it",
        "as openssl 3 writes it",
        "in base64",
        "with a tag in base64",
        "with a carriage return",
        "after a byte order mark",
        "after a comment and an empty line",
    ],
)
def test_a_checksum_is_read(line: str) -> None:
    assert parse(line) == [checksum("f")]


@pytest.mark.parametrize(
    "line",
    [
        "hello world",
        HEX,
        f"{HEX}  ",
        f"{HEX[:-1]}  f",
        f"{HEX[:-2]}  f",
        f"SHA256 (f) = {HEX[:-2]}",
        f"MD5 (f) = {HEX}",
        f"CRC99 (f) = {HEX}",
        f"\\{HEX}  bad\\escape",
        f"\\{HEX}  ends in\\",
        f"{HEX}  nul\0",
        "-----BEGIN PGP SIGNED MESSAGE-----",
        "Hash: SHA256",
    ],
)
def test_any_other_line_is_said_to_be_none(line: str) -> None:
    assert parse(line) == [None]


def test_each_line_comes_with_its_number() -> None:
    text = f"# comment\n{HEX}  a\n\nnonsense\n"

    assert list(parse_checksums(text)) == [(2, checksum("a")), (4, None)]


def test_a_given_algorithm_is_that_of_lines_without_a_tag() -> None:
    plain = hashlib.blake2s(b"x").hexdigest()

    assert parse(f"{plain}  f\nSHA256 (f) = {HEX}\n", Algorithm.BLAKE2S) == [
        checksum("f", Algorithm.BLAKE2S),
        checksum("f"),
    ]


def test_a_given_algorithm_of_another_length_makes_it_no_checksum() -> None:
    assert parse(f"{HEX}  f", Algorithm.SHA512) == [None]


@given(
    name=st.text(min_size=1).filter(lambda name: "\0" not in name),
    algorithm=st.sampled_from(Algorithm),
    tagged=st.booleans(),
    base64=st.booleans(),
)
def test_what_is_written_is_read_back(name: str, algorithm: Algorithm, tagged: bool, base64: bool) -> None:
    line = format_checksum(checksum(name, algorithm), tagged=tagged, base64=base64)

    assert parse(f"{line}\n") == [checksum(name, algorithm)]
    assert parse(f"{line}\r\n") == [checksum(name, algorithm)]


@given(st.text() | st.from_regex(re.compile(r"\\?[0-9a-f]{64} .*|SHA256 \(.*", re.DOTALL)))
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert all(found is None or found.name for found in parse(text))


@pytest.mark.parametrize("line", [")=" * 500_000 + " ", "SHA256 (" + ")= " * 300_000, "a" * 1_000_000], ids=len)
def test_a_hostile_line_takes_no_longer_than_its_length_asks(line: str) -> None:
    assert parse(line) == [None]


@pytest.mark.parametrize(("name", "quoted"), [("a b", "a b"), ("a\nb", "\\a\\nb"), ("a\\b", "\\a\\\\b")])
def test_a_quoted_name_stays_on_one_line(name: str, quoted: str) -> None:
    assert quote_name(name) == quoted
