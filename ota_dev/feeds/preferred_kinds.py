"""Which kind of installer goes first where there are several for one version and target. Pure."""

from collections.abc import Mapping

from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.targets import Platform

__all__ = ["PREFERRED_KINDS", "KindRanks", "PreferredKinds", "kind_ranks"]

PreferredKinds = Mapping[Platform, tuple[PackageKind, ...]]
KindRanks = Mapping[Platform, Mapping[PackageKind, int]]

PREFERRED_KINDS: PreferredKinds = {
    Platform.MACOS: (PackageKind.DMG, PackageKind.ZIP, PackageKind.TAR, PackageKind.AAR, PackageKind.PKG),
    Platform.WINDOWS: (PackageKind.EXE, PackageKind.MSI, PackageKind.ZIP),
    Platform.LINUX: (PackageKind.APPIMAGE, PackageKind.TAR, PackageKind.DEB, PackageKind.RPM),
    Platform.UNKNOWN: (),
}


def kind_ranks(preferred: PreferredKinds = PREFERRED_KINDS) -> KindRanks:
    """Rank every kind for every platform, the first with 0.

    What is not preferred comes after, in the order in which the kinds are declared.
    """
    return {
        platform: {kind: rank for rank, kind in enumerate(dict.fromkeys((*kinds, *PackageKind)))}
        for platform, kinds in preferred.items()
    }
