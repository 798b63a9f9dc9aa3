"""Windows Installer packages (`.msi`), by their Property table and their summary."""

from typing import BinaryIO

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.installers.interface import InstallerFormat
from ota_dev.installers.msi.compound_file import MAGIC, CompoundFile
from ota_dev.installers.msi.database import property_table, template

__all__ = ["MSI"]

MAX_SUMMARY_SIZE = 1 << 16  # bytes

# `Intel64` is Itanium, which Architecture.parse rightly does not take it for elsewhere.
_ARCHITECTURES = {
    "intel": Architecture.X86,
    "x64": Architecture.X86_64,
    "amd64": Architecture.X86_64,
    "arm": Architecture.ARM,
    "arm64": Architecture.ARM64,
}


def _recognises(head: bytes) -> bool:
    return head.startswith(MAGIC)


def _read(file: BinaryIO) -> Facts:
    database = CompoundFile(file)
    properties = property_table(database.read)
    version = properties.get("ProductVersion", "").strip()
    summary = database.read("\x05SummaryInformation", MAX_SUMMARY_SIZE) or b""
    platform = template(summary).partition(";")[0].partition(",")[0].strip().lower()
    architecture = _ARCHITECTURES.get(platform)
    return Facts.read_from(
        "Property table",
        name=properties.get("ProductName", "").strip(),
        version=version,
        short_version=version,
        publisher=properties.get("Manufacturer", "").strip(),
        platform=Platform.WINDOWS,
        warnings=_version_warnings(version),
    ).over(Facts.read_from("summary information", architectures=(architecture,) if architecture else ()))


def _version_warnings(version: str) -> tuple[str, ...]:
    if version.count(".") < 3:
        return ()
    return (f"Windows compares only the first three fields of the ProductVersion {version}",)


MSI = InstallerFormat(name="msi", recognises=_recognises, read=_read)
