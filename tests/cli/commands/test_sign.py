import json
import os
import subprocess
import sys
from base64 import b64decode, b64encode
from pathlib import Path

import pytest

SEED = bytes.fromhex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7")  # RFC 8032, 7.1, TEST 3
PUBLIC_TEXT = "/FHNjmIYoaONpH7QAjDwWAgW7RO6MwOsXeuRFUiQgCU="
MESSAGE = bytes.fromhex("af82")
SIGNATURE = b64encode(
    bytes.fromhex(
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    )
).decode()
ATTRIBUTES = f'sparkle:edSignature="{SIGNATURE}" length="2"'


class Shelf:
    """A folder with an installer and a key, in which `ota-dev` runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "a.dmg").write_bytes(MESSAGE)
        (folder / "new\nline.dmg").write_bytes(MESSAGE)
        (folder / "acme.key").write_bytes(b64encode(SEED))
        (folder / "acme.key").chmod(0o600)

    def run(
        self, *arguments: str | bytes, stdin: bytes = b"", key: str | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        environment = os.environ if key is None else {**os.environ, "OTA_DEV_PRIVATE_KEY": key}
        return subprocess.run(
            [sys.executable, "-m", "ota_dev", *arguments],
            cwd=self.folder,
            env=environment,
            input=stdin,
            capture_output=True,
            check=False,
        )

    def sign(self, *arguments: str | bytes) -> subprocess.CompletedProcess[bytes]:
        return self.run("sign", *arguments, "--key", "acme.key")


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def test_one_file_gives_the_attributes_to_paste(shelf: Shelf) -> None:
    result = shelf.sign("a.dmg")

    assert (result.returncode, result.stdout.decode(), result.stderr) == (0, f"{ATTRIBUTES}\n", b"")


def test_the_signature_alone_is_for_scripts(shelf: Shelf) -> None:
    assert shelf.sign("-p", "a.dmg").stdout.decode() == f"{SIGNATURE}\n"


def test_several_files_give_lines_with_their_names(shelf: Shelf) -> None:
    result = shelf.sign("a.dmg", "new\nline.dmg")

    assert result.stdout.decode().splitlines() == [f"{ATTRIBUTES}  a.dmg", f"{ATTRIBUTES}  \\new\\nline.dmg"]


def test_json_holds_signatures_and_errors(shelf: Shelf) -> None:
    result = shelf.sign("--format", "json", "a.dmg", "missing.dmg")

    assert result.returncode == 3
    assert json.loads(result.stdout) == [
        {"file": "a.dmg", "size": 2, "signature": SIGNATURE, "public_key": PUBLIC_TEXT},
        {"file": "missing.dmg", "error": "missing.dmg does not exist: check its name"},
    ]


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_signed(shelf: Shelf) -> None:
    result = shelf.sign("missing.dmg", "a.dmg", ".")

    assert result.returncode == 3
    assert result.stdout.decode() == f"{ATTRIBUTES}  a.dmg\n"
    assert result.stderr.decode().splitlines() == [
        "ota-dev: missing.dmg does not exist: check its name",
        "ota-dev: . is a folder: name the files in it",
    ]


def test_the_key_comes_from_standard_input_or_the_environment(shelf: Shelf) -> None:
    text = b64encode(SEED)

    assert shelf.run("sign", "a.dmg", "--key", "-", stdin=text).stdout.decode() == f"{ATTRIBUTES}\n"
    assert shelf.run("sign", "a.dmg", key=text.decode()).stdout.decode() == f"{ATTRIBUTES}\n"


def test_openssl_accepts_the_signature_with_the_exported_key(shelf: Shelf) -> None:
    (shelf.folder / "signature").write_bytes(b64decode(shelf.sign("-p", "a.dmg").stdout))
    shelf.run("keys", "export", "public.pem", "--key", "acme.key")

    verified = subprocess.run(
        [
            *("openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "public.pem", "-rawin"),
            *("-in", "a.dmg", "-sigfile", "signature"),
        ],
        cwd=shelf.folder,
        capture_output=True,
        check=True,
    )

    assert verified.stdout == b"Signature Verified Successfully\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["sign", "a.dmg"],
            "there is no key: name its file with --key FILE (- is standard input), or set OTA_DEV_PRIVATE_KEY",
        ),
        (
            ["sign", "a.dmg", "-p", "--format", "json", "--key", "acme.key"],
            "-p and --format json are two forms of the result: give one of them",
        ),
        (
            ["sign", "a.dmg", "--key", "new\nline.dmg"],
            "new\nline.dmg is not text, but keys are base64 or PEM: convert DER with "
            "`openssl pkey -inform DER -in FILE`",
        ),
    ],
    ids=["without a key", "two forms of the result", "a key that is none"],
)
def test_wrong_usage_is_named(arguments: list[str], message: str, shelf: Shelf) -> None:
    result = shelf.run(*arguments)

    assert (result.returncode, result.stdout.decode(), result.stderr.decode()) == (2, "", f"ota-dev: {message}\n")


if sys.platform == "linux":

    def test_a_name_that_is_not_utf_8_goes_out_as_it_came_in(shelf: Shelf) -> None:
        name = b"caf\xe9.dmg"
        (shelf.folder / os.fsdecode(name)).write_bytes(MESSAGE)

        result = shelf.sign("a.dmg", name)

        assert result.stdout.splitlines()[1] == ATTRIBUTES.encode() + b"  " + name
