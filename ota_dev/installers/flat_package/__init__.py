"""A package for the macOS Installer (`.pkg`): a product with its components, or one component alone.

What an app that it installs says of itself comes first, since that is what the app's own updater compares:

1. `Info.plist`, and the Mach-O header, of the one app in the payload;
2. `PackageInfo`, where it repeats that app's versions;
3. `Distribution`: title, version, oldest system and architectures of the product;
4. `PackageInfo` of the only component.
"""

from dataclasses import replace
from typing import BinaryIO

from ota_dev.catalog.facts import Facts
from ota_dev.errors import InstallerError
from ota_dev.installers.bounded_xml import MAX_XML_SIZE
from ota_dev.installers.flat_package.descriptions import Component, read_distribution, read_package_info
from ota_dev.installers.flat_package.payload import read_app_in_payload
from ota_dev.installers.flat_package.xar import MAGIC, Xar
from ota_dev.installers.interface import InstallerFormat

__all__ = ["PKG"]

MAX_COMPONENTS = 100

_DISTRIBUTION = "Distribution"
_PACKAGE_INFO = "PackageInfo"
_PAYLOAD = "Payload"


def _recognises(head: bytes) -> bool:
    return head.startswith(MAGIC)


def _read(file: BinaryIO) -> Facts:
    archive = Xar(file)
    product = Facts()
    if _DISTRIBUTION in archive.members:
        product = read_distribution(archive.read(_DISTRIBUTION, MAX_XML_SIZE + 1))
    components = _components(archive)
    if not components and not product.known():
        raise InstallerError("it is an archive, but no package: it has neither Distribution nor PackageInfo")
    only = next(iter(components.values())).facts if len(components) == 1 else Facts()
    return _app(archive, components).over(product).over(only)


PKG = InstallerFormat(name="pkg", recognises=_recognises, read=_read)


def _components(archive: Xar) -> dict[str, Component]:
    """Read the PackageInfo of each component, by the folder it is in."""
    folders = [path.removesuffix(_PACKAGE_INFO) for path in archive.members if path.split("/")[-1] == _PACKAGE_INFO]
    if len(folders) > MAX_COMPONENTS:
        raise InstallerError(f"it has more than {MAX_COMPONENTS} components")
    return {folder: read_package_info(archive.read(f"{folder}{_PACKAGE_INFO}", MAX_XML_SIZE + 1)) for folder in folders}


def _app(archive: Xar, components: dict[str, Component]) -> Facts:
    """Read what is known of the one app that the package installs; nothing where there is none, or more than one."""
    folder = _folder_of_the_app(components)
    if folder is None:
        return Facts()
    described = next(iter(components[folder].apps), Facts())
    payload = f"{folder}{_PAYLOAD}"
    if payload not in archive.members:
        return described
    try:
        return (read_app_in_payload(archive.open(payload)) or Facts()).over(described)
    except InstallerError as error:
        return replace(described, warnings=(f"the app that it installs could not be read: {error}",))


def _folder_of_the_app(components: dict[str, Component]) -> str | None:
    """Choose the component with the one app that is named; the only one where none is named."""
    with_apps = [folder for folder, component in components.items() for _ in component.apps]
    candidates = with_apps or list(components)
    return candidates[0] if len(candidates) == 1 else None
