"""NuGet packages as Squirrel and Velopack use them for updates (`.nupkg`), by their nuspec; pure.

They are zips; what is in one comes in as its paths and a way to read a member.
Source of the names: NuGet's nuspec reference, and `bundle/manifest.rs` of Velopack for what it adds.
"""

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.targets import Platform
from ota_dev.errors import InstallerError
from ota_dev.installers.architectures import architectures
from ota_dev.installers.bounded_xml import MAX_XML_SIZE, parse_xml
from ota_dev.installers.mac_app import ReadMember

__all__ = ["read_nupkg"]

_VERSION_OF_WINDOWS = "0123456789."
_NO_CHANNEL = re.compile(r"[^A-Za-z0-9._-]")
_LONGEST_CHANNEL = 100  # characters
_DEFAULT_CHANNELS = ("win", "osx", "linux")  # of Velopack, one for each system


def read_nupkg(paths: Iterable[str], read: ReadMember) -> Facts | None:
    """Read the facts of the package in a zip; `None` when it has no nuspec.

    Raises:
        InstallerError: there is a nuspec, but no usable one.
    """
    nuspec = min((path for path in paths if "/" not in path and path.lower().endswith(".nuspec")), default=None)
    if nuspec is None:
        return None
    metadata = parse_xml(read(nuspec, MAX_XML_SIZE + 1) or b"", nuspec).find("{*}metadata")
    if metadata is None:
        raise InstallerError(f"{nuspec} has no metadata")
    return _facts(nuspec, metadata)


def _facts(source: str, metadata: Element) -> Facts:
    runtime_os, _, runtime_architecture = _text(metadata, "rid").partition("-")  # `win10.0.19041-x64`
    platform = Platform.parse(_text(metadata, "os") or runtime_os.rstrip(_VERSION_OF_WINDOWS))
    version = _text(metadata, "version")
    return Facts.read_from(
        source,
        name=_text(metadata, "title") or _text(metadata, "id"),
        identifier=_text(metadata, "id"),
        version=version,
        short_version=version,
        platform=None if platform is Platform.UNKNOWN else platform,
        architectures=architectures(_text(metadata, "machineArchitecture") or runtime_architecture),
        minimum_os=_text(metadata, "osMinVersion"),
        publisher=_text(metadata, "authors"),
        channel=_channel(_text(metadata, "channel")),
        release_notes=_text(metadata, "releaseNotes"),
    )


def _channel(name: str) -> str | None:
    # What clients read as no channel would be on the default one, which everybody sees.
    return None if name in _DEFAULT_CHANNELS else _NO_CHANNEL.sub("-", name)[:_LONGEST_CHANNEL]


def _text(metadata: Element, name: str) -> str:
    return (metadata.findtext(f"{{*}}{name}") or "").strip()
