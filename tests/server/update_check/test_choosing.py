from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.server.update_check.choosing import newest_installer
from ota_dev.server.update_check.parameters import Asked

MakeArtifact = Callable[..., Artifact]


def chosen(artifacts: list[Artifact], platform: str = "linux", arch: str = "x86_64", **query: str) -> str | None:
    app = App.of("acmenotes", "Acme Notes", artifacts)
    newest = newest_installer(app, Asked.read({"version": "1", "platform": platform, "arch": arch, **query}))
    return newest.download_name if newest else None


@pytest.mark.parametrize(
    ("platform", "suffixes"),
    [
        pytest.param("linux", ["tar.gz", "zip", "tar.xz", "AppImage", "deb", "rpm", "snap", "flatpak"], id="linux"),
        pytest.param("macos", ["dmg", "zip", "tar.bz2", "pkg", "tar.xz", "aar"], id="macos"),
        pytest.param("windows", ["exe", "msi", "zip", "tar.gz", "msix", "appx", "nupkg"], id="windows"),
    ],
)
def test_of_several_kinds_what_the_client_accepts_goes_first_and_then_what_the_appcast_prefers(
    platform: str, suffixes: list[str], artifact: MakeArtifact
) -> None:
    offered = []
    for start in range(len(suffixes)):
        names = [f"Acme.{suffix}" for suffix in reversed(suffixes[start:])]
        choice = chosen([artifact(name, platform=Platform.parse(platform)) for name in names], platform)
        offered.append(str(choice).removeprefix("Acme."))

    assert offered == suffixes


@pytest.mark.parametrize(
    ("refused", "accepted"),
    [("a.tgz", "b.tar.gz"), ("a.tar.zst", "b.tar"), ("a.tar.GZ", "b.tar.bz2"), ("a.tar.xz", "b.zip")],
)
def test_a_name_that_the_client_refuses_comes_after_one_that_it_accepts(
    refused: str, accepted: str, artifact: MakeArtifact
) -> None:
    assert chosen([artifact(refused), artifact(accepted)]) == accepted
    assert chosen([artifact(refused)]) == refused


def test_a_newer_version_goes_before_a_better_kind(artifact: MakeArtifact) -> None:
    assert chosen([artifact("a.tar.gz", "1.3.0"), artifact("b.AppImage", "1.10.0")]) == "b.AppImage"


def test_the_short_version_decides_and_the_build_only_within_it(artifact: MakeArtifact) -> None:
    older = artifact("a.zip", "1.2.0", build="200")
    artifacts = [older, artifact("b.zip", "1.3.0", build="130"), artifact("c.zip", "1.3.0", build="131")]

    assert chosen(artifacts) == "c.zip"


def test_builds_of_another_system_do_not_change_which_version_is_the_newest(artifact: MakeArtifact) -> None:
    mac = artifact("a.dmg", "1.3.0", build="130")

    assert chosen([mac, artifact("b.tar.gz", "1.3.0"), artifact("c.tar.gz", "1.4.0")]) == "c.tar.gz"


@pytest.mark.parametrize("arch", ["x86_64", "arm64"])
def test_the_processor_is_respected_and_universal_fits_every_one(arch: str, artifact: MakeArtifact) -> None:
    own = [
        artifact("x86_64.zip", platform=Platform.MACOS, architecture=Architecture.X86_64),
        artifact("arm64.zip", platform=Platform.MACOS, architecture=Architecture.ARM64),
    ]
    universal = artifact("universal.zip", "1.4.0", platform=Platform.MACOS, architecture=Architecture.UNIVERSAL)

    assert chosen(own, "darwin", arch) == f"{arch}.zip"
    assert chosen([*own, universal], "darwin", arch) == "universal.zip"


def test_what_is_known_to_run_goes_before_what_may(artifact: MakeArtifact) -> None:
    unknown = artifact("a.tar.gz", architecture=Architecture.UNKNOWN)

    assert chosen([unknown, artifact("b.zip")]) == "b.zip"
    assert chosen([unknown]) == "a.tar.gz"


@pytest.mark.parametrize(
    ("platform", "arch"), [("windows", "x86_64"), ("linux", "arm64")], ids=["another system", "another processor"]
)
def test_what_is_for_others_is_not_offered(platform: str, arch: str, artifact: MakeArtifact) -> None:
    assert chosen([artifact("a.tar.gz")], platform, arch) is None


@pytest.mark.parametrize(
    ("channel", "expected"),
    [({}, "stable.zip"), ({"channel": "beta"}, "beta.zip"), ({"channel": "nightly"}, "stable.zip")],
    ids=["none", "beta", "one that there is not"],
)
def test_a_channel_is_offered_with_the_default_one_to_who_asks_for_it(
    channel: dict[str, str], expected: str, artifact: MakeArtifact
) -> None:
    artifacts = [artifact("stable.zip"), artifact("beta.zip", "1.4.0", channel="beta")]

    assert chosen(artifacts, **channel) == expected


def test_a_final_release_on_the_default_channel_goes_before_an_older_beta(artifact: MakeArtifact) -> None:
    artifacts = [artifact("stable.zip", "1.5.0"), artifact("beta.zip", "1.4.0", channel="beta")]

    assert chosen(artifacts, channel="beta") == "stable.zip"


def test_an_app_without_installers_offers_nothing() -> None:
    assert chosen([]) is None


VERSIONS = st.lists(st.integers(0, 30), min_size=1, max_size=3).map(lambda numbers: ".".join(map(str, numbers)))


@given(st.lists(st.tuples(st.sampled_from(["tar.gz", "zip", "deb"]), VERSIONS, VERSIONS), min_size=1, max_size=8))
def test_nothing_on_offer_is_newer_than_what_is_chosen(
    artifact: MakeArtifact, places: list[tuple[str, str, str]]
) -> None:
    artifacts = [
        artifact(f"{number}.{kind}", version, build=build) for number, (kind, version, build) in enumerate(places)
    ]

    name = chosen(artifacts)

    best = next(artifact for artifact in artifacts if artifact.download_name == name)
    assert not any(artifact.short_version.is_newer_than(best.short_version) for artifact in artifacts)
