"""Signatures of minisign, by its own program where the form matters."""

import subprocess
from base64 import b64encode
from pathlib import Path

import pytest

from ota_dev.catalog.minisign import MinisignPublicKey
from ota_dev.signing import Part, read_verifying_key, verify_bytes, verify_file


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a file, a key and signatures of both kinds."""
    folder = tmp_path_factory.mktemp("minisign")
    (folder / "file").write_bytes(b"an installer")
    minisign(folder, "-G", "-W", "-p", "key.pub", "-s", "key")
    minisign(folder, "-S", "-s", "key", "-x", "hashed.sig", "-m", "file")
    minisign(folder, "-S", "-l", "-s", "key", "-x", "legacy.sig", "-m", "file")
    return folder


def minisign(folder: Path, *arguments: str) -> None:
    subprocess.run(["minisign", *arguments], cwd=folder, check=True, capture_output=True, input=b"\n\n", timeout=30)


def packed(path: Path) -> str:
    return b64encode(path.read_bytes()).decode()


@pytest.mark.parametrize("name", ["hashed.sig", "legacy.sig"])
def test_what_minisign_signed_is_good_until_a_byte_changes(folder: Path, name: str, tmp_path: Path) -> None:
    key, signature = read_verifying_key(packed(folder / "key.pub")), packed(folder / name)
    changed = tmp_path / "file"
    changed.write_bytes(b"an Installer")

    assert verify_file(folder / "file", signature, key).is_good
    assert verify_file(changed, signature, key).wrong is Part.BYTES


def test_a_changed_comment_is_found(folder: Path) -> None:
    changed = (folder / "hashed.sig").read_bytes().replace(b"timestamp:", b"timestamp:9")

    verdict = verify_file(folder / "file", b64encode(changed).decode(), read_verifying_key(packed(folder / "key.pub")))

    assert verdict.wrong is Part.SIGNATURE
    assert "comment" in verdict.reason


def test_another_key_is_named(folder: Path) -> None:
    other = MinisignPublicKey(key_id=bytes(8), raw=bytes(32))

    assert "UnexpectedKeyId" in verify_file(folder / "file", packed(folder / "hashed.sig"), other).reason
    assert verify_bytes(b"", "", other).wrong is Part.KEY


def test_a_key_is_read_in_every_form_that_people_have(folder: Path) -> None:
    path = folder / "key.pub"
    text = path.read_text()
    packed_file = folder / "packed.pub"
    packed_file.write_text(packed(path))
    forms = [packed(path), text, text.splitlines()[1]]

    assert len({MinisignPublicKey.read(form) for form in forms}) == 1
    assert read_verifying_key(str(path)) == read_verifying_key(str(packed_file)) == MinisignPublicKey.read(text)
