"""Debian packages (`.deb`), by their control file.

The version is the upstream version, without Debian's epoch and revision: the app compares with its own version, which
has neither, and `1:2.3.0-1` would be older than `2.3.0` to every client.
"""

import io
import re
from typing import BinaryIO

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.targets import Platform
from ota_dev.errors import IncompleteInstallerError, InstallerError
from ota_dev.installers.architectures import architectures
from ota_dev.installers.containers.ar_archive import MAGIC, ArMember, ar_members
from ota_dev.installers.containers.bounded_reading import read_at
from ota_dev.installers.containers.forward_stream import open_stream
from ota_dev.installers.containers.tar_members import tar_members
from ota_dev.installers.interface import InstallerFormat

__all__ = ["DEB"]

MAX_UNPACKED = 16 << 20  # bytes of the control archive
MAX_CONTROL_SIZE = 1 << 16  # bytes of the control file

# A revision has a digit first by convention; a pre-release such as `-beta.1`, which some packagers pass on, has not.
_VERSION = re.compile(r"(?:[0-9]+:)?(?P<upstream>.+?)(?:-[0-9][A-Za-z0-9+.~]*)?", re.DOTALL)


def _recognises(head: bytes) -> bool:
    return head.startswith(MAGIC + b"debian-binary")


def _read(file: BinaryIO) -> Facts:
    fields = _fields(_control_file(file))
    full_version = fields.get("version", "")
    match = _VERSION.fullmatch(full_version)
    version = match["upstream"] if match else None
    named = Facts.read_from(
        "control file",
        name=fields.get("package"),
        publisher=fields.get("maintainer", "").partition("<")[0].strip(),
        platform=Platform.LINUX,
        architectures=architectures(fields.get("architecture", "")),
    )
    return Facts.read_from(f"control file (Version {full_version})", version=version, short_version=version).over(named)


def _control_file(file: BinaryIO) -> str:
    members = list(ar_members(file))
    control = next((member for member in members if member.name.startswith("control.tar")), None)
    if control is None or not any(member.name.startswith("data.tar") for member in members):
        raise IncompleteInstallerError("it is cut short: a Debian package has a control.tar and a data.tar")
    return _unpack_control_file(file, control)


def _unpack_control_file(file: BinaryIO, archive: ArMember) -> str:
    stream = open_stream(io.BytesIO(read_at(file, archive.offset, archive.size, archive.name)))
    for member in tar_members(stream):
        if stream.position + member.size > MAX_UNPACKED:
            break
        if member.is_file and member.path.removeprefix("./") == "control":
            return stream.read(min(member.size, MAX_CONTROL_SIZE)).decode("utf-8", "replace")
    raise InstallerError(f"there is no control file among the first {MAX_UNPACKED} bytes of its {archive.name}")


def _fields(control: str) -> dict[str, str]:
    """Read the one-line fields, with their names in lower case."""
    lines = (line.partition(":") for line in control.splitlines() if not line.startswith((" ", "\t", "#")))
    return {name.strip().lower(): value.strip() for name, _, value in lines}


DEB = InstallerFormat(name="deb", recognises=_recognises, read=_read)
