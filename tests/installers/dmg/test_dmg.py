import io
import os
import tarfile
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest

from ota_dev.catalog.facts import Facts
from ota_dev.errors import IncompleteInstallerError, InstallerError
from ota_dev.installers.dmg import DMG
from tests.installers.writers.apfs import ApfsContainer
from tests.installers.writers.hfs_plus import xorriso_disk
from tests.installers.writers.partitions import apple_disk, bare_disk, guid_disk
from tests.installers.writers.udif import KINDS, udif

WriteApp = Callable[..., Path]


def read(image: bytes) -> Facts:
    return DMG.read(io.BytesIO(image))


def apfs_volume(folder: Path) -> bytes:
    container = ApfsContainer()
    container.add_folder(folder)
    return container.image()


def hfs_plus_volume(folder: Path) -> bytes:
    disk = xorriso_disk(folder)
    return disk[disk.index(b"H+\0\4") - 1024 :]


VOLUMES = pytest.mark.parametrize("volume", [hfs_plus_volume, apfs_volume], ids=["HFS+", "APFS"])


@pytest.mark.parametrize("compression", KINDS)
def test_the_app_is_read_whatever_the_compression(app_disk: bytes, truth: Facts, compression: str) -> None:
    assert read(udif(app_disk, compression)) == truth


@VOLUMES
@pytest.mark.parametrize("disk", [apple_disk, guid_disk, bare_disk], ids=["Apple's map", "GUID map", "no map"])
def test_the_volume_is_found_whatever_the_partition_map(
    write_app: WriteApp,
    shelf: Path,
    truth: Facts,
    volume: Callable[[Path], bytes],
    disk: Callable[[bytes], bytes],
) -> None:
    write_app()

    assert read(udif(disk(volume(shelf)))) == truth


@VOLUMES
def test_helper_apps_hidden_folders_and_deeper_apps_are_no_rivals(
    write_app: WriteApp, shelf: Path, truth: Facts, volume: Callable[[Path], bytes]
) -> None:
    write_app()
    for decoy in (
        "Acme Notes.app/Contents/Frameworks/Updater.app",
        ".Trashes/Old Notes.app",
        "Extras/Uninstall Acme Notes.app",
    ):
        write_app(decoy, CFBundleIdentifier="com.acme.decoy")

    assert read(udif(volume(shelf))) == truth


@VOLUMES
def test_an_app_in_a_folder_is_found(
    write_app: WriteApp, shelf: Path, truth: Facts, volume: Callable[[Path], bytes]
) -> None:
    write_app("Acme/Notes/Acme Notes.app")

    assert read(udif(volume(shelf))) == truth


@VOLUMES
def test_two_apps_are_named_as_an_ambiguity(write_app: WriteApp, shelf: Path, volume: Callable[[Path], bytes]) -> None:
    write_app()
    write_app("Acme Draw.app")

    with pytest.raises(InstallerError, match=r"2 apps \(Acme Draw.app, Acme Notes.app\)"):
        read(udif(volume(shelf)))


@VOLUMES
def test_a_disk_without_an_app_says_so(shelf: Path, volume: Callable[[Path], bytes]) -> None:
    (shelf / "Acme Notes.pkg").write_bytes(b"a package")

    with pytest.raises(InstallerError, match="no app"):
        read(udif(volume(shelf)))


@VOLUMES
def test_links_to_the_property_list_are_followed(
    write_app: WriteApp, shelf: Path, truth: Facts, volume: Callable[[Path], bytes]
) -> None:
    contents = write_app() / "Contents"
    (contents / "Info.plist").rename(contents / "Resources/Real.plist")
    (contents / "Info.plist").symlink_to("Resources/Real.plist")

    assert read(udif(volume(shelf))) == truth


@VOLUMES
def test_a_link_that_leaves_the_disk_is_not_followed(
    write_app: WriteApp, shelf: Path, volume: Callable[[Path], bytes]
) -> None:
    plist = write_app() / "Contents/Info.plist"
    plist.unlink()
    plist.symlink_to("../../../../../etc/Info.plist")

    with pytest.raises(InstallerError, match=r"no Contents/Info.plist"):
        read(udif(volume(shelf)))


