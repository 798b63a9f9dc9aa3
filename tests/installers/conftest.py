"""Real Mac apps on disk, the real tools that pack installers, and the damage that their readers must survive."""

import hashlib
import inspect
import io
import plistlib
import random
import shutil
import struct
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

import pytest

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.errors import InstallerError

INFO = {
    "CFBundleDisplayName": "Acme Notes",
    "CFBundleExecutable": "Acme Notes",
    "CFBundleIdentifier": "com.acme.notes",
    "CFBundlePackageType": "APPL",
    "CFBundleShortVersionString": "1.3.0",
    "CFBundleSupportedPlatforms": ["MacOSX"],
    "CFBundleVersion": "130",
    "LSMinimumSystemVersion": "12.0",
    "NSPrincipalClass": "NSApplication",
    "SUFeedURL": "https://updates.acme.example/appcast.xml",
    "SUPublicEDKey": "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lsQ=",
}

# Not `--auto-compress`, with which GNU tar 1.34 makes an xz of `.tar.lzma`.
TAR_OPTIONS: dict[str, list[str]] = {
    ".tar": [],
    ".tar.gz": ["--gzip"],
    ".tar.bz2": ["--bzip2"],
    ".tar.xz": ["--xz"],
    ".tar.lzma": ["--lzma"],
    ".tar.zst": ["--zstd"],
}


@pytest.fixture
def truth() -> Facts:
    """Give the facts about the app that `write_app` writes unless told otherwise."""
    plist_facts = {
        "name": "Acme Notes",
        "identifier": "com.acme.notes",
        "version": "130",
        "short_version": "1.3.0",
        "platform": Platform.MACOS,
        "minimum_os": "12.0",
        "public_key": "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lsQ=",
        "feed_url": "https://updates.acme.example/appcast.xml",
    }
    sources = {**dict.fromkeys(plist_facts, "Info.plist"), "architectures": "Mach-O header"}
    known: dict[str, Any] = {**plist_facts, "architectures": (Architecture.X86_64, Architecture.ARM64)}
    return Facts(**known, sources=MappingProxyType(sources))


@pytest.fixture
def universal_executable() -> bytes:
    """Give the start of a fat Mach-O file with a slice for x86_64 and one for arm64, each with its own header."""
    slices = [(0x01000007, 3, 4096), (0x0100000C, 0, 8192)]
    entries = b"".join(struct.pack(">5I", cpu, subtype, offset, 32, 12) for cpu, subtype, offset in slices)
    headers = [struct.pack("<8I", 0xFEEDFACF, cpu, subtype, 2, 0, 0, 0, 0) for cpu, subtype, _ in slices]
    return (struct.pack(">2I", 0xCAFEBABE, 2) + entries).ljust(4096, b"\0") + headers[0].ljust(4096, b"\0") + headers[1]


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """Give the folder whose content `pack` packs."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    return folder


@pytest.fixture
def write_app(shelf: Path, universal_executable: bytes) -> Callable[..., Path]:
    """Give a function that writes an app onto the shelf; *changes* go into its Info.plist, and `None` removes a key."""

    def write(path: str = "Acme Notes.app", *, binary: bool = False, **changes: object) -> Path:
        app = shelf / path
        (app / "Contents/MacOS").mkdir(parents=True)
        (app / "Contents/Resources").mkdir()
        info = {key: value for key, value in {**INFO, **changes}.items() if value is not None}
        plist = plistlib.dumps(info, fmt=plistlib.FMT_BINARY if binary else plistlib.FMT_XML)
        (app / "Contents/Info.plist").write_bytes(plist)
        (app / "Contents/PkgInfo").write_bytes(b"APPL????")
        (app / "Contents/MacOS/Acme Notes").write_bytes(universal_executable)
        return app

    return write


@pytest.fixture
def pack(shelf: Path, tmp_path: Path) -> Callable[[str], Path]:
    """Give a function that packs the shelf with the real `zip` or `tar`, and its compressor, by the suffix it is given.

    Symbolic links are packed as links, as Apple's tools do.
    """

    def pack_as(suffix: str) -> Path:
        archive = tmp_path / f"Acme-Notes-1.3.0{suffix}"
        if suffix == ".zip":
            subprocess.run(["zip", "-q", "-r", "-y", archive, "."], cwd=shelf, check=True)
        else:
            subprocess.run(["tar", "-c", *TAR_OPTIONS[suffix], "-f", archive, "-C", shelf, "."], check=True)
        return archive

    return pack_as


Build = Callable[..., Path]

EXTREMES = (0, 1, 0x7F, 0x80, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF)


@pytest.fixture(scope="session")
def build(pytestconfig: pytest.Config) -> Build:
    """Run a recipe, a function from an empty folder and its own arguments to the file it makes there.

    What it made is kept between runs, until the file that the recipe stands in changes.
    """
    shelf = pytestconfig.rootpath / ".build" / "installers"

    def build_once(recipe: Callable[..., Path], *arguments: object) -> Path:
        source = Path(inspect.getfile(recipe)).read_bytes()
        key = hashlib.sha256(source + repr((recipe.__name__, arguments)).encode()).hexdigest()[:16]
        kept = shelf / f"{recipe.__name__}-{key}"
        if not kept.exists():
            workshop = shelf / f"{kept.name}.unfinished"
            shutil.rmtree(workshop, ignore_errors=True)
            workshop.mkdir(parents=True)
            recipe(workshop, *arguments).rename(workshop / "installer")
            workshop.rename(kept)
        return kept / "installer"

    return build_once


@pytest.fixture
def survives_damage() -> Callable[[Callable[[BinaryIO], object], bytes], None]:
    """Check that reading any damaged copy of an installer ends in facts or in a reason, soon."""

    def check(read: Callable[[BinaryIO], object], whole: bytes, *, copies: int = 300, seed: int = 20) -> None:
        for number, damaged in enumerate(_damaged(whole, random.Random(seed), copies)):
            started = time.perf_counter()
            try:
                read(io.BytesIO(damaged))
            except InstallerError:
                pass
            except Exception as error:
                raise AssertionError(f"copy {number} of seed {seed} ended in {error!r}") from error
            assert time.perf_counter() - started < 1, f"copy {number} of seed {seed} took too long"

    return check


def _damaged(whole: bytes, chance: random.Random, copies: int) -> Iterator[bytes]:
    """Put extreme numbers and noise into copies, mostly where headers and directories are, and cut some of them."""
    for _ in range(copies):
        copy = bytearray(whole)
        for _ in range(chance.choice((1, 1, 2, 8))):
            place = chance.choice((chance.randrange(min(4096, len(copy))), chance.randrange(len(copy))))
            size = chance.choice((1, 2, 4, 8))
            number = chance.choice((chance.choice(EXTREMES), chance.getrandbits(64))) % (1 << 8 * size)
            copy[place : place + size] = number.to_bytes(size, chance.choice(("little", "big")))
        yield bytes(copy[: chance.randrange(len(copy))] if chance.random() < 0.1 else copy)
