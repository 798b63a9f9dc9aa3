"""RPM packages, made by rpmbuild."""

import subprocess
from pathlib import Path

from tests.installers.recipes.ballast import write_ballast


def rpm(
    folder: Path,
    version: str = "1.2.3",
    epoch: str = "",
    target: str = "x86_64",
    *,
    stage: str = "-bb",
    ballast: int = 0,
) -> Path:
    """Pack `acme-notes`, release 4; the payload is compressed as Fedora does it."""
    write_ballast(folder / "notes", ballast)
    (folder / "acme.spec").write_text(
        f"""Name: acme-notes
Version: {version}
Release: 4
{f"Epoch: {epoch}" if epoch else ""}
Summary: Notes
License: MIT
Vendor: Acme Söhne
{"BuildArch: noarch" if target == "noarch" else ""}
%description
Notes.
%install
mkdir -p %{{buildroot}}/opt/acme
cp {folder}/notes %{{buildroot}}/opt/acme/notes
%files
/opt/acme/notes
""",
        "utf-8",
    )
    defines = [
        "--define",
        f"_topdir {folder}/build",
        "--define",
        "_build_id_links none",
        "--define",
        "_binary_payload w3.zstdio",
        "--target",
        target,
    ]
    subprocess.run(["rpmbuild", stage, *defines, "acme.spec"], cwd=folder, check=True, capture_output=True)
    return next((folder / "build").rglob("*.rpm"))
