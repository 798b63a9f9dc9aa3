"""Manifests of Windows app packages and bundles, as Microsoft's MakeAppx writes them, which runs on Windows only."""

from pathlib import Path

from tests.installers.recipes.archives import pack_folder
from tests.installers.recipes.ballast import write_ballast

IDENTITY = 'Name="Acme.AcmeNotes" Publisher="CN=&quot;Acme, Inc.&quot;, O=Acme, C=DE" Version="1.2.3.0"'
FAMILIES = """
    <TargetDeviceFamily Name="Windows.Universal" MinVersion="10.0.0.0" MaxVersionTested="10.0.0.0"/>
    <TargetDeviceFamily Name="Windows.Desktop" MinVersion="10.0.17763.0" MaxVersionTested="10.0.22621.0"/>"""


def manifest(
    *,
    identity: str = IDENTITY + ' ProcessorArchitecture="x64"',
    name: str = "Acme Notes 🚀",
    publisher: str = "Acme",
    dependencies: str = FAMILIES,
) -> str:
    """Write the manifest of a package."""
    return f"""\ufeff<?xml version="1.0" encoding="utf-8"?>
<Package xmlns="http://schemas.microsoft.com/appx/manifest/foundation/windows10">
  <Identity {identity}/>
  <Properties>
    <DisplayName>{name}</DisplayName>
    <PublisherDisplayName>{publisher}</PublisherDisplayName>
  </Properties>
  <Dependencies>{dependencies}</Dependencies>
</Package>"""


BUNDLE_PATH = "AppxMetadata/AppxBundleManifest.xml"
# MakeAppx gives a bundle a version made of the date unless told otherwise.
BUNDLE = """<?xml version="1.0" encoding="utf-8"?>
<Bundle xmlns="http://schemas.microsoft.com/appx/2013/bundle"
    xmlns:b4="http://schemas.microsoft.com/appx/2018/bundle">
  <Identity Name="Acme.AcmeNotes" Publisher="CN=Acme" Version="2026.1123.1200.0"/>
  <Packages>
    <Package Type="resource" Version="9.9.9.9" ResourceId="de" FileName="de.msix"/>
    <Package Type="application" Version="1.2.3.0" Architecture="x64" FileName="x64.msix">
      <b4:Dependencies><b4:TargetDeviceFamily Name="Windows.Desktop" MinVersion="10.0.17763.0"/></b4:Dependencies>
    </Package>
    <Package Type="application" Version="1.2.3.0" Architecture="arm64" FileName="arm64.msix"/>
  </Packages>
</Bundle>"""


def msix(folder: Path, ballast: int = 0) -> Path:
    """Make a package with `zip`; what MakeAppx adds for Windows to check is left out."""
    identity = 'Name="Acme.AcmeNotes" Publisher="CN=Acme" Version="1.3.0.0" ProcessorArchitecture="x64"'
    (folder / "package").mkdir()
    (folder / "package/AppxManifest.xml").write_text(manifest(identity=identity, name="Acme Notes"), "utf-8")
    write_ballast(folder / "package/AcmeNotes.exe", ballast)
    return pack_folder(folder / "package", folder / "acme.msix", ".zip")


def msix_bundle(folder: Path, ballast: int = 0) -> Path:
    """Make a bundle with `zip`, of which only one package is there, and is none."""
    (folder / "bundle/AppxMetadata").mkdir(parents=True)
    (folder / "bundle" / BUNDLE_PATH).write_text(BUNDLE.replace("1.2.3.0", "1.3.0.0"), "utf-8")
    write_ballast(folder / "bundle/x64.msix", ballast)
    return pack_folder(folder / "bundle", folder / "acme.msixbundle", ".zip")
