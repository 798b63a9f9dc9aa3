"""Flatpak bundles (`.flatpak`), by the dictionary at their start.

The app itself is in an ostree delta, which is not read: what its version is, only metainfo in the dictionary says, and
only where the packager put it there. Source of the layout: `flatpak-bundle.c`, and `ostree-repo-static-delta-core.c`.
"""

import io
from typing import BinaryIO

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.targets import Platform
from ota_dev.errors import IncompleteInstallerError, InstallerError
from ota_dev.installers.architectures import architectures
from ota_dev.installers.bounded_xml import MAX_XML_SIZE, parse_xml
from ota_dev.installers.containers.bounded_reading import read_at, size_of
from ota_dev.installers.containers.forward_stream import open_stream
from ota_dev.installers.flatpak.gvariant import offset_size, read_dictionary
from ota_dev.installers.interface import InstallerFormat

__all__ = ["FLATPAK"]

MAX_SIZES = {"ref": 1024, "appdata": 4 << 20}  # bytes; other entries hold icons and parts of the app

_MAGIC = b"flatpak\0"
_OFFSETS = 6  # of the parts of a delta whose size varies; the first one's is the last
_APP = "app"


def _recognises(head: bytes) -> bool:
    return head.startswith(_MAGIC)


def _read(file: BinaryIO) -> Facts:
    bundle = _dictionary(file)
    kind, _, rest = bundle.get("ref", b"").decode("utf-8", "replace").partition("/")
    identifier, _, rest = rest.partition("/")
    if kind != _APP or not identifier:
        raise InstallerError("it is a flatpak of a runtime, not of an app")
    referred = Facts.read_from(
        "ref",
        identifier=identifier,
        platform=Platform.LINUX,
        architectures=architectures(rest.partition("/")[0]),
    )
    return _described(bundle.get("appdata", b"")).over(referred)


def _dictionary(file: BinaryIO) -> dict[str, bytes]:
    """Read the dictionary, which ends where the very last number in the file says."""
    size = size_of(file)
    width = offset_size(size)
    table_start = max(0, size - _OFFSETS * width)
    table = read_at(file, table_start, size - table_start, "offsets")
    last, *earlier = (int.from_bytes(table[at : at + width], "little") for at in range(0, len(table), width))
    ends = [len(_MAGIC), *reversed(earlier), last, table_start]
    if ends != sorted(ends):
        raise IncompleteInstallerError("it is cut short: the offsets at the end of a flatpak are missing")
    return read_dictionary(file, ends[1], MAX_SIZES)


def _described(appdata: bytes) -> Facts:
    """Read the first component of an AppStream catalogue in gzip."""
    if not appdata:
        return Facts()
    component = parse_xml(open_stream(io.BytesIO(appdata)).read(MAX_XML_SIZE + 1), "its appdata").find("component")
    if component is None:
        return Facts()
    release = component.find("releases/release")
    version = release.get("version") if release is not None else None
    return Facts.read_from("appdata", name=component.findtext("name"), version=version, short_version=version)


FLATPAK = InstallerFormat(name="flatpak", recognises=_recognises, read=_read)
