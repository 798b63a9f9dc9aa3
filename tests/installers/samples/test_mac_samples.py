import os
from pathlib import Path

import pytest

from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.errors import InstallerError
from ota_dev.installers.apple_archive import AAR
from ota_dev.installers.dmg import DMG
from ota_dev.installers.flat_package import PKG
from ota_dev.installers.interface import InstallerFormat
from ota_dev.installers.tar_archive import TAR
from ota_dev.installers.zip_archive import ZIP

SAMPLES = Path(os.environ["OTA_DEV_SAMPLES"])


@pytest.mark.parametrize(
    ("format_", "name"),
    [
        pytest.param(DMG, "SparkleTestCodeSignApp.dmg", id="HFS+, bzip2"),
        pytest.param(DMG, "SparkleTestCodeSign_apfs.dmg", id="APFS, bzip2"),
        pytest.param(AAR, "SparkleTestCodeSignApp.aar", id="Apple Archive, LZFSE"),
        pytest.param(TAR, "SparkleTestCodeSignApp.tar.xz", id="tar, xz"),
    ],
)
def test_the_test_app_of_sparkle_is_read_from_every_container(format_: InstallerFormat, name: str) -> None:
    with (SAMPLES / name).open("rb") as file:
        facts = format_.read(file)

    assert facts.known() == {
        "name": "Sparkle Test App",
        "identifier": "org.sparkle-project.SparkleTestApp",
        "version": "1.5",
        "platform": Platform.MACOS,
        "architectures": (Architecture.X86_64,),
        "feed_url": "http://sparkle-project.org/files/sparkletestcast.xml",
    }


def test_a_signed_app_in_a_zip_is_read() -> None:
    with (SAMPLES / "DevSignedApp.zip").open("rb") as file:
        facts = ZIP.read(file)

    assert facts.known() == {
        "name": "SignedApp",
        "identifier": "com.zoo.SignedApp",
        "version": "1",
        "short_version": "1.0",
        "platform": Platform.MACOS,
        "architectures": (Architecture.ARM64,),
        "minimum_os": "13.1",
    }


def test_an_encrypted_image_says_so() -> None:
    with (SAMPLES / "SparkleTestCodeSignApp.enc.dmg").open("rb") as file, pytest.raises(InstallerError, match="encr"):
        DMG.read(file)


def test_a_component_package_is_read() -> None:
    with (SAMPLES / "test.pkg").open("rb") as file:
        facts = PKG.read(file)

    assert (facts.identifier, facts.platform) == ("org.sparkle-project.testapp", Platform.MACOS)


@pytest.mark.parametrize("name", ["SparkleTestCodeSignApp.dmg", "SparkleTestCodeSign_apfs.dmg"])
def test_an_image_is_known_by_its_end_and_its_cut_by_its_start(name: str) -> None:
    image = (SAMPLES / name).read_bytes()

    assert DMG.recognises_end(image[-4096:])
    assert DMG.recognises(image[:4096])
