"""Velopack's real client in an app that is not there: `client.py URL VERSION CHANNEL FOLDER`.

Asks for an update, downloads what it finds, and writes what came of it as one line of JSON. A program of its own, since
the library logs on its own and keeps threads.
"""

import json
import sys
from pathlib import Path

import velopack

MANIFEST = """<?xml version="1.0" encoding="utf-8"?>
<package><metadata><id>AcmeNotes</id><version>{version}</version><channel>{channel}</channel><os>linux</os>
<rid>linux-x64</rid><mainExe>AcmeNotes</mainExe></metadata></package>"""


def installed(folder: Path, version: str, channel: str) -> velopack.VelopackLocatorConfig:
    """Lay out what the client finds of an app that Velopack has installed."""
    current, packages = folder / "current", folder / "packages"
    current.mkdir(parents=True)
    packages.mkdir()
    (current / "AcmeNotes").touch()
    (folder / "UpdateNix").touch()
    manifest = current / "sq.version"
    manifest.write_text(MANIFEST.format(version=version, channel=channel), "utf-8")
    return velopack.VelopackLocatorConfig(folder, folder / "UpdateNix", packages, manifest, current, True)


def main(url: str, version: str, channel: str, folder: str) -> dict[str, object]:
    """Update once."""
    locator = installed(Path(folder), version, channel)
    try:
        manager = velopack.UpdateManager(url, locator=locator)
        update = manager.check_for_updates()
        if update is None:
            return {"found": None}
        asset = update.TargetFullRelease
        manager.download_updates(update)
    except RuntimeError as error:
        return {"error": str(error).partition("\n")[0]}
    content = (Path(folder) / "packages" / asset.FileName).read_bytes()
    return {"found": asset.Version, "notes": asset.NotesMarkdown, "bytes": len(content)}


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
