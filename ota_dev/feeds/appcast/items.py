"""The values that an appcast template is given; their names are a promise to those who write templates.

Every text has passed `plain`, so no template can forget it. What is not known or not said is an empty text.
`docs/how-to/appcast-template.md` documents each field.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.releases import App
from ota_dev.catalog.safe_text import plain
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.feeds.appcast.item_parts import (
    AppcastDelta,
    AppcastElement,
    AppcastNote,
    appcast_deltas,
    appcast_elements,
    appcast_notes,
)
from ota_dev.feeds.file_values import file_signature, file_url
from ota_dev.feeds.interface import Links

__all__ = ["DIGESTS", "AppcastApp", "AppcastItem", "appcast_app", "appcast_items"]

DIGESTS = frozenset({"md5", "sha1", "sha256", "sha512", "blake2b"})  # fields of an item that cost reading its file

_Marks = Mapping[Architecture, str]

# The marks that WinSparkle knows for its own build; it never matches `windows-arm`, so nobody gets a wrong one.
_WINDOWS_MARKS: _Marks = {
    Architecture.X86_64: "windows-x64",
    Architecture.X86: "windows-x86",
    Architecture.ARM64: "windows-arm64",
    Architecture.ARM: "windows-arm",
}
_UNMARKED = (Architecture.UNIVERSAL, Architecture.UNKNOWN)


@dataclass(frozen=True, kw_only=True, slots=True)
class AppcastApp:
    """The app that the feed is about."""

    key: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AppcastItem:
    """One installer on offer."""

    title: str
    published: str  # RFC 822
    build: str
    short_version: str
    link: str
    channel: str
    minimum_system_version: str
    maximum_system_version: str
    hardware_requirements: str
    minimum_update_version: str
    minimum_autoupdate_version: str
    ignore_skipped_upgrades_below_version: str
    is_critical: bool
    critical_below_version: str  # empty where it is critical for all
    phased_rollout_interval: int  # seconds; 0 is all at once
    is_informational: bool
    informational_versions: tuple[str, ...]
    informational_below_version: str  # empty, as is the field before, where it is informational for all
    notes: tuple[AppcastNote, ...]
    full_release_notes_link: str
    own_elements: tuple[AppcastElement, ...]
    installer_arguments: str
    url: str
    download_name: str
    kind: str
    size: int  # bytes
    media_type: str
    os: str
    arch: str
    ed25519_signature: str
    deltas: tuple[AppcastDelta, ...]
    md5: str
    sha1: str
    sha256: str
    sha512: str
    blake2b: str


def appcast_app(app: App) -> AppcastApp:
    """Show *app* to a template."""
    return AppcastApp(key=plain(app.key), name=plain(app.name))


def appcast_items(app: AppcastApp, artifacts: Sequence[Artifact], links: Links) -> tuple[AppcastItem, ...]:
    """Show the *artifacts* on offer to a template, in their order."""
    windows = {artifact.architecture for artifact in artifacts if artifact.platform is Platform.WINDOWS}
    # Every client understands a plain `windows`; a mark with the architecture is needed only between several.
    windows_marks = _WINDOWS_MARKS if len(windows & _WINDOWS_MARKS.keys()) > 1 else {}
    return tuple(_item(app, artifact, links, windows_marks) for artifact in artifacts)


def _item(app: AppcastApp, artifact: Artifact, links: Links, windows_marks: _Marks) -> AppcastItem:
    policy = artifact.policy_in_force
    critical, informational = policy.critical, policy.informational
    short_version = plain(artifact.short_version.text)
    digests = {algorithm: plain(digest) for algorithm, digest in artifact.digests.items()}
    return AppcastItem(
        title=_text(policy.title) or f"{app.name} {short_version}".strip(),
        published=format_datetime(artifact.published),
        build=plain(artifact.build.text),
        short_version=short_version,
        link=_text(policy.link),
        channel=_text(policy.channel),
        minimum_system_version=_text(policy.minimum_os),
        maximum_system_version=_text(policy.maximum_os),
        hardware_requirements=", ".join(map(plain, policy.hardware_requirements)),
        minimum_update_version=_text(policy.minimum_update_version),
        minimum_autoupdate_version=_text(policy.minimum_autoupdate_version),
        ignore_skipped_upgrades_below_version=_text(policy.ignore_skipped_upgrades_below_version),
        is_critical=critical is not None,
        critical_below_version=_text(critical.below_version if critical else None),
        phased_rollout_interval=int((policy.phased_rollout_interval or timedelta()).total_seconds()),
        is_informational=informational is not None,
        informational_versions=tuple(map(plain, informational.versions if informational else ())),
        informational_below_version=_text(informational.below_version if informational else None),
        notes=appcast_notes(artifact, links),
        full_release_notes_link=_text(policy.full_release_notes_link),
        own_elements=appcast_elements(policy),
        installer_arguments=_text(policy.installer_arguments) if artifact.platform is Platform.WINDOWS else "",
        url=file_url(links, artifact.download_name),
        download_name=plain(artifact.download_name),
        kind=artifact.kind.value,
        size=artifact.size,
        media_type=artifact.kind.media_type,
        os=_os_mark(artifact, windows_marks),
        arch="" if artifact.architecture in _UNMARKED else artifact.architecture.value,
        ed25519_signature=file_signature(artifact.ed25519_signature),
        deltas=appcast_deltas(artifact, links),
        md5=digests.get("md5", ""),
        sha1=digests.get("sha1", ""),
        sha256=digests.get("sha256", ""),
        sha512=digests.get("sha512", ""),
        blake2b=digests.get("blake2b", ""),
    )


def _text(value: str | None) -> str:
    return plain(value) if value else ""


def _os_mark(artifact: Artifact, windows_marks: _Marks) -> str:
    if artifact.platform is Platform.WINDOWS:
        return windows_marks.get(artifact.architecture, "windows")
    return artifact.platform.value
