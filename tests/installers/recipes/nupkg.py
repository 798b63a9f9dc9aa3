"""Nuspecs as NuGet, Squirrel and Velopack write them, whose tools need .NET."""

import zipfile
from pathlib import Path

from tests.installers.recipes.archives import pack_folder
from tests.installers.recipes.ballast import write_ballast

METADATA = """
    <id>AcmeNotes</id>
    <version>1.2.3-beta.4</version>
    <title>Acme Notes</title>
    <authors>Acme</authors>
    <description>Notes</description>"""
VELOPACK = """
    <channel>win</channel>
    <mainExe>AcmeNotes.exe</mainExe>
    <os>win</os>
    <rid>win10.0.19043-x64</rid>
    <osMinVersion>10.0.19043</osMinVersion>
    <machineArchitecture>x64</machineArchitecture>"""


def nuspec(metadata: str) -> str:
    """Write a nuspec with these elements."""
    return f"""<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2010/07/nuspec.xsd">
  <metadata>{metadata}
  </metadata>
</package>"""


def nupkg(folder: Path, ballast: int = 0) -> Path:
    """Make a package with `zip`, as Velopack's tool does it."""
    (folder / "package/lib").mkdir(parents=True)
    metadata = METADATA.replace("1.2.3-beta.4", "1.3.0") + VELOPACK
    (folder / "package/AcmeNotes.nuspec").write_text(nuspec(metadata), "utf-8")
    write_ballast(folder / "package/lib/AcmeNotes.exe", ballast)
    return pack_folder(folder / "package", folder / "acme.nupkg", ".zip")


def write_package(path: Path, version: str, system: str = "win", more: str = "") -> Path:
    """Write the package of a release as Velopack has it, with *more* in its nuspec, without any tool."""
    said = METADATA.replace("1.2.3-beta.4", version) + f"<os>{system}</os><rid>{system}-x64</rid>{more}"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("AcmeNotes.nuspec", nuspec(said))
        archive.writestr("lib/app/AcmeNotes.exe", version * 5_000)
    return path
