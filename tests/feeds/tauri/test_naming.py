"""The names of Tauri's feeds, and what they say."""

import pytest

from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.policy import Policy
from ota_dev.catalog.releases import App
from ota_dev.feeds.interface import FeedName, Question
from ota_dev.feeds.tauri.naming import bundle_asked, feed_files, is_for_one, read_name
from tests.feeds.conftest import build_artifact


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("latest.json", FeedName()),
        (
            "tauri/darwin/aarch64/1.2.0",
            FeedName(system="darwin", architecture="aarch64", host_version="1.2.0", form="update"),
        ),
        (
            "tauri/linux/x86_64/1.2.0-beta.1+5/deb",
            FeedName(system="linux", architecture="x86_64", host_version="1.2.0-beta.1+5", form="update deb"),
        ),
        ("latest-mac.json", None),
        ("latest.json.signature", None),
        ("tauri/darwin/aarch64", None),
        ("tauri/darwin/aarch64/", None),
        ("tauri/darwin/aarch64/1.2.0/", None),
        ("tauri/darwin/aarch64/1.2.0/a b", None),
        ("tauri/darwin/aarch64/1.2.0/deb/more", None),
    ],
)
def test_a_name_says_which_target_asks_and_what_it_has(name: str, said: FeedName | None) -> None:
    assert read_name(name) == said


@pytest.mark.parametrize(
    ("bundle", "kind"),
    [
        ("appimage", PackageKind.APPIMAGE),
        ("AppImage", PackageKind.APPIMAGE),
        ("deb", PackageKind.DEB),
        ("rpm", PackageKind.RPM),
        ("nsis", PackageKind.EXE),
        ("msi", PackageKind.MSI),
        ("app", PackageKind.TAR),
        ("unknown", None),
    ],
)
def test_the_bundle_is_the_kind_of_installer_that_an_app_came_from(bundle: str, kind: PackageKind | None) -> None:
    said = read_name(f"tauri/linux/x86_64/1.2.0/{bundle}")

    assert said
    assert is_for_one(Question(form=said.form))
    assert bundle_asked(Question(form=said.form)) is kind


def test_the_static_document_is_of_no_one_target() -> None:
    assert not is_for_one(Question())


def test_a_static_host_has_the_document_of_each_channel() -> None:
    app = App.of("acmenotes", "Acme Notes", [build_artifact("a.exe", policy=Policy(channel="beta"))])

    files = feed_files(app, ["stable"])

    assert [path for file in files for path in file.paths] == [
        "latest.json",
        "channels/beta/latest.json",
        "channels/stable/latest.json",
    ]
