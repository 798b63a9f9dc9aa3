"""The sample app of `--demo`: a folder of small, real archives of an app that does not exist.

Writes only into the folder it is given.
"""

import gzip
import io
import plistlib
import stat
import tarfile
import zipfile
from pathlib import Path

__all__ = ["APP", "make_demo_folder"]

APP = "Acme Notes"
VERSIONS = ("1.2.0", "1.3.0")
MADE_ON_UNIX = 3  # a zip keeps the permissions of its files only there
README = "Acme Notes is the sample app of ota-dev's demo. It does nothing.\n"


def make_demo_folder(folder: Path) -> None:
    """Fill *folder* with two versions of the sample app for macOS, and the newest for Windows and Linux."""
    for version in VERSIONS:
        (folder / f"Acme-Notes-{version}-macos.zip").write_bytes(_mac_zip(version))
    newest = VERSIONS[-1]
    (folder / f"Acme-Notes-{newest}-windows-x64.zip").write_bytes(_zip({"Acme Notes/README.txt": README.encode()}))
    (folder / f"Acme-Notes-{newest}-linux-x86_64.tar.gz").write_bytes(_tar_gz("acme-notes/README.txt", README.encode()))


def _mac_zip(version: str) -> bytes:
    info = {
        "CFBundleName": APP,
        "CFBundleIdentifier": "com.example.acme-notes",
        "CFBundleExecutable": APP,
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "LSMinimumSystemVersion": "12.0",
    }
    script = f"#!/bin/sh\necho 'Acme Notes {version}, a demo'\n"
    contents = f"{APP}.app/Contents"
    return _zip({f"{contents}/Info.plist": plistlib.dumps(info), f"{contents}/MacOS/{APP}": script.encode()})


def _zip(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            member = zipfile.ZipInfo(name)
            member.create_system = MADE_ON_UNIX
            member.external_attr = (stat.S_IFREG | (0o755 if "/MacOS/" in name else 0o644)) << 16
            archive.writestr(member, data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _tar_gz(name: str, data: bytes) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return gzip.compress(buffer.getvalue(), mtime=0)