@VOLUMES
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_executable_is_found_in_either_spelling_of_its_letters(
    write_app: WriteApp,
    shelf: Path,
    truth: Facts,
    volume: Callable[[Path], bytes],
    form: Literal["NFC", "NFD"],
) -> None:
    app = write_app(CFBundleExecutable="Café")
    folder = app / "Contents/MacOS"
    (folder / "Acme Notes").rename(folder / unicodedata.normalize(form, "Café"))

    assert read(udif(volume(shelf))).architectures == truth.architectures


@VOLUMES
def test_a_disk_of_many_files_is_read_through_its_index(
    write_app: WriteApp, shelf: Path, truth: Facts, volume: Callable[[Path], bytes]
) -> None:
    resources = write_app() / "Contents/Resources"
    for number in range(1500):
        (resources / f"picture {number}").touch()
        (shelf / f"read me {number}").touch()

    assert read(udif(volume(shelf))) == truth


def test_what_lies_beside_the_app_is_not_read(write_app: WriteApp, shelf: Path, truth: Facts) -> None:
    (write_app() / "Contents/Resources/film").write_bytes(os.urandom(8 * 1024**2))
    image = CountingFile(udif(xorriso_disk(shelf)))

    assert DMG.read(image) == truth
    assert image.bytes_read < 256 * 1024


class CountingFile(io.BytesIO):
    bytes_read = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.bytes_read += len(data)
        return data


@pytest.mark.parametrize("compression", sorted(KINDS.keys() - {"ADC"}))
@pytest.mark.parametrize("disk", [apple_disk, guid_disk], ids=["Apple's map", "GUID map"])
def test_an_image_that_is_cut_short_is_known_by_its_first_sector(
    compression: str, disk: Callable[[bytes], bytes]
) -> None:
    image = udif(disk(os.urandom(100_000 // 512 * 512)), compression)
    cut = image[:-1]

    assert DMG.recognises(cut[:4096])
    with pytest.raises(IncompleteInstallerError, match="cut short"):
        read(cut)


def test_an_image_is_known_by_its_trailer(app_disk: bytes) -> None:
    image = udif(app_disk, "ADC")

    assert DMG.recognises_end(image[-4096:])
    assert not DMG.recognises_end(image[-4096:-1])


@pytest.mark.parametrize("mode", ["w:gz", "w:bz2", "w:xz"])
def test_other_compressed_files_are_no_images(mode: str) -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:  # type: ignore[call-overload]
        archive.addfile(tarfile.TarInfo("Acme Notes.app/Contents/Info.plist"))
    whole = file.getvalue()

    assert not DMG.recognises(whole[:4096])
    assert not DMG.recognises_end(whole[-4096:])


@pytest.mark.parametrize(
    "image",
    [
        pytest.param(b"encrcdsa" + bytes(4096), id="mark at the start"),
        pytest.param(bytes(4096) + b"cdsaencr", id="mark at the end"),
    ],
)
def test_an_encrypted_image_says_so(image: bytes) -> None:
    assert DMG.recognises(image[:4096]) or DMG.recognises_end(image[-4096:])
    with pytest.raises(InstallerError, match="encrypted"):
        read(image)


def test_a_disk_of_another_file_system_says_so() -> None:
    with pytest.raises(InstallerError, match=r"no HFS\+ or APFS volume"):
        read(udif(guid_disk(bytes(range(256)) * 64)))


@VOLUMES
@pytest.mark.parametrize("binary", [False, True], ids=["XML", "binary"])
def test_every_damaged_image_ends_in_facts_or_a_reason(
    write_app: WriteApp,
    shelf: Path,
    volume: Callable[[Path], bytes],
    survives_damage: Callable[..., None],
    binary: bool,
) -> None:
    write_app(binary=binary)

    survives_damage(DMG.read, udif(guid_disk(volume(shelf)), "zlib"))


@VOLUMES
def test_every_damaged_disk_ends_in_facts_or_a_reason(
    write_app: WriteApp, shelf: Path, volume: Callable[[Path], bytes], survives_damage: Callable[..., None]
) -> None:
    write_app()

    def read_disk(file: io.BytesIO) -> Facts:
        disk = file.read()
        return read(udif(disk + bytes(-len(disk) % 512), "raw"))

    survives_damage(read_disk, bare_disk(volume(shelf))[:200_000])
