import io
import lzma
import os
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.catalog.facts import Facts
from ota_dev.errors import IncompleteInstallerError, InstallerError
from ota_dev.installers.apple_archive import AAR
from tests.installers.writers.apple_archive import apple_archive, record
from tests.installers.writers.compression import blocks, lzfse

WriteApp = Callable[..., Path]

COMPRESSIONS: dict[str, Callable[[bytes], bytes]] = {
    "plain": bytes,
    "LZFSE": lambda data: blocks(b"pbze", lzfse, data),
    "xz": lambda data: blocks(b"pbzx", lzma.compress, data),
    "zlib": lambda data: blocks(b"pbzz", zlib.compress, data),
}


def read(archive: bytes) -> Facts:
    assert AAR.recognises(archive[:4096])
    return AAR.read(io.BytesIO(archive))


@pytest.mark.parametrize("compression", COMPRESSIONS)
@pytest.mark.parametrize("magic", [b"AA01", b"YAA1"])
def test_the_app_is_read_whatever_the_compression(
    write_app: WriteApp, shelf: Path, truth: Facts, compression: str, magic: bytes
) -> None:
    write_app()

    assert read(COMPRESSIONS[compression](apple_archive(shelf, magic))) == truth


def test_helper_apps_are_no_rivals(write_app: WriteApp, shelf: Path, truth: Facts) -> None:
    write_app()
    write_app("Acme Notes.app/Contents/Frameworks/Updater.app", CFBundleIdentifier="com.acme.updater")

    assert read(apple_archive(shelf)) == truth


def test_two_apps_are_named_as_an_ambiguity(write_app: WriteApp, shelf: Path) -> None:
    write_app()
    write_app("Acme Draw.app")

    with pytest.raises(InstallerError, match=r"2 apps \(Acme Draw.app, Acme Notes.app\)"):
        read(apple_archive(shelf))


def test_links_to_the_property_list_are_followed(write_app: WriteApp, shelf: Path, truth: Facts) -> None:
    contents = write_app() / "Contents"
    (contents / "Info.plist").rename(contents / "Resources/Real.plist")
    (contents / "Info.plist").symlink_to("Resources/Real.plist")

    assert read(apple_archive(shelf)) == truth


def test_an_archive_without_an_app_says_nothing(shelf: Path) -> None:
    (shelf / "read me").write_text("Hello")

    assert read(apple_archive(shelf)) == Facts()


def test_blocks_that_do_not_matter_are_not_unpacked(write_app: WriteApp, shelf: Path, truth: Facts) -> None:
    (write_app() / "Contents/Frameworks").mkdir()
    (shelf / "Acme Notes.app/Contents/Frameworks/film").write_bytes(bytes(1_000_000))
    archive = bytearray(COMPRESSIONS["zlib"](apple_archive(shelf)))
    block_of_the_film = zlib.compress(bytes(65_536))

    assert archive.count(block_of_the_film) > 10
    assert read(bytes(archive.replace(block_of_the_film, b"!" * len(block_of_the_film)))) == truth


@pytest.mark.parametrize("compression", COMPRESSIONS)
@pytest.mark.parametrize("missing", [1, 100, 10_000])
def test_an_archive_that_is_cut_short_is_incomplete(
    write_app: WriteApp, shelf: Path, compression: str, missing: int
) -> None:
    (write_app() / "Contents/Resources/film").write_bytes(os.urandom(20_000))
    (shelf / "z").touch()
    archive = COMPRESSIONS[compression](apple_archive(shelf))

    with pytest.raises(IncompleteInstallerError, match="cut short"):
        read(archive[:-missing])


def test_an_encrypted_archive_says_so() -> None:
    with pytest.raises(InstallerError, match="Encrypted"):
        read(b"AEA1" + bytes(100))


@pytest.mark.parametrize(
    "archive",
    [
        pytest.param(record(b"AA01", b"D", "Acme") + b"AA02" + bytes(100), id="another magic"),
        pytest.param(b"AA01" + struct.pack("<H", 10) + b"TYP?", id="a field of an unknown kind"),
        pytest.param(b"AA01" + struct.pack("<H", 18) + b"DATC" + b"\xff" * 8, id="content of senseless size"),
        pytest.param(blocks(b"pbzz", zlib.compress, bytes(1000)), id="no archive in the blocks"),
    ],
)
def test_a_damaged_archive_is_a_reason(archive: bytes) -> None:
    with pytest.raises(InstallerError, match=r"damaged|senseless"):
        read(archive)


def test_a_property_list_of_senseless_size_is_not_read(write_app: WriteApp, shelf: Path) -> None:
    plist = write_app() / "Contents/Info.plist"
    plist.write_bytes(plist.read_bytes() + b" " * 5_000_000)

    with pytest.raises(InstallerError, match="larger than 4 MiB"):
        read(COMPRESSIONS["zlib"](apple_archive(shelf)))


@pytest.mark.parametrize("compression", COMPRESSIONS)
def test_every_damaged_archive_ends_in_facts_or_a_reason(
    write_app: WriteApp, shelf: Path, survives_damage: Callable[..., None], compression: str
) -> None:
    write_app()

    survives_damage(AAR.read, COMPRESSIONS[compression](apple_archive(shelf)))
