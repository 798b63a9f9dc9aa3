"""Windows app packages (`.msix`, `.appx`) and bundles of them, by their manifests; pure.

They are zips; what is in one comes in as its paths and a way to read a member. A manifest is believed as it stands:
texts that it only refers to (`ms-resource:`) are in a resource index, which is not read.
Source of the names: Microsoft's "App package manifest" and "Bundle manifest schema reference".
"""

import re
from collections.abc import Container, Iterator
from xml.etree.ElementTree import Element

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.targets import Platform
from ota_dev.errors import InstallerError
from ota_dev.installers.architectures import architectures
from ota_dev.installers.bounded_xml import MAX_XML_SIZE, parse_xml
from ota_dev.installers.mac_app import ReadMember

__all__ = ["read_msix"]

_PACKAGE = "AppxManifest.xml"
_BUNDLE = "AppxMetadata/AppxBundleManifest.xml"
_RESOURCE_REFERENCE = "ms-resource:"
_COMMON_NAME = re.compile(r'(?:^|,)\s*CN=(?:"(?P<quoted>[^"]*)"|(?P<plain>[^,]*))', re.IGNORECASE)
_DEVICES = ("Windows.Desktop", "Windows.Universal")  # in the order in which their minimum counts


def read_msix(paths: Container[str], read: ReadMember) -> Facts | None:
    """Read the facts of the package or bundle in a zip; `None` when it holds neither.

    Raises:
        InstallerError: there is a manifest, but no usable one.
    """
    if _BUNDLE in paths:
        return _bundle_facts(_manifest(_BUNDLE, read))
    if _PACKAGE in paths:
        return _package_facts(_manifest(_PACKAGE, read))
    return None


def _manifest(path: str, read: ReadMember) -> Element:
    return parse_xml(read(path, MAX_XML_SIZE + 1) or b"", path)


def _package_facts(manifest: Element) -> Facts:
    identity = _identity(manifest)
    version = identity.get("Version")
    return Facts.read_from(
        _PACKAGE,
        name=_text(manifest, "{*}Properties/{*}DisplayName") or _name(identity),
        version=version,
        short_version=version,
        platform=Platform.WINDOWS,
        architectures=architectures(identity.get("ProcessorArchitecture", "neutral")),
        minimum_os=_minimum_os(manifest) or _text(manifest, "{*}Prerequisites/{*}OSMinVersion"),
        publisher=_text(manifest, "{*}Properties/{*}PublisherDisplayName") or _publisher(identity),
    )


def _bundle_facts(manifest: Element) -> Facts:
    """Read the version from the packages: the bundle's own is often a date that the packager made up."""
    identity = _identity(manifest)
    packages = [package for package in manifest.iterfind("{*}Packages/{*}Package") if _is_application(package)]
    versions = [package.get("Version") for package in packages]
    version = versions[0] if versions else identity.get("Version")
    return Facts.read_from(
        _BUNDLE.rpartition("/")[2],
        name=_name(identity),
        version=version,
        short_version=version,
        platform=Platform.WINDOWS,
        architectures=architectures(*(package.get("Architecture", "neutral") for package in packages)),
        minimum_os=next(filter(None, map(_minimum_os, packages)), None),
        publisher=_publisher(identity),
    )


def _identity(manifest: Element) -> Element:
    identity = manifest.find("{*}Identity")
    if identity is None:
        raise InstallerError("its manifest names no identity")
    return identity


def _is_application(package: Element) -> bool:
    return package.get("Type") == "application"


def _name(identity: Element) -> str:
    """Give the last part of `Acme.AcmeNotes`."""
    return identity.get("Name", "").rpartition(".")[2]


def _publisher(identity: Element) -> str | None:
    """Give the common name of `CN=Acme, O=Acme, C=DE`."""
    match = _COMMON_NAME.search(identity.get("Publisher", ""))
    return None if match is None else (match["quoted"] or match["plain"]).strip()


def _text(manifest: Element, path: str) -> str | None:
    text = (manifest.findtext(path) or "").strip()
    return None if text.startswith(_RESOURCE_REFERENCE) else text


def _minimum_os(parent: Element) -> str | None:
    families = {family.get("Name"): family.get("MinVersion") for family in _device_families(parent)}
    return next((minimum for device in _DEVICES if (minimum := families.get(device))), None)


def _device_families(parent: Element) -> Iterator[Element]:
    return parent.iterfind("{*}Dependencies/{*}TargetDeviceFamily")
