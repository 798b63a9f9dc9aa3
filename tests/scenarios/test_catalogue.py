"""What the feed says under each scenario, as a client reads it, and what stays as it was."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.policy import Critical, Policy
from ota_dev.catalog.releases import Catalog
from ota_dev.catalog.versions import Version
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.feeds.appcast.reading import SPARKLE, Item, read_appcast
from ota_dev.feeds.interface import Links
from ota_dev.scenarios.asker import Asker
from ota_dev.scenarios.catalogue import NORMAL, SCENARIOS
from ota_dev.scenarios.parameters import parameters_of
from ota_dev.scenarios.scenario import Scenario, Signing, bent, choose

MakeArtifact = Callable[..., Artifact]
MakeCatalog = Callable[..., Catalog]

NAMES = [
    *("normal", "update-available", "no-update", "same-version", "older-version", "stale-feed", "critical"),
    *("informational", "major-upgrade", "phased", "min-os", "max-os", "channel-beta", "empty-feed", "malformed-feed"),
    *("unsigned", "bad-signature", "wrong-key", "bad-feed-signature", "missing-notes"),
]
LINKS = Links("http://127.0.0.1:8080/downloads/")
LINKED_NOTES = Links("http://127.0.0.1:8080/downloads/", "http://127.0.0.1:8080/notes/")
TEXT = (Path(__file__).parents[2] / "docs" / "reference" / "scenarios.md").read_text("utf-8")

MAC_NEW, MAC_OLD = "macos 1.3.0 (1300)", "macos 1.2.0 (1200)"
EXE_NEW, EXE_OLD = "windows 1.3.0 (1.3.0)", "windows 1.2.0 (1.2.0)"
LINUX = "linux 1.2.0 (1.2.0)"
ALL = {MAC_NEW, MAC_OLD, EXE_NEW, EXE_OLD, LINUX}
NEWEST = {MAC_NEW, EXE_NEW, LINUX}


def items(catalog: Catalog, links: Links = LINKS) -> tuple[Item, ...]:
    """Read what a client is told of the only app."""
    [app] = catalog.apps
    return read_appcast(AppcastFeed().render(app, links)).items


def offer(item: Item) -> str:
    [enclosure] = item.enclosures
    return f"{enclosure.os} {enclosure.short_version} ({enclosure.version})"


def offers(catalog: Catalog) -> set[str]:
    return set(map(offer, items(catalog)))


def those_that_say(element: str, told: Iterable[Item]) -> dict[str, str]:
    """Give by offer the text of an element of Sparkle's, of the items that have it."""
    return {offer(item): item.text(SPARKLE + element) for item in told if item.element.first(SPARKLE + element)}


@pytest.mark.parametrize(
    ("spec", "host", "expected"),
    [
        pytest.param("normal", None, ALL, id="what is in the folder"),
        pytest.param(
            "update-available",
            None,
            {"macos 1.3.1 (1301)", "windows 1.3.1 (1.3.1)", "linux 1.3.1 (1.3.1)", MAC_OLD, EXE_OLD},
            id="the newest installers at the next patch, above the build where that is a number of its own",
        ),
        pytest.param(
            "update-available:version=9000",
            None,
            {"macos 9000 (9000)", "windows 9000 (9000)", "linux 9000 (9000)", MAC_OLD, EXE_OLD},
            id="the newest installers at a version that is newer than every build",
        ),
        pytest.param("no-update", None, set(), id="nothing"),
        pytest.param("same-version", None, NEWEST, id="the newest, to who says no version"),
        pytest.param("same-version", "1.2.0", {MAC_OLD, EXE_OLD, LINUX}, id="the version that the asker has"),
        pytest.param("same-version:host=1200", "1.3.0", {MAC_OLD}, id="the build that is said, whoever asks"),
        pytest.param(
            "same-version",
            "1.2.5",
            {"macos 1.2.5 (1.2.5)", "windows 1.2.5 (1.2.5)", "linux 1.2.5 (1.2.5)"},
            id="the version that the asker has, even if nobody has the installer",
        ),
        pytest.param(
            "older-version",
            None,
            {"macos 0.0.1 (0.0.1)", "windows 0.0.1 (0.0.1)", "linux 0.0.1 (0.0.1)"},
            id="the newest installers under an old version, and nothing else",
        ),
        pytest.param("stale-feed", None, {MAC_OLD, EXE_OLD}, id="all but the newest of each system"),
        pytest.param("channel-beta", None, {MAC_NEW, MAC_OLD, EXE_OLD}, id="beta only where clients know channels"),
    ],
)
def test_the_feed_offers(catalog: Catalog, asker: Asker, spec: str, host: str | None, expected: set[str]) -> None:
    who = Asker.of(asker.now, host)

    bent_catalog = bent(catalog, [choose(spec, SCENARIOS)], who)

    assert offers(bent_catalog) == expected


