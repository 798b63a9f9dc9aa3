"""Acme Notes 1.3.0 as an installer of every kind, with the truth about each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.installers.recipes.appimage import ENTRY, appimage, deflated
from tests.installers.recipes.archives import TAR_OPTIONS
from tests.installers.recipes.deb import deb
from tests.installers.recipes.disk_image import apfs_image, hfs_plus_image
from tests.installers.recipes.flatpak import flatpak
from tests.installers.recipes.mac_archives import archived_app, packaged_app, packed_app
from tests.installers.recipes.msi import msi
from tests.installers.recipes.msix import msix, msix_bundle
from tests.installers.recipes.nupkg import nupkg
from tests.installers.recipes.portable_executable import NSIS_KEYS, nsis_setup
from tests.installers.recipes.rpm import rpm
from tests.installers.recipes.snap import YAML, snap


@dataclass(frozen=True, kw_only=True)
class Sample:
    """An installer of one kind."""

    recipe: Callable[..., Path]  # takes also `ballast`, the bytes that are to make the installer large
    options: Mapping[str, object] = field(default_factory=dict)
    truth: Mapping[str, object]  # every fact that is to be read from it, as JSON has them
    shows_last_byte: bool = True  # whether its format lets one see that no more than the very last byte is missing


MAC = {
    "name": "Acme Notes",
    "identifier": "com.acme.notes",
    "version": "130",
    "short_version": "1.3.0",
    "platform": "macos",
    "architectures": ["x86_64", "arm64"],
    "minimum_os": "12.0",
    "public_key": "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lsQ=",
    "feed_url": "https://updates.acme.example/appcast.xml",
}
VERSION = {"version": "1.3.0", "short_version": "1.3.0"}
WINDOWS = {"name": "Acme Notes", **VERSION, "publisher": "Acme", "platform": "windows"}
BLOCK_MAP = b'{"version": "2", "files": []}'
LINUX = {"name": "Acme Notes", **VERSION, "platform": "linux", "architectures": ["x86_64"]}

# By the name that the installer is to have; the names say neither product nor version.
EVERY_KIND: dict[str, Sample] = {
    "hfs.dmg": Sample(recipe=hfs_plus_image, truth=MAC),
    "apfs.dmg": Sample(recipe=apfs_image, truth=MAC),
    "mac.pkg": Sample(recipe=packaged_app, truth=MAC),
    "mac.aar": Sample(recipe=archived_app, truth=MAC),
    "mac.zip": Sample(recipe=packed_app, options={"suffix": ".zip"}, truth=MAC),
    **{
        # What follows the mark that ends a tar is padding, which compressors check.
        f"mac{suffix}": Sample(
            recipe=packed_app, options={"suffix": suffix}, truth=MAC, shows_last_byte=suffix != ".tar"
        )
        for suffix in TAR_OPTIONS
    },
    "windows.exe": Sample(recipe=nsis_setup, options={"version_keys": NSIS_KEYS}, truth=WINDOWS),
    "windows.msi": Sample(
        recipe=msi,
        truth={**WINDOWS, "publisher": "Acme Söhne", "architectures": ["x86_64"]},
        shows_last_byte=False,  # its last sector may be written in part
    ),
    "windows.msix": Sample(
        recipe=msix,
        truth={
            **WINDOWS,
            **dict.fromkeys(VERSION, "1.3.0.0"),
            "architectures": ["x86_64"],
            "minimum_os": "10.0.17763.0",
        },
    ),
    "windows.msixbundle": Sample(
        recipe=msix_bundle,
        truth={
            **WINDOWS,
            **dict.fromkeys(VERSION, "1.3.0.0"),
            "name": "AcmeNotes",
            "architectures": ["x86_64", "arm64"],
            "minimum_os": "10.0.17763.0",
        },
    ),
    "windows.nupkg": Sample(
        recipe=nupkg,
        truth={**WINDOWS, "identifier": "AcmeNotes", "architectures": ["x86_64"], "minimum_os": "10.0.19043"},
    ),
    "linux.deb": Sample(
        recipe=deb,
        options={"version": "1:1.3.0-2", "compression": "zstd"},
        truth={**LINUX, "name": "acme-notes", "publisher": "Acme Söhne"},
    ),
    "linux.rpm": Sample(
        recipe=rpm,
        options={"version": "1.3.0", "epoch": "1"},
        truth={**LINUX, "name": "acme-notes", "publisher": "Acme Söhne"},
    ),
    "linux.AppImage": Sample(
        recipe=appimage,
        options={"entry": ENTRY.replace("1.2.3", "1.3.0"), "block_map": BLOCK_MAP},
        truth={**LINUX, "block_map_size": len(deflated(BLOCK_MAP)) - 4},
        shows_last_byte=False,  # a squashfs ends with padding
    ),
    "linux.snap": Sample(
        recipe=snap, options={"yaml": YAML.replace("1.2.3", "1.3.0")}, truth=LINUX, shows_last_byte=False
    ),
    "linux.flatpak": Sample(recipe=flatpak, truth={**LINUX, "identifier": "com.acme.Notes"}),
}
