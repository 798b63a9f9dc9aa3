"""Acme Notes for macOS, as a folder on disk: a property list by Python's own writer, and the headers of a program."""

import plistlib
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

Processor = tuple[int, int]  # and its subtype, as `mach/machine.h` has them
X86_64, ARM64 = (0x01000007, 3), (0x0100000C, 0)

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


def executable(*processors: Processor) -> bytes:
    """Give the start of a Mach-O file: a fat one with a slice for each of several processors, a thin one for one."""
    headers = [struct.pack("<8I", 0xFEEDFACF, *processor, 2, 0, 0, 0, 0) for processor in processors]
    if len(headers) == 1:
        return headers[0].ljust(4096, b"\0")
    places = range(4096, 4096 * (len(headers) + 1), 4096)
    entries = [
        struct.pack(">5I", *processor, place, 32, 12) for processor, place in zip(processors, places, strict=True)
    ]
    fat = struct.pack(">2I", 0xCAFEBABE, len(entries)) + b"".join(entries)
    return b"".join(part.ljust(4096, b"\0") for part in (fat, *headers))


def write_app(
    app: Path,
    *,
    binary: bool = False,
    processors: Sequence[Processor] = (X86_64, ARM64),
    changes: Mapping[str, object] = MappingProxyType({}),
) -> Path:
    """Write an app bundle at *app*; *changes* go into its Info.plist, and `None` removes a key."""
    (app / "Contents/MacOS").mkdir(parents=True)
    (app / "Contents/Resources").mkdir()
    info = {key: value for key, value in {**INFO, **changes}.items() if value is not None}
    plist = plistlib.dumps(info, fmt=plistlib.FMT_BINARY if binary else plistlib.FMT_XML)
    (app / "Contents/Info.plist").write_bytes(plist)
    (app / "Contents/PkgInfo").write_bytes(b"APPL????")
    (app / "Contents/MacOS/Acme Notes").write_bytes(executable(*processors))
    return app
