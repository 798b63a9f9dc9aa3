import pytest

from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.targets import Platform
from ota_dev.feeds.preferred_kinds import kind_ranks


@pytest.mark.parametrize("platform", Platform)
def test_every_kind_has_a_rank_of_its_own_on_every_platform(platform: Platform) -> None:
    assert sorted(kind_ranks()[platform].values()) == list(range(len(PackageKind)))


def test_others_may_prefer_other_kinds() -> None:
    ranks = kind_ranks({Platform.LINUX: (PackageKind.TAR, PackageKind.DEB)})

    assert sorted(PackageKind, key=ranks[Platform.LINUX].__getitem__)[:3] == [
        PackageKind.TAR,
        PackageKind.DEB,
        PackageKind.DMG,
    ]
