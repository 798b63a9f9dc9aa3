"""Which installers the deltas in a folder lead to."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.delta_matching import match_deltas
from ota_dev.catalog.deltas import is_delta_name
from ota_dev.catalog.grouping import group
from ota_dev.catalog.releases import Catalog
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.catalog.versions import Version

MakeArtifact = Callable[..., Artifact]


@pytest.fixture
def shelf(artifact: MakeArtifact) -> Callable[..., Catalog]:
    """Offer builds of Acme Notes as disk images, and whatever else is given: `shelf("130", "120")`."""

    def make(*builds: str, others: tuple[Artifact, ...] = (), name: str = "Acme Notes", **known: Any) -> Catalog:
        images = [artifact(f"Acme Notes {build}.dmg", build, name=name, **known) for build in builds]
        return group([*images, *others])

    return make


def starts(catalog: Catalog) -> dict[str, list[str]]:
    """Give the builds from which deltas lead to each installer that has any."""
    return {a.download_name: [str(delta.from_build) for delta in a.deltas] for a in catalog if a.deltas}


def test_a_delta_belongs_to_the_installer_of_the_build_that_it_leads_to(shelf: Callable[..., Catalog]) -> None:
    catalog, reasons = match_deltas(shelf("130", "120"), {"Acme Notes130-120.delta": 7})

    assert starts(catalog) == {"Acme Notes 130.dmg": ["120"]}
    assert [(delta.download_name, delta.size) for artifact in catalog for delta in artifact.deltas] == [
        ("Acme Notes130-120.delta", 7)
    ]
    assert reasons == {}


@pytest.mark.parametrize(
    ("builds", "name", "expected"),
    [
        pytest.param(("130",), "Acme Notes130-120.delta", ("130", "120"), id="an older build that is gone"),
        pytest.param(("130",), "AcmeNotes130-120.delta", ("130", "120"), id="the bundle's name without the blank"),
        pytest.param(("130",), "old/Acme Notes130-120.DELTA", ("130", "120"), id="in a subfolder"),
        pytest.param(("1.3.0",), "Acme Notes1.3.0-1.2.9.delta", ("1.3.0", "1.2.9"), id="builds with periods"),
        pytest.param(("2-x", "1-x"), "Acme Notes2-x-1-x.delta", ("2-x", "1-x"), id="builds with dashes"),
        pytest.param(("2", "2-x", "1"), "Acme Notes2-x-1.delta", ("2-x", "1"), id="the older build on offer decides"),
        pytest.param(("30", "130"), "Acme Notes130-120.delta", ("130", "120"), id="a build that ends another one"),
        pytest.param(("30",), "Acme Notes 230-20.delta", None, id="a build that only ends the one in the name"),
    ],
)
def test_the_parts_of_a_name_are_told_apart_by_what_is_on_offer(
    shelf: Callable[..., Catalog], builds: tuple[str, ...], name: str, expected: tuple[str, str] | None
) -> None:
    catalog, _ = match_deltas(shelf(*builds), {name: 7})

    assert starts(catalog) == ({f"Acme Notes {expected[0]}.dmg": [expected[1]]} if expected else {})


def test_a_package_of_velopack_beside_the_installer_is_no_second_one(
    shelf: Callable[..., Catalog], artifact: MakeArtifact
) -> None:
    package = artifact(
        "AcmeNotes-130-osx-full.nupkg",
        "130",
        name="Acme Notes",
        platform=Platform.MACOS,
        architecture=Architecture.ARM64,
    )

    catalog, reasons = match_deltas(shelf("130", others=(package,)), {"Acme Notes130-120.delta": 7})

    assert starts(catalog) == {"Acme Notes 130.dmg": ["120"]}
    assert reasons == {}


def test_deltas_stand_newest_starting_point_first(shelf: Callable[..., Catalog]) -> None:
    names = [f"Acme Notes130-{start}.delta" for start in ("9", "120", "100")]

    catalog, _ = match_deltas(shelf("130"), dict.fromkeys(names, 7))

    assert starts(catalog) == {"Acme Notes 130.dmg": ["120", "100", "9"]}


def test_every_kind_of_installer_of_one_build_has_the_deltas_and_no_other_system(
    shelf: Callable[..., Catalog], artifact: MakeArtifact
) -> None:
    others = (artifact("Acme.zip", "130", name="Acme Notes"), artifact("Acme.exe", "130", name="Acme Notes"))

    catalog, _ = match_deltas(shelf("130", others=others), {"Acme Notes130-120.delta": 7})

    assert starts(catalog) == {"Acme Notes 130.dmg": ["120"], "Acme.zip": ["120"]}


NO_INSTALLER = (
    "there is no installer for macOS of the app and the build that its name begins with: "
    "name it <AppName><new>-<old>.delta, as Sparkle does, and keep the installer of the new build beside it"
)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        pytest.param("Acme Notes140-130.delta", NO_INSTALLER, id="no such build"),
        pytest.param("Acme Notes130.0-120.delta", NO_INSTALLER, id="the build in other letters"),
        pytest.param("Acme Draw130-120.delta", NO_INSTALLER, id="another app"),
        pytest.param("130-120.delta", NO_INSTALLER, id="no app"),
        pytest.param("Acme Notes130-.delta", NO_INSTALLER, id="no older build"),
        pytest.param("Acme Notes130.delta", NO_INSTALLER, id="one build"),
        pytest.param("x" * 300 + "130-120.delta", NO_INSTALLER, id="longer than any name"),
        pytest.param(
            "Acme Notes120-130.delta", "it leads from 130 to 120, which is no newer build", id="the wrong way round"
        ),
    ],
)
def test_a_delta_that_leads_nowhere_has_a_reason(shelf: Callable[..., Catalog], name: str, reason: str) -> None:
    catalog, reasons = match_deltas(shelf("130", "120"), {name: 7})

    assert (starts(catalog), reasons) == ({}, {name: reason})


def test_nobody_guesses_for_which_architecture_a_delta_is(artifact: MakeArtifact) -> None:
    macs = [
        artifact(f"Acme {each}.dmg", "130", name="Acme", architecture=each)
        for each in (Architecture.ARM64, Architecture.X86_64)
    ]

    catalog, reasons = match_deltas(group(macs), {"Acme130-120.delta": 7})

    assert starts(catalog) == {}
    assert reasons == {
        "Acme130-120.delta": "130 is there for several architectures, and nothing says for which one it is"
    }


def test_nobody_guesses_for_which_app_a_delta_is(artifact: MakeArtifact) -> None:
    twins = [artifact(f"{each}.dmg", "130", name="Acme", identifier=f"com.{each}.acme") for each in ("one", "two")]

    catalog, reasons = match_deltas(group(twins), {"Acme130-120.delta": 7})

    assert starts(catalog) == {}
    assert reasons == {"Acme130-120.delta": "several apps here have its name and its build: choose one with --app"}


def test_of_two_deltas_between_the_same_builds_the_first_counts(shelf: Callable[..., Catalog]) -> None:
    names = ["Acme Notes130-120.delta", "AcmeNotes130-120.delta"]

    catalog, reasons = match_deltas(shelf("130"), dict.fromkeys(names, 7))

    assert [delta.download_name for artifact in catalog for delta in artifact.deltas] == names[:1]
    assert reasons == {names[1]: "Acme Notes130-120.delta leads from 120 to 130 too"}


BUILDS = st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,2}){0,2}", fullmatch=True)


@given(new=BUILDS, old=BUILDS)
def test_any_delta_as_sparkle_names_it_leads_to_its_build_unless_that_is_no_newer(
    artifact: MakeArtifact, new: str, old: str
) -> None:
    catalog = group([artifact("Acme.dmg", new, name="Acme Notes")])

    matched, reasons = match_deltas(catalog, {f"Acme Notes{new}-{old}.delta": 7})

    is_newer = Version(new).is_newer_than(Version(old))
    assert starts(matched) == ({"Acme.dmg": [old]} if is_newer else {})
    assert bool(reasons) is not is_newer


@pytest.mark.parametrize(
    ("name", "is_delta"),
    [("Acme130-120.delta", True), ("Acme130-120.DELTA", True), (".delta", False), ("Acme-1.0-delta.nupkg", True)],
)
def test_a_delta_is_known_by_its_ending(name: str, is_delta: bool) -> None:
    assert is_delta_name(name) is is_delta
