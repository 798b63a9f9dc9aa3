"""Windows programs and installers (`.exe`), by their version resource.

The machine field is not believed: NSIS and Inno Setup put an x86 stub before an x64 payload. Neither is the minimum
Windows version, which is the linker's default.
"""

import re
from typing import BinaryIO

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.targets import Platform
from ota_dev.installers.interface import InstallerFormat
from ota_dev.installers.portable_executable.pe_image import PeImage
from ota_dev.installers.portable_executable.version_resource import (
    VersionResource,
    language_order,
    parse_version_resource,
)

__all__ = ["EXE"]

_RT_VERSION = 16
_SAYS_NOTHING = "it has no version resource, so it says neither its name nor its version"
_VERSION = re.compile(r"(?:v|ver\.?|version)?\s*([0-9]\S*)", re.IGNORECASE)
_UNSET = re.compile(r"[0.]*")


def _recognises(head: bytes) -> bool:
    return head.startswith(b"MZ")


def _read(file: BinaryIO) -> Facts:
    data = PeImage.parse(file).resource(_RT_VERSION, language_order)
    if data is None:
        return Facts.read_from("PE header", platform=Platform.WINDOWS, warnings=(_SAYS_NOTHING,))
    resource = parse_version_resource(data)
    source, version = _version(resource)
    named = Facts.read_from(
        "version resource",
        name=_stripped(resource.strings.get("ProductName", "")),
        publisher=_stripped(resource.strings.get("CompanyName", "")),
        platform=Platform.WINDOWS,
    )
    return Facts.read_from(source, version=version, short_version=version).over(named)


def _version(resource: VersionResource) -> tuple[str, str]:
    """Choose the version and say where it stands; empty when none is set.

    What people read comes before what the file system sees: Inno Setup's own FileVersion is 51.1052.0.0.
    """
    candidates = {
        "ProductVersion": resource.strings.get("ProductVersion", ""),
        "fixed ProductVersion": resource.fixed_product_version,
        "FileVersion": resource.strings.get("FileVersion", ""),
        "fixed FileVersion": resource.fixed_file_version,
    }
    for field, text in candidates.items():
        if version := _cleaned(text):
            return f"version resource ({field})", version
    return "version resource", ""


def _cleaned(text: str) -> str:
    """Reduce `2, 0, 1, 5` to 2.0.1.5 and `4.00 (win7_rtm.090713-1255)` to 4.00; zeros and blanks are unset."""
    match = _VERSION.match(".".join(map(_stripped, text.split(","))))
    return "" if match is None or _UNSET.fullmatch(match[1]) else match[1]


def _stripped(text: str) -> str:
    return text.strip(" \t\r\n\0")


EXE = InstallerFormat(name="exe", recognises=_recognises, read=_read)
