"""Signatures in files beside installers, as `tauri build` leaves them: `Acme.AppImage` and `Acme.AppImage.sig`.

Reads those files, and judges nothing: other tools call other signatures so, and only Tauri's feed needs a right one.
"""

from pathlib import Path

from ota_dev.catalog.minisign import LONGEST
from ota_dev.catalog.package_kinds import PackageKind

__all__ = ["is_signature_name", "read_signature", "signature_name", "signed_name"]

_SUFFIX = ".sig"


def signature_name(installer: str) -> str:
    """Give the name that the signature of an installer has."""
    return f"{installer}{_SUFFIX}"


def signed_name(name: str) -> str:
    """Give the name of the installer that the signature *name* is of."""
    return name.removesuffix(_SUFFIX)


def is_signature_name(name: str) -> bool:
    """Say whether a file of this name may be the signature of an installer."""
    return name.endswith(_SUFFIX) and PackageKind.of_file(signed_name(name)) is not None


def read_signature(path: Path) -> str | None:
    """Read as much of the signature at *path* as one may have, and a little more; `None` where no file can be read."""
    if not path.is_file():  # Opening a pipe would wait for somebody who writes into it.
        return None
    try:
        with path.open("rb") as file:
            return file.read(2 * LONGEST).decode(errors="replace").strip()
    except OSError:
        return None
