"""Windows Installer packages, made by wixl of msitools."""

import subprocess
from pathlib import Path
from xml.sax.saxutils import quoteattr

from tests.installers.recipes.ballast import write_ballast


def msi(
    folder: Path,
    name: str = "Acme Notes",
    version: str = "1.3.0",
    architecture: str = "x64",
    *,
    long_property: int = 1,
    ballast: int = 0,
) -> Path:
    """Pack one file, the ballast, with a property of so many letters."""
    write_ballast(folder / "notes.txt", ballast)
    (folder / "acme.wxs").write_text(
        f"""<?xml version="1.0" encoding="utf-8"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
  <Product Id="*" UpgradeCode="8c2a7d33-3a0e-4d5a-9f0c-1f7f2a6f0a11" Language="1033"
      Name={quoteattr(name)} Version="{version}" Manufacturer="Acme Söhne">
    <Package InstallerVersion="200" Compressed="yes"/>
    <Media Id="1" Cabinet="acme.cab" EmbedCab="yes"/>
    <Property Id="LICENSE" Value="{"L" * long_property}"/>
    <Directory Id="TARGETDIR" Name="SourceDir">
      <Component Id="notes" Guid="8c2a7d33-3a0e-4d5a-9f0c-1f7f2a6f0a12">
        <File Id="notes" Source="notes.txt"/>
      </Component>
    </Directory>
    <Feature Id="all" Level="1"><ComponentRef Id="notes"/></Feature>
  </Product>
</Wix>""",
        "utf-8",
    )
    wixl = ["wixl", "-a", architecture, "-o", "acme.msi", "acme.wxs"]
    subprocess.run(wixl, cwd=folder, check=True, capture_output=True)
    return folder / "acme.msi"