@pytest.mark.parametrize(
    ("spec", "element", "expected"),
    [
        pytest.param("critical", "criticalUpdate", dict.fromkeys(NEWEST, ""), id="that the newest is critical"),
        pytest.param("informational", "informationalUpdate", dict.fromkeys(NEWEST, ""), id="to announce the newest"),
        pytest.param(
            "major-upgrade",
            "minimumAutoupdateVersion",
            {MAC_NEW: "1300", EXE_NEW: "1.3.0", LINUX: "1.2.0"},
            id="that the newest is a major upgrade to all before it",
        ),
        pytest.param(
            "phased", "phasedRolloutInterval", dict.fromkeys(NEWEST, "86400"), id="to wait a day for the next group"
        ),
        pytest.param(
            "phased:interval=2h", "phasedRolloutInterval", dict.fromkeys(NEWEST, "7200"), id="to wait as long as said"
        ),
        pytest.param(
            "min-os",
            "minimumSystemVersion",
            {**dict.fromkeys(NEWEST, "99.0"), MAC_OLD: "11.0"},
            id="that the newest needs a system from the future",
        ),
        pytest.param(
            "max-os", "maximumSystemVersion", dict.fromkeys(NEWEST, "1.0"), id="that the newest needs one from the past"
        ),
        pytest.param("max-os", "minimumSystemVersion", {MAC_OLD: "11.0"}, id="no two conditions that none can fulfil"),
        pytest.param("channel-beta", "channel", {MAC_NEW: "beta"}, id="that the newest is a beta"),
    ],
)
def test_the_feed_says(catalog: Catalog, asker: Asker, spec: str, element: str, expected: dict[str, str]) -> None:
    told = items(bent(catalog, [choose(spec, SCENARIOS)], asker))

    assert those_that_say(element, told) == expected


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        pytest.param("phased", "Mon, 01 Jun 2026 12:00:00 +0000", id="now"),
        pytest.param("phased:at=-36h", "Sun, 31 May 2026 00:00:00 +0000", id="some time before now"),
        pytest.param("phased:at=2026-03-01", "Sun, 01 Mar 2026 00:00:00 +0000", id="a date"),
    ],
)
def test_a_phased_rollout_begins(catalog: Catalog, asker: Asker, spec: str, expected: str) -> None:
    told = items(bent(catalog, [choose(spec, SCENARIOS)], asker))

    assert {item.text("pubDate") for item in told if offer(item) in NEWEST} == {expected}


def test_a_phased_rollout_is_not_critical_since_that_goes_to_all_at_once(
    artifact: MakeArtifact, catalog_of: MakeCatalog, asker: Asker
) -> None:
    catalog = catalog_of(artifact("Notes.dmg", "1.0", policy=Policy(critical=Critical())))

    told = items(bent(catalog, [choose("phased", SCENARIOS)], asker))

    assert those_that_say("criticalUpdate", told) == {}


def test_a_critical_update_can_be_so_for_older_builds_alone(catalog: Catalog, asker: Asker) -> None:
    told = items(bent(catalog, [choose("critical:below=1250", SCENARIOS)], asker))

    [critical] = [item.element.first(f"{SPARKLE}criticalUpdate") for item in told if offer(item) == MAC_NEW]
    assert critical is not None
    assert critical.get(f"{SPARKLE}version") == "1250"


@pytest.mark.parametrize(
    ("own", "expected"),
    [(None, "https://example.com/page"), ("https://example.com/own", "https://example.com/own")],
    ids=["the one that is said", "the release's own"],
)
def test_what_is_only_announced_has_a_link(
    artifact: MakeArtifact, catalog_of: MakeCatalog, asker: Asker, own: str | None, expected: str
) -> None:
    catalog = catalog_of(artifact("Notes.dmg", "1.0", policy=Policy(link=own)))

    [item] = items(bent(catalog, [choose("informational:link=https://example.com/page", SCENARIOS)], asker))

    assert item.text("link") == expected


@pytest.mark.parametrize("name", ["update-available", "older-version", "same-version"])
def test_another_version_hides_on_no_channel_and_has_no_title_of_its_own(
    artifact: MakeArtifact, catalog_of: MakeCatalog, asker: Asker, name: str
) -> None:
    policy = Policy(channel="beta", title='Acme Notes 1.3 "Kestrel"')
    catalog = catalog_of(artifact("Notes.exe", "1.3.0", policy=policy))

    [item] = items(bent(catalog, [choose(name, SCENARIOS)], asker))

    assert "Kestrel" not in item.text("title")


def test_what_is_advertised_says_so_in_its_title(catalog: Catalog, asker: Asker) -> None:
    told = items(bent(catalog, [choose("update-available:version=+minor", SCENARIOS)], asker))

    assert {item.text("title") for item in told if "1.4.0" in offer(item)} == {"Acme Notes 1.4.0 (advertised)"}


def test_deltas_that_lead_to_another_build_than_the_feed_says_are_left_out(catalog: Catalog, asker: Asker) -> None:
    told = items(bent(catalog, [choose("update-available", SCENARIOS)], asker))

    assert {offer(item) for item in told if item.deltas} == {MAC_OLD}


