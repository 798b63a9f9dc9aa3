"""What keeps apps with Tauri's updater from an update that is in the folder. Pure."""

from collections.abc import Iterator

from ota_dev.catalog.targets import Platform
from ota_dev.feeds.semantic_versions import SemanticVersion
from ota_dev.feeds.tauri.bundles import NEEDS, target_names
from ota_dev.feeds.tauri.candidates import Candidate
from ota_dev.feeds.tauri.selection import Selection

__all__ = ["problems"]


def problems(selection: Selection) -> Iterator[str]:
    """Say what is not offered and why, which targets are behind, and what is odd about what is offered."""
    for candidate in selection.candidates:
        yield from _left_out(candidate, selection)
    yield from _without_bundle(selection)
    yield from _behind(selection)
    for candidate in selection.chosen:
        yield from _odd(candidate)


def _left_out(candidate: Candidate, selection: Selection) -> Iterator[str]:
    artifact, version = candidate.artifact, candidate.version
    if version is None:
        yield (
            f"{artifact.download_name} is not in Tauri's feed: its version {artifact.short_version} is no semantic "
            "version, which has three numbers"
        )
    elif candidate.problem and not _is_older(version, selection):
        yield f"{artifact.download_name} is not in Tauri's feed: {candidate.problem}"


def _without_bundle(selection: Selection) -> Iterator[str]:
    """Say of each system what is newest there and not offered, since it is of another kind than the client installs."""
    told = set[Platform]()
    there = {(c.artifact.platform, c.version) for c in selection.candidates if c.is_bundle}
    for candidate in selection.candidates:
        version, platform = candidate.version, candidate.artifact.platform
        if platform not in told and version and not _is_older(version, selection):
            told.add(platform)
            if (platform, version) not in there:
                yield f"{NEEDS[platform]}: of {version} there is only {candidate.artifact.download_name}"


def _is_older(version: SemanticVersion, selection: Selection) -> bool:
    return selection.version is not None and version.order < selection.version.order


def _behind(selection: Selection) -> Iterator[str]:
    """Say which targets have only what is older; the document is about one version, and its client wants its target."""
    told = set(selection.entries)
    for candidate in selection.candidates:
        targets = target_names(candidate.artifact) if candidate.is_usable else ()
        for target in sorted(set(targets) - told):
            told.add(target)
            yield (
                f"there is no {selection.version} for {target}, so apps on it end with an error when they read "
                f"latest.json; at /tauri/… they are offered {candidate.version}"
            )


def _odd(candidate: Candidate) -> Iterator[str]:
    """Say that a signature names another file; a file may be renamed, so it is offered all the same."""
    name = candidate.artifact.download_name
    signed = candidate.signature.file_name if candidate.signature else None
    if signed and signed != name.rpartition("/")[2]:
        yield f"{name}.sig was made for {signed}: clients refuse it unless that is the same file under another name"
