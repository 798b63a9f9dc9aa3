"""What a developer should know about a catalog."""

from collections.abc import Callable
from dataclasses import replace

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.grouping import group
from ota_dev.catalog.notices import notices
from ota_dev.catalog.policy import Policy
from ota_dev.catalog.targets import Architecture

MakeArtifact = Callable[..., Artifact]


def test_nothing_is_said_of_a_plain_release(artifact: MakeArtifact) -> None:
    assert notices(group([artifact("a.dmg", name="Acme")])) == ()


def test_two_mac_builds_of_one_version_name_the_narrowed_feed(artifact: MakeArtifact) -> None:
    arm = artifact("a.dmg", name="Acme", architecture=Architecture.ARM64)
    intel = artifact("b.dmg", name="Acme", architecture=Architecture.X86_64)

    (notice,) = notices(group([arm, intel]))

    assert "/appcast-macos-arm64.xml" in notice


def test_a_pre_release_that_equals_its_final_is_warned_about(artifact: MakeArtifact) -> None:
    (notice,) = notices(group([artifact("a.dmg", "1.0.0-beta.2", name="Acme")]))

    assert "1.0.0-beta.2" in notice
    assert "Sparkle" in notice


def test_warnings_of_an_installer_name_its_file(artifact: MakeArtifact) -> None:
    assert notices(group([artifact("a.dmg", name="Acme", warnings=("odd",))])) == ("a.dmg: odd",)


def test_a_channel_that_most_windows_and_linux_clients_cannot_see_is_named_once(artifact: MakeArtifact) -> None:
    installers = [artifact(name, "1.0", name="Acme") for name in ("Acme.exe", "Acme.msi", "Acme.dmg")]
    catalog = group(replace(installer, policy=Policy(channel="beta")) for installer in installers)

    assert notices(catalog) == (
        "clients on Windows and Linux know no channels, so only /channels/beta/appcast.xml offers them what is on the "
        "channel beta",
    )


def test_a_channel_of_mac_apps_alone_is_no_matter(artifact: MakeArtifact) -> None:
    assert notices(group([replace(artifact("Acme.dmg"), policy=Policy(channel="beta"))])) == ()
