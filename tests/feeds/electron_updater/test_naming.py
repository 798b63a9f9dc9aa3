import pytest

from ota_dev.catalog.policy import Policy
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.feeds.electron_updater.naming import feed_files, file_names, read_name
from ota_dev.feeds.interface import FeedName
from tests.feeds.conftest import build_artifact

WINDOWS = build_artifact("Acme Setup.exe", platform=Platform.WINDOWS, architecture=Architecture.X86_64)
MAC = build_artifact("Acme.zip")
IMAGE = build_artifact("Acme.AppImage", platform=Platform.LINUX, architecture=Architecture.ARM)


def app(*artifacts: object) -> App:
    return App.of("acme", "Acme", artifacts)  # type: ignore[arg-type]  # they are artifacts


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("latest.yml", FeedName(system="windows")),
        ("latest-mac.yml", FeedName(system="mac")),
        ("latest-linux.yml", FeedName(system="linux", architecture="x86_64")),
        ("latest-linux-arm64.yml", FeedName(system="linux", architecture="arm64")),
        ("latest-linux-arm.yml", FeedName(system="linux", architecture="arm")),
        ("latest-linux-ia32.yml", FeedName(system="linux", architecture="ia32")),
        ("beta.yml", FeedName(system="windows", channel="beta")),
        ("release-candidate-mac.yml", FeedName(system="mac", channel="release-candidate")),
        ("latest.yaml", None),
        ("-mac.yml", None),
        ("docker-compose.yml", None),
        ("dev-app-update.yml", None),
        (".travis.yml", None),
        (".yml", None),
        ("a b.yml", None),
        ("a/latest.yml", None),
        ("latest.yml.blockmap", None),
    ],
)
def test_a_name_says_channel_system_and_on_linux_the_architecture(name: str, said: FeedName | None) -> None:
    assert read_name(name) == said


def test_the_feeds_to_know_of_are_those_with_an_installer_that_clients_can_use() -> None:
    only_a_dmg = build_artifact("Acme.dmg")

    assert file_names(app(WINDOWS, only_a_dmg, IMAGE)) == ("latest.yml", "latest-linux-arm.yml")


def test_each_channel_has_feeds_of_its_own() -> None:
    beta = build_artifact("Acme-2.zip", short_version="2.0.0", policy=Policy(channel="beta"))

    assert file_names(app(MAC, beta)) == ("latest-mac.yml", "beta-mac.yml")


def test_a_static_host_has_a_channel_by_its_name_and_in_its_folder() -> None:
    paths = [file.paths for file in feed_files(app(MAC), ("beta",))]

    assert paths == [("latest-mac.yml",), ("beta-mac.yml", "channels/beta/latest-mac.yml")]


def test_a_channel_for_windows_that_is_not_one_word_is_in_its_folder_alone() -> None:
    paths = [file.paths for file in feed_files(app(WINDOWS, MAC), ("release-candidate",))]

    assert ("channels/release-candidate/latest.yml",) in paths
    assert ("release-candidate-mac.yml", "channels/release-candidate/latest-mac.yml") in paths


@pytest.mark.parametrize("artifact", [WINDOWS, MAC, IMAGE], ids=lambda artifact: artifact.download_name)
def test_every_feed_to_know_of_is_a_file_and_is_read_back(artifact: object) -> None:
    shelf = app(artifact)
    questions = {path: file.question for file in feed_files(shelf, ()) for path in file.paths}

    for name in file_names(shelf):
        said = read_name(name)
        assert said
        assert questions[name].narrowing.platform is Platform.parse(said.system or "")


def test_clients_on_linux_without_an_installer_find_a_feed_all_the_same() -> None:
    paths = [path for file in feed_files(app(IMAGE), ()) for path in file.paths]

    assert paths == ["latest-linux.yml", "latest-linux-arm64.yml", "latest-linux-arm.yml"]
