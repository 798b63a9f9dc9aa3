"""AppImages as appimagetool makes them of a runtime and a folder.

The runtime is any small program of this machine with the AppImage mark, and behind it is a squashfs by mksquashfs.
"""

import shutil
import struct
import subprocess
import zlib
from pathlib import Path

from tests.installers.recipes.ballast import write_ballast

ENTRY = """\
# Made by hand.
[Desktop Entry]
Type=Application
Name=Acme Notes
Name[de]=Acme Notizen
Exec=acme
X-AppImage-Version=1.2.3

[Desktop Action New]
Name=New Note
"""


def runtime(machine: int | None = None, image_type: int = 2) -> bytes:
    """Give a runtime for an ELF *machine*, this one unless told otherwise."""
    program = bytearray(Path(shutil.which("true") or "/bin/true").read_bytes())
    program[8:11] = b"AI" + bytes([image_type])
    if machine is not None:
        program[18:20] = struct.pack("<H", machine)
    return bytes(program)


def deflated(block_map: bytes) -> bytes:
    """Give what electron-builder puts behind an AppImage: the map of its blocks in raw deflate, and its length."""
    deflater = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    content = deflater.compress(block_map) + deflater.flush()
    return content + len(content).to_bytes(4, "big")


def appimage(
    folder: Path,
    entry: str = ENTRY,
    metainfo: str = "",
    *,
    linked: bool = False,
    ballast: int = 0,
    block_map: bytes = b"",
) -> Path:
    """Pack an AppImage; a linked desktop entry is in `usr/share/applications`."""
    root = folder / "root"
    applications = root / "usr/share/applications"
    applications.mkdir(parents=True)
    write_ballast(root / "notes", ballast)
    if linked:
        (applications / "acme.desktop").write_text(entry, "utf-8")
        (root / "acme.desktop").symlink_to("usr/share/applications/acme.desktop")
    elif entry:
        (root / "acme.desktop").write_text(entry, "utf-8")
    if metainfo:
        (root / "usr/share/metainfo").mkdir()
        (root / "usr/share/metainfo/com.acme.notes.appdata.xml").write_text(metainfo, "utf-8")
    make = ["mksquashfs", "root", "acme.squashfs", "-comp", "zstd", "-root-owned", "-noappend", "-quiet"]
    subprocess.run(make, cwd=folder, check=True, capture_output=True)
    end = deflated(block_map) if block_map else b""
    (folder / "acme.AppImage").write_bytes(runtime() + (folder / "acme.squashfs").read_bytes() + end)
    return folder / "acme.AppImage"
