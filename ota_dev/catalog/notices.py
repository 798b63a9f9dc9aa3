"""What a developer should know about a catalog before a client meets it; one sentence each."""

from collections.abc import Iterator

from ota_dev.catalog.releases import App, Catalog, Release
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.catalog.versions import Version, compare

__all__ = ["notices"]


def notices(catalog: Catalog) -> tuple[str, ...]:
    """Give everything worth knowing about *catalog*, in a stable order."""
    return tuple(notice for app in catalog.apps for notice in _of_app(app))


def _of_app(app: App) -> Iterator[str]:
    if app.newest:
        yield from _first_of_equals(app.newest)
    for release in app.releases:
        yield from _equal_to_its_final(release)
    yield from _hidden_channels(app)
    for artifact in app.artifacts:
        for warning in artifact.facts.warnings:
            yield f"{artifact.download_name}: {warning}"


def _first_of_equals(release: Release) -> Iterator[str]:
    """Say what Sparkle makes of two Mac builds of one version (SUAppcastDriver.m: the first of equals is taken)."""
    macs = {artifact.architecture for artifact in release.artifacts if artifact.platform is Platform.MACOS}
    if {Architecture.ARM64, Architecture.X86_64} <= macs and Architecture.UNIVERSAL not in macs:
        yield (
            f"{release.short_version} has an arm64 and an x86_64 build for macOS: Sparkle takes the first of equals, "
            "x86_64; point apps on Apple silicon at /appcast-macos-arm64.xml"
        )


def _hidden_channels(app: App) -> Iterator[str]:
    hidden = (artifact for artifact in app.artifacts if artifact.platform is not Platform.MACOS)
    for channel in sorted({artifact.policy.channel for artifact in hidden if artifact.policy.channel}):
        yield (
            f"clients on Windows and Linux know no channels, so only /channels/{channel}/appcast.xml offers them "
            f"what is on the channel {channel}"
        )


def _equal_to_its_final(release: Release) -> Iterator[str]:
    build = release.build
    bare, dash, _ = build.text.partition("-")
    if dash and bare and compare(build, Version(bare)) == 0:
        yield f"Sparkle ignores what follows the dash in {build}: to it this is {bare}, newer than no pre-release"
