"""What the two descriptions in a package say: a product's `Distribution`, and a component's `PackageInfo`; pure.

Sources: Apple's Distribution Definition XML Reference, and what `pkgbuild` and `productbuild` write.
"""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.catalog.versions import Version
from ota_dev.installers.bounded_xml import parse_xml
from ota_dev.installers.mac_app import top_level_apps

__all__ = ["Component", "read_distribution", "read_package_info"]

_NO_VERSION = "0"  # what `pkgbuild` writes unless it is told one


@dataclass(frozen=True, kw_only=True, slots=True)
class Component:
    """One component package, as its PackageInfo describes it."""

    facts: Facts  # of the package
    apps: tuple[Facts, ...]  # that it installs, without those inside other apps; some builders name none


def read_distribution(document: bytes) -> Facts:
    """Read what a Distribution says of the whole product.

    Raises:
        InstallerError: it is no XML, or none that may be parsed.
    """
    root = parse_xml(document, "its Distribution")
    return Facts.read_from(
        "Distribution",
        name=root.findtext("title", "").strip(),
        identifier=_attribute(root, "product", "id"),
        version=_attribute(root, "product", "version"),
        short_version=_attribute(root, "product", "version"),
        platform=Platform.MACOS,
        architectures=_architectures(_attribute(root, "options", "hostArchitectures")),
        minimum_os=_minimum_os(root),
    )


def read_package_info(document: bytes) -> Component:
    """Read what a PackageInfo says of its component.

    Raises:
        InstallerError: it is no XML, or none that may be parsed.
    """
    root = parse_xml(document, "its PackageInfo")
    version = root.get("version", _NO_VERSION)
    facts = Facts.read_from(
        "PackageInfo",
        identifier=root.get("identifier"),
        version=None if version == _NO_VERSION else version,
        short_version=None if version == _NO_VERSION else version,
        platform=Platform.MACOS,
    )
    return Component(facts=facts, apps=tuple(map(_app, filter(_is_outermost_app, root.iterfind("bundle")))))


def _is_outermost_app(bundle: Element) -> bool:
    path = bundle.get("path", "")
    return top_level_apps([f"{path}/Contents/Info.plist"]) == [path]


def _app(bundle: Element) -> Facts:
    return Facts.read_from(
        "PackageInfo",
        identifier=bundle.get("id"),
        version=bundle.get("CFBundleVersion"),
        short_version=bundle.get("CFBundleShortVersionString"),
    )


def _attribute(root: Element, element: str, name: str) -> str:
    found = root.find(element)
    return "" if found is None else found.get(name, "").strip()


def _architectures(listed: str) -> tuple[Architecture, ...]:
    parsed = (Architecture.parse(spelling.strip()) for spelling in listed.split(","))
    return tuple(architecture for architecture in parsed if architecture != Architecture.UNKNOWN)


def _minimum_os(root: Element) -> str | None:
    """Give the oldest of the systems that are allowed; each entry may begin another range."""
    allowed = (entry.get("min", "").strip() for entry in root.iterfind(".//allowed-os-versions/os-version"))
    return min(filter(None, allowed), key=lambda text: Version(text).order, default=None)
