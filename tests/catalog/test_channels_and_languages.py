"""An app as those on one channel, or of one language, see it; and the policy that only the newest release gets."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.notes import Note, Notes, NotesFormat
from ota_dev.catalog.policy import Policy
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Architecture, Platform

MakeArtifact = Callable[..., Artifact]


@pytest.fixture
def app(artifact: MakeArtifact) -> App:
    """Give an app with 1.0 and 1.1 for everyone, 2.0 on the channel beta, and 3.0 on the channel nightly."""
    channels = {"1.0": None, "1.1": None, "2.0": "beta", "3.0": "nightly"}
    artifacts = (
        replace(artifact(f"Acme-{version}.dmg", version), policy=Policy(channel=channel, title=version))
        for version, channel in channels.items()
    )
    return App.of("acme", "Acme", artifacts)


CHANNELS = {"beta": ["2.0", "1.1", "1.0"], "nightly": ["3.0", "1.1", "1.0"], "unknown": ["1.1", "1.0"]}


@pytest.mark.parametrize(("channel", "versions"), CHANNELS.items())
def test_a_channel_is_itself_and_the_default_one(app: App, channel: str, versions: list[str]) -> None:
    seen = app.on_channel(channel)

    assert [release.short_version.text for release in seen.releases] == versions
    assert {artifact.policy.channel for artifact in seen.artifacts} == {None}
    assert [artifact.policy.title for artifact in seen.artifacts] == versions


def test_the_default_channel_is_only_what_is_on_none(app: App) -> None:
    assert [release.short_version.text for release in app.on_channel(None).releases] == ["1.1", "1.0"]


def test_in_one_language_every_installer_has_one_note(artifact: MakeArtifact) -> None:
    german, other = (Note(language=tag, format=NotesFormat.HTML, text="") for tag in ("de", None))
    noted = replace(artifact("a.dmg"), notes=Notes.of([german, other]))

    assert App.of("a", "A", [noted]).in_language(["de"]).artifacts[0].notes.notes == (german,)
    assert App.of("a", "A", [noted]).in_language(["fr"]).artifacts[0].notes.notes == (other,)


def test_a_policy_for_the_newest_release_goes_over_its_own_and_leaves_the_rest_alone(app: App) -> None:
    changed = app.with_newest(Policy(title="Newest", link="https://example.com/"))

    assert [artifact.policy.title for artifact in changed.artifacts] == ["Newest", "2.0", "1.1", "1.0"]
    assert changed.artifacts[0].policy.channel == "nightly"
    assert changed.artifacts[1].policy.link is None


@pytest.mark.parametrize(
    ("platform", "said", "minimum"),
    [
        pytest.param(Platform.MACOS, Policy(), "11.0", id="the installer's own, for macOS"),
        pytest.param(Platform.MACOS, Policy(minimum_os="12.0"), "12.0", id="what is said, for macOS"),
        pytest.param(Platform.MACOS, Policy(withdrawn=frozenset({"minimum_os"})), None, id="taken back, for macOS"),
        pytest.param(Platform.WINDOWS, Policy(), None, id="the installer's own, for Windows"),
        pytest.param(Platform.WINDOWS, Policy(minimum_os="10.0"), "10.0", id="what is said, for Windows"),
        pytest.param(Platform.LINUX, Policy(), None, id="the installer's own, for Linux"),
    ],
)
def test_only_a_mac_apps_own_minimum_system_is_in_force(
    artifact: MakeArtifact, platform: Platform, said: Policy, minimum: str | None
) -> None:
    installer = replace(artifact("a.zip", platform=platform, minimum_os="11.0"), policy=said)

    assert installer.policy_in_force.minimum_os == minimum


def test_only_a_mac_app_for_apple_silicon_alone_requires_hardware(artifact: MakeArtifact) -> None:
    required = {
        (platform, architecture): artifact("a.zip", platform=platform, architecture=architecture).policy_in_force
        for platform in (Platform.MACOS, Platform.WINDOWS)
        for architecture in Architecture
    }

    assert [target for target, policy in required.items() if policy.hardware_requirements] == [
        (Platform.MACOS, Architecture.ARM64)
    ]
