"""Which artifacts belong to one app."""

import random
from collections.abc import Callable

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.grouping import group, normalise

MakeArtifact = Callable[..., Artifact]


def names_by_app(*artifacts: Artifact) -> dict[str, list[str]]:
    return {app.key: sorted(a.download_name for a in app.artifacts) for app in group(artifacts).apps}


def test_a_name_is_reduced_to_lower_case_letters_and_digits() -> None:
    assert normalise("Acme Notes-2!") == "acmenotes2"


def test_artifacts_that_share_a_normalised_name_are_one_app(artifact: MakeArtifact) -> None:
    mac = artifact("a.dmg", name="Acme Notes", identifier="com.acme.notes")
    windows = artifact("b.exe", name="Acme Notes")
    linux = artifact("c.deb", name="acme-notes")

    assert names_by_app(mac, windows, linux) == {"acmenotes": ["a.dmg", "b.exe", "c.deb"]}


def test_the_last_part_of_a_bundle_identifier_is_a_name(artifact: MakeArtifact) -> None:
    mac = artifact("a.dmg", name="Acme's Best Notes", identifier="com.acme.notes")
    linux = artifact("c.deb", name="notes")

    assert names_by_app(mac, linux) == {"acmesbestnotes": ["a.dmg", "c.deb"]}


def test_two_bundle_identifiers_are_two_apps_even_under_one_name(artifact: MakeArtifact) -> None:
    one = artifact("a.dmg", name="Notes", identifier="com.acme.notes")
    other = artifact("b.dmg", name="Notes", identifier="org.example.notes")

    assert names_by_app(one, other) == {"notes": ["a.dmg"], "orgexamplenotes": ["b.dmg"]}


def test_names_are_shared_through_a_third(artifact: MakeArtifact) -> None:
    one = artifact("a.exe", name="Acme")
    bridge = artifact("b.nupkg", name="Acme", identifier="Acme.Notes")
    other = artifact("c.deb", name="notes")

    assert len(names_by_app(one, bridge, other)) == 1


def test_different_names_are_different_apps(artifact: MakeArtifact) -> None:
    assert set(names_by_app(artifact("a.exe", name="Acme Notes"), artifact("b.exe", name="Acme Draw"))) == {
        "acmedraw",
        "acmenotes",
    }


def test_whoever_names_the_app_has_the_last_word(artifact: MakeArtifact) -> None:
    mac = artifact("a.dmg", name="Other", identifier="com.acme.other", app="Acme Notes")
    windows = artifact("b.exe", name="Acme Notes")

    assert names_by_app(mac, windows) == {"acmenotes": ["a.dmg", "b.exe"]}


def test_artifacts_without_a_name_belong_to_the_only_app(artifact: MakeArtifact) -> None:
    assert names_by_app(artifact("1.0.dmg"), artifact("b.exe", name="Acme Notes")) == {
        "acmenotes": ["1.0.dmg", "b.exe"]
    }


def test_artifacts_without_a_name_are_an_app_of_their_own_among_several(artifact: MakeArtifact) -> None:
    several = artifact("1.0.dmg"), artifact("b.exe", name="Acme Notes"), artifact("c.exe", name="Acme Draw")

    assert names_by_app(*several)["app"] == ["1.0.dmg"]


def test_the_display_name_is_what_the_newest_installer_says_of_itself(artifact: MakeArtifact) -> None:
    catalog = group(
        [
            artifact("a.dmg", "1.0", name="AcmeNotes"),
            artifact("b.exe", "2.0", name="acme notes"),
            artifact("c.deb", "3.0", name="Acme Notes", source="file name"),
        ]
    )

    assert [app.name for app in catalog.apps] == ["acme notes"]


def test_the_order_of_the_files_does_not_matter(artifact: MakeArtifact) -> None:
    artifacts = [artifact(f"{number}.exe", f"1.{number % 3}", name=f"App {number % 4}") for number in range(20)]
    shuffled = random.Random(7).sample(artifacts, len(artifacts))

    assert group(artifacts) == group(shuffled)
