"""Windows programs, linked by GNU binutils from resource scripts, and setups, made by NSIS."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.installers.recipes.ballast import write_ballast

NSIS_KEYS = (
    "VIProductVersion 1.3.0.0",
    'VIAddVersionKey ProductName "Acme Notes"',
    'VIAddVersionKey ProductVersion "1.3.0"',
    'VIAddVersionKey CompanyName "Acme"',
    'VIAddVersionKey FileVersion "9.9.9.9"',
    'VIAddVersionKey FileDescription "Setup"',
    'VIAddVersionKey LegalCopyright "Acme"',
)


def version_info(
    strings: dict[str, str], fixed_file: str = "0,0,0,0", fixed_product: str = "0,0,0,0", table: str = "040904b0"
) -> str:
    """Write the resource script of a version resource."""
    values = "".join(f'VALUE "{key}", L"{value}"\n' for key, value in strings.items())
    return f"""1 VERSIONINFO FILEVERSION {fixed_file} PRODUCTVERSION {fixed_product} BEGIN
BLOCK "StringFileInfo" BEGIN BLOCK "{table}" BEGIN {values} END END
BLOCK "VarFileInfo" BEGIN VALUE "Translation", 0x409, 1200 END END
"""


def program(folder: Path, *scripts: str) -> Path:
    """Link a program that consists of its resources."""
    (folder / "app.rc").write_text("\n".join(scripts), "ascii")
    windres = ["x86_64-w64-mingw32-windres", "--preprocessor=cat", "app.rc", "app.o"]
    subprocess.run(windres, cwd=folder, check=True, capture_output=True)
    subprocess.run(["x86_64-w64-mingw32-ld", "-shared", "-e", "0", "app.o", "-o", "app.exe"], cwd=folder, check=True)
    return folder / "app.exe"


def nsis_setup(folder: Path, version_keys: Sequence[str] = (), ballast: int = 0) -> Path:
    """Make a setup that installs one file, the ballast."""
    write_ballast(folder / "notes", ballast)
    keys = "\n".join(version_keys)
    (folder / "setup.nsi").write_text(
        f'Unicode true\nName "Acme Notes"\nOutFile "setup.exe"\n{keys}\nSection\nFile notes\nSectionEnd\n'
    )
    subprocess.run(["makensis", "-V1", "setup.nsi"], cwd=folder, check=True)
    return folder / "setup.exe"
