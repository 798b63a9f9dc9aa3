import pytest

from ota_dev.catalog.targets import Platform
from ota_dev.errors import UsageError
from ota_dev.simulated_client.profile import SkippedMajor, System


@pytest.mark.parametrize(
    ("text", "platform", "version"),
    [
        ("macos-14.2", Platform.MACOS, "14.2"),
        ("Darwin", Platform.MACOS, ""),
        ("windows-10.0.22631", Platform.WINDOWS, "10.0.22631"),
        ("windows-11", Platform.WINDOWS, "10.0.22000"),
        ("windows-7", Platform.WINDOWS, "6.1.7601"),
        ("linux", Platform.LINUX, ""),
    ],
)
def test_a_system_is_a_name_and_what_it_says_of_its_version(text: str, platform: Platform, version: str) -> None:
    assert System.parse(text) == System(platform=platform, version=version)


@pytest.mark.parametrize("text", ["", "beos", "macos-sonoma", "macos-14.", "14.2", "macos-" + "1." * 50])
def test_what_is_no_system_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UsageError, match=r"macos-14\.2"):
        System.parse(text)


def test_a_skipped_major_upgrade_may_name_its_subrelease() -> None:
    assert SkippedMajor.parse("2.0") == SkippedMajor(version="2.0", subrelease=None)
    assert SkippedMajor.parse("2.0:2.1") == SkippedMajor(version="2.0", subrelease="2.1")
