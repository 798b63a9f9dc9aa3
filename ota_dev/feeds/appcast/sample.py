"""An app with one installer for each platform, on which a user's template is tried before it is accepted."""

import base64
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.deltas import Delta
from ota_dev.catalog.facts import Facts
from ota_dev.catalog.notes import Note, Notes, NotesFormat
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.policy import Critical, Informational, OwnElement, Policy
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.catalog.versions import Version
from ota_dev.feeds.interface import Links

__all__ = ["SAMPLE_APP", "SAMPLE_LINKS", "SAMPLE_LINKS_TO_NOTES"]

SAMPLE_LINKS = Links("http://127.0.0.1:8080/downloads/")
SAMPLE_LINKS_TO_NOTES = Links("http://127.0.0.1:8080/downloads/", notes="http://127.0.0.1:8080/notes/")

_SIGNATURE = base64.b64encode(bytes(64)).decode()
_POLICY = Policy(
    link="https://example.com/acme-notes",
    critical=Critical(below_version="120"),
    informational=Informational(versions=("100",), below_version="90"),
    phased_rollout_interval=timedelta(days=1),
    own_elements=(OwnElement(prefix="acme", name="track", namespace="https://example.com/ns", text="<stable>"),),
)
_NOTES = Notes.of(
    [
        Note(language=None, format=NotesFormat.HTML, text="<p>Faster & better</p>\n", ed25519_signature=_SIGNATURE),
        Note(language="de", format=NotesFormat.PLAIN_TEXT, text="Schneller & besser"),
    ]
)
_SIGNATURE = base64.b64encode(bytes(64)).decode()
_DELTAS = (
    Delta(download_name="Acme Notes130-120.delta", from_build=Version("120"), size=1, ed25519_signature=_SIGNATURE),
)


def _artifact(name: str, kind: PackageKind, platform: Platform, architecture: Architecture) -> Artifact:
    return Artifact(
        download_name=name,
        size=1,
        modified=datetime(2026, 1, 1, tzinfo=UTC),
        kind=kind,
        platform=platform,
        architecture=architecture,
        build=Version("130"),
        short_version=Version("1.3.0"),
        facts=Facts(minimum_os="11.0"),
        digests=MappingProxyType({"sha256": "0" * 64}),
        ed25519_signature=_SIGNATURE,
        policy=_POLICY,
        notes=_NOTES,
        deltas=_DELTAS if platform is Platform.MACOS else (),
    )


SAMPLE_APP = App.of(
    "acmenotes",
    "Acme & Notes",  # a template that switches escaping off is found out
    (
        _artifact("Acme-Notes-1.3.0-arm64.dmg", PackageKind.DMG, Platform.MACOS, Architecture.ARM64),
        _artifact("Acme-Notes-1.3.0.exe", PackageKind.EXE, Platform.WINDOWS, Architecture.X86_64),
        _artifact("Acme-Notes-1.3.0.AppImage", PackageKind.APPIMAGE, Platform.LINUX, Architecture.UNKNOWN),
    ),
)
