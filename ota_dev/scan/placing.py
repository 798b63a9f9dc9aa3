"""What an installer is for, from everything that is known of it. Pure: reads no file.

What is said first counts: the sidecar, then the inside of the installer, then its file name, then the version file.
"""

from dataclasses import replace

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.facts import Facts
from ota_dev.catalog.grouping import aliases_of
from ota_dev.catalog.policy import Policy
from ota_dev.catalog.targets import Architecture
from ota_dev.catalog.versions import Version
from ota_dev.scan.file_names import read_file_name
from ota_dev.scan.interface import Skipped
from ota_dev.scan.listing import Candidate
from ota_dev.scan.sidecars import Sidecar

__all__ = ["everything_known", "place"]

LONGEST_VERSION = 100  # characters


def place(candidate: Candidate, sidecar: Sidecar, inside: Facts, last_resort: Facts) -> Artifact | Skipped:
    """Make an artifact of a file, or say why it cannot be placed."""
    name = read_file_name(candidate.path.name) or Facts()
    facts = everything_known(sidecar.facts, inside, name, last_resort)
    version = facts.version or facts.short_version
    if facts.platform is None:
        return _unplaced(candidate, facts, _no_platform(candidate.path.name))
    if version is None:
        return _unplaced(candidate, facts, _no_version(candidate.path.name))
    if max(len(version), len(facts.short_version or "")) > LONGEST_VERSION:
        return _unplaced(candidate, facts, f"its version is longer than {LONGEST_VERSION} characters: shorten it")
    build = Version(version)
    short_version = facts.short_version or version
    return Artifact(
        download_name=candidate.name,
        size=candidate.identity.size,
        modified=candidate.identity.modified,
        kind=candidate.kind,
        platform=facts.platform,
        architecture=_architecture(facts.architectures),
        build=build,
        short_version=build if short_version == version else Version(short_version),  # one remembers what both need
        facts=facts,
        app=sidecar.app,
        aliases=aliases_of(inside, name),
        policy=sidecar.policy.over(Policy(channel=facts.channel)) if facts.channel else sidecar.policy,
    )


def everything_known(sidecar: Facts, inside: Facts, name: Facts, last_resort: Facts) -> Facts:
    """Put together what all sources say of one installer, and warn where its inside and its name contradict."""
    facts = sidecar.over(inside.over(name))
    if not (facts.version or facts.short_version):
        return facts.over(last_resort)
    # Whoever gives a version in a sidecar has seen what the others say.
    is_settled = sidecar.version or sidecar.short_version
    contradiction = None if is_settled else inside.contradiction(name)
    return replace(facts, warnings=(*facts.warnings, contradiction)) if contradiction else facts


def _unplaced(candidate: Candidate, facts: Facts, reason: str) -> Skipped:
    """Skip a file; what went wrong while it was read may be the real reason, so it is said too."""
    return Skipped(name=candidate.name, reason="; ".join((*facts.warnings, reason)))


def _architecture(architectures: tuple[Architecture, ...]) -> Architecture:
    """Give the one architecture; several that include both of today's Macs are universal, else the wider one counts."""
    several = set(architectures)
    if Architecture.UNIVERSAL in several or {Architecture.ARM64, Architecture.X86_64} <= several:
        return Architecture.UNIVERSAL
    widest = (Architecture.X86_64, Architecture.ARM64, Architecture.X86, Architecture.ARM)
    return next((architecture for architecture in widest if architecture in several), Architecture.UNKNOWN)


def _no_platform(name: str) -> str:
    return (
        "neither its name nor an .app inside says which system it is for: "
        f"put macos, windows or linux into its name, or write `os: linux` into {name}.yaml"
    )


def _no_version(name: str) -> str:
    return (
        "neither its name nor its inside says which version it is: "
        f'put the version into its name, write `version: "1.3.0"` into {name}.yaml, or name a file with --version-from'
    )