def test_every_release_has_notes_whose_link_can_fail(catalog: Catalog, asker: Asker) -> None:
    told = items(bent(catalog, [choose("missing-notes", SCENARIOS)], asker), LINKED_NOTES)

    assert all(link.text.startswith("http://127.0.0.1:8080/notes/") for item in told for link in item.notes_links)
    assert [len(list(item.notes_links)) for item in told] == [1] * len(told)


@pytest.mark.parametrize("name", SCENARIOS)
def test_files_sizes_and_signatures_are_those_of_the_installers(catalog: Catalog, asker: Asker, name: str) -> None:
    real = {a.download_name: (a.size, a.ed25519_signature, a.platform, a.architecture) for a in catalog}

    told = bent(catalog, [choose(name, SCENARIOS)], asker)

    assert {
        a.download_name: (a.size, a.ed25519_signature, a.platform, a.architecture) for a in told
    }.items() <= real.items()


@pytest.mark.parametrize(
    "name", ["critical", "informational", "major-upgrade", "phased", "min-os", "max-os", "channel-beta"]
)
def test_a_policy_for_the_newest_leaves_all_else_as_it_was(catalog: Catalog, asker: Asker, name: str) -> None:
    told = bent(catalog, [choose(name, SCENARIOS)], asker)

    assert [replace(artifact, policy=Policy()) for artifact in told] == list(catalog)
    assert [a for a in told if a.download_name in ("Notes-1.2.0.dmg", "Notes-1.2.0.exe")] == [
        a for a in catalog if a.download_name in ("Notes-1.2.0.dmg", "Notes-1.2.0.exe")
    ]


@pytest.mark.parametrize("name", ["normal", "empty-feed", "malformed-feed", "unsigned", "bad-feed-signature"])
def test_what_is_wrong_with_the_bytes_is_no_matter_of_the_catalog(catalog: Catalog, asker: Asker, name: str) -> None:
    assert bent(catalog, [choose(name, SCENARIOS)], asker) == catalog


def test_a_beta_ahead_does_not_keep_a_policy_from_those_who_do_not_see_it(
    artifact: MakeArtifact, catalog_of: MakeCatalog, asker: Asker
) -> None:
    catalog = catalog_of(
        artifact("Notes-2.0.dmg", "2.0", policy=Policy(channel="beta")),
        artifact("Notes-1.9.dmg", "1.9"),
        artifact("Notes-1.8.dmg", "1.8"),
    )

    told = items(bent(catalog, [choose("critical", SCENARIOS)], asker))

    assert set(those_that_say("criticalUpdate", told)) == {"macos 2.0 (2.0)", "macos 1.9 (1.9)"}


def test_scenarios_are_laid_over_one_another_in_their_order(catalog: Catalog, asker: Asker) -> None:
    chosen = [choose(spec, SCENARIOS) for spec in ("stale-feed", "critical", "update-available:version=major")]

    told = items(bent(catalog, chosen, asker))

    assert set(those_that_say("criticalUpdate", told)) == {"macos 2.0.0 (1201)", "windows 2.0.0 (2.0.0)"}


def test_there_is_every_scenario_that_is_promised() -> None:
    assert list(SCENARIOS) == NAMES
    assert SCENARIOS["normal"] is NORMAL


@pytest.mark.parametrize(
    ("name", "signing"),
    [
        ("unsigned", Signing.UNSIGNED),
        ("bad-signature", Signing.OTHER_BYTES),
        ("wrong-key", Signing.OTHER_KEY),
        ("bad-feed-signature", Signing.OTHER_FEED_BYTES),
    ],
)
def test_a_scenario_about_signatures_needs_a_key(name: str, signing: Signing) -> None:
    assert SCENARIOS[name].signing is signing
    assert SCENARIOS[name].needs_key


def test_no_other_scenario_needs_a_key() -> None:
    assert [name for name, scenario in SCENARIOS.items() if scenario.needs_key] == NAMES[-5:-1]


def test_a_stale_feed_says_that_it_is_old_and_may_be_kept() -> None:
    headers = SCENARIOS["stale-feed"].headers

    assert headers["Last-Modified"].endswith("2020 00:00:00 GMT")
    assert headers["Cache-Control"] == "public, max-age=86400"
    assert not any(scenario.headers for name, scenario in SCENARIOS.items() if name != "stale-feed")


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_a_scenario_says_in_sentences_what_it_does_what_is_right_and_whom_it_concerns(scenario: Scenario) -> None:
    for text in (scenario.does, scenario.client_must, scenario.concerns):
        assert re.fullmatch(r"[A-Z].*\.", text)


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_the_defaults_that_are_listed_are_those_that_hold(scenario: Scenario) -> None:
    listed = {each.name: each.default for each in parameters_of(type(scenario.bend)).values() if each.default}
    written = ",".join(f"{name}={default}" for name, default in listed.items())

    assert choose(f"{scenario.name}:{written}" if written else scenario.name, SCENARIOS).bend == scenario.bend


def test_who_says_no_version_that_could_be_one_is_asked_for_none(asker: Asker) -> None:
    assert Asker.of(asker.now, "<script>") == Asker.of(asker.now, None) == asker
    assert Asker.of(asker.now, "1.2.0").host_version == Version("1.2.0")
