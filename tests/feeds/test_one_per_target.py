from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.policy import Policy
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.feeds.interface import Alternate
from ota_dev.feeds.one_per_target import select

Builder = Callable[..., Artifact]


def app(*artifacts: Artifact) -> App:
    return App.of("acmenotes", "Acme Notes", artifacts)


@pytest.mark.parametrize(
    ("platform", "suffixes"),
    [
        pytest.param(Platform.MACOS, ["dmg", "zip", "tar.xz", "aar", "pkg"], id="macos"),
        pytest.param(Platform.WINDOWS, ["exe", "msi", "zip", "tar.gz", "msix", "appx", "nupkg"], id="windows"),
        pytest.param(Platform.LINUX, ["AppImage", "tar.gz", "deb", "rpm", "zip", "snap", "flatpak"], id="linux"),
    ],
)
def test_of_several_kinds_the_preferred_is_offered(platform: Platform, suffixes: list[str], artifact: Builder) -> None:
    offered = []
    for start in range(len(suffixes)):
        artifacts = [artifact(f"Acme-Notes.{suffix}", platform=platform) for suffix in suffixes[start:]]
        (item,) = select(app(*reversed(artifacts))).items
        offered.append(item.download_name.removeprefix("Acme-Notes."))

    assert offered == suffixes


@pytest.mark.parametrize(
    ("name", "is_offered"),
    [("a.dmg", True), ("a.exe", False), ("a.AppImage", False)],
    ids=["macOS", "Windows", "Linux"],
)
def test_what_is_on_a_channel_is_for_mac_clients_and_for_those_who_ask_for_the_channel(
    name: str, is_offered: bool, artifact: Builder
) -> None:
    beta = artifact(name, policy=Policy(channel="beta"))

    assert select(app(beta)).items == ((beta,) if is_offered else ())
    assert len(select(app(beta).on_channel("beta")).items) == 1


def test_an_installer_on_a_channel_is_no_alternate_of_one_for_everyone(artifact: Builder) -> None:
    beta, stable = artifact("a.zip", policy=Policy(channel="beta")), artifact("a.dmg")

    assert set(map(id, select(app(beta, stable)).items)) == {id(beta), id(stable)}


def test_what_is_left_out_names_what_is_offered_instead(artifact: Builder) -> None:
    dmg, zipped, pkg = artifact("Acme-Notes.dmg"), artifact("Acme-Notes.zip"), artifact("Acme-Notes.pkg")

    alternates = select(app(dmg, zipped, pkg)).alternates

    assert alternates == (Alternate(left_out=pkg, chosen=dmg), Alternate(left_out=zipped, chosen=dmg))


def test_of_two_of_one_kind_the_first_by_name_is_offered(artifact: Builder) -> None:
    selection = select(app(artifact("b.dmg"), artifact("a.dmg")))

    assert [item.download_name for item in selection.items] == ["a.dmg"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"architecture": Architecture.ARM64}, {"architecture": Architecture.X86_64}, id="architectures"),
        pytest.param({"architecture": Architecture.ARM64}, {"architecture": Architecture.UNIVERSAL}, id="universal"),
        pytest.param({"architecture": Architecture.ARM64}, {"architecture": Architecture.UNKNOWN}, id="unknown"),
        pytest.param({"platform": Platform.MACOS}, {"platform": Platform.LINUX}, id="platforms"),
        pytest.param({"build": "130"}, {"build": "131"}, id="builds of one release"),
        pytest.param({"short_version": "1.2"}, {"short_version": "1.3"}, id="releases"),
        pytest.param(
            {"short_version": "1.2", "build": "7"}, {"short_version": "1.3", "build": "7"}, id="releases of one build"
        ),
    ],
)
def test_different_places_are_both_offered(one: dict[str, str], other: dict[str, str], artifact: Builder) -> None:
    selection = select(app(artifact("a.zip", **one), artifact("b.zip", **other)))

    assert len(selection.items) == 2
    assert selection.alternates == ()


def test_builds_that_differ_in_trailing_zeros_are_one(artifact: Builder) -> None:
    dmg, zipped = artifact("a.dmg", short_version="1.3.0"), artifact("a.zip", short_version="1.3")

    assert select(app(dmg, zipped)).items == (dmg,)


def test_an_app_without_artifacts_offers_nothing() -> None:
    selection = select(app())

    assert selection.items == ()
    assert selection.alternates == ()


KINDS = st.sampled_from(["dmg", "pkg", "zip", "tar.gz", "exe", "msi", "deb", "flatpak"])
ARTIFACTS = st.lists(
    st.tuples(KINDS, st.sampled_from(Platform), st.sampled_from(Architecture), st.sampled_from(["1.0", "1.1", "2"])),
    unique=True,
)


@given(ARTIFACTS)
def test_every_artifact_is_offered_or_an_alternate_and_items_keep_their_order(
    artifact: Builder, places: list[tuple[str, Platform, Architecture, str]]
) -> None:
    shelf = app(
        *(
            artifact(f"{number}.{kind}", platform=platform, architecture=architecture, short_version=version)
            for number, (kind, platform, architecture, version) in enumerate(places)
        )
    )

    selection = select(shelf)

    offered = {item.download_name for item in selection.items}
    left_out = {alternate.left_out.download_name for alternate in selection.alternates}
    assert not offered & left_out
    assert selection.items == tuple(item for item in shelf.artifacts if item.download_name in offered)
    assert {item.download_name for item in shelf.artifacts} == offered | left_out
    assert all(alternate.chosen.download_name in offered for alternate in selection.alternates)


@pytest.mark.parametrize("platform", Platform)
@pytest.mark.parametrize("kind", ["dmg", "aar", "zip", "exe", "msix", "deb", "snap"])
def test_any_kind_can_be_offered_on_any_platform(kind: str, platform: Platform, artifact: Builder) -> None:
    (item,) = select(app(artifact(f"a.{kind}", platform=platform))).items

    assert item.kind is PackageKind(kind)
