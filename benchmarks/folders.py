"""Folders of installers to measure with, in temporary places."""

import io
import os
import plistlib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

__all__ = ["GIB", "MIB", "mac_zip", "temporary_folder", "write_file", "write_installers"]

MIB = 1024 * 1024
GIB = 1024 * MIB


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Give an empty folder that is gone at the end."""
    with TemporaryDirectory(prefix="ota-dev-benchmark-") as folder:
        yield Path(folder).resolve()


def write_file(path: Path, size: int) -> Path:
    """Write *size* bytes, a whole number of MiB, which no file system stores as a hole."""
    block = os.urandom(MIB)
    with path.open("wb") as file:
        for _ in range(size // MIB):
            file.write(block)
    return path


def write_installers(folder: Path, count: int) -> None:
    """Fill *folder* with so many versions of a sample app: small, real zips with an Info.plist inside."""
    for number in range(count):
        version = f"1.{number // 100}.{number % 100}"
        (folder / f"Acme-Notes-{version}.zip").write_bytes(mac_zip(version))


def mac_zip(version: str) -> bytes:
    """Give a zip with an application bundle of this version."""
    information = {
        "CFBundleName": "Acme Notes",
        "CFBundleIdentifier": "com.example.acme-notes",
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("Acme Notes.app/Contents/Info.plist", plistlib.dumps(information))
    return buffer.getvalue()
