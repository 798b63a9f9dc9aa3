"""An app with the real electron-updater, run by Node: what it was offered, what it has then, and what went wrong."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CLIENT = Path(__file__).with_name("client.js")
CACHE = "ota-dev-updater"
LIMIT = 30  # seconds

# What the client on each system is called, and what is beside the app for the next update.
WINDOWS = ("NsisUpdater", "win32", f"cache/{CACHE}/installer.exe")
MACOS = ("MacUpdater", "darwin", f"cache/{CACHE}/update.zip")
LINUX = ("AppImageUpdater", "linux", "app.AppImage")


@dataclass(frozen=True, kw_only=True)
class Came:
    """What came of one look for an update."""

    found: str | None  # the version that it takes for an update
    offered: str | None  # the version in the feed
    files: list[str]
    error: dict[str, str | None] | None
    lines: list[str]

    @property
    def content(self) -> bytes:
        """Give the installer that was downloaded and verified."""
        return Path(self.files[0]).read_bytes()

    @property
    def error_code(self) -> str | None:
        return self.error["code"] if self.error else None


@dataclass(frozen=True, kw_only=True)
class ElectronApp:
    """An app of version 1.2.0 in a folder of its own; *installer* is what it was installed from, where that is kept."""

    modules: Path
    folder: Path

    def update(
        self,
        configuration: str,
        system: tuple[str, str, str] = WINDOWS,
        *,
        version: str = "1.2.0",
        installer: bytes = b"",
        **settings: Any,
    ) -> Came:
        """Look for an update as `dev-app-update.yml` says, and download it."""
        updater, platform, kept = system
        (self.folder / "cache" / CACHE).mkdir(parents=True, exist_ok=True)
        (self.folder / "dev-app-update.yml").write_text(configuration, "utf-8")
        if installer:
            (self.folder / kept).write_bytes(installer)
        told = {"modules": str(self.modules), "folder": str(self.folder), "updater": updater, "platform": platform}
        argument = json.dumps({**told, "version": version, "settings": settings})
        ran = subprocess.run(["node", CLIENT, argument], capture_output=True, check=False, timeout=LIMIT)
        assert ran.returncode == 0, ran.stderr.decode()
        return Came(**json.loads(ran.stdout))
