"""Whatever is in the folder, under any scenario the feed is well-formed, ordered, and of the same installers."""

from collections.abc import Callable
from datetime import UTC, datetime
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.policy import Critical, Policy
from ota_dev.catalog.releases import App, Catalog
from ota_dev.catalog.targets import Platform
from ota_dev.catalog.versions import Version
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.feeds.interface import Links
from ota_dev.scenarios.asker import Asker
from ota_dev.scenarios.catalogue import SCENARIOS
from ota_dev.scenarios.scenario import Chosen, bent, choose

MakeArtifact = Callable[..., Artifact]

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
LINKS = Links("http://127.0.0.1:8080/downloads/", "http://127.0.0.1:8080/notes/")

NUMERIC = st.lists(st.integers(0, 30), min_size=1, max_size=4).map(lambda parts: ".".join(map(str, parts)))
ANY_TEXT = st.text(min_size=1, max_size=8)
POLICIES = st.builds(
    Policy,
    channel=st.sampled_from([None, "beta", "nightly"]),
    title=st.sampled_from([None, "A <title> & more"]),
    minimum_os=st.sampled_from([None, "11.0"]),
    maximum_os=st.sampled_from([None, "15.0"]),
    critical=st.sampled_from([None, Critical()]),
)
CHOSEN = st.lists(
    st.sampled_from([*SCENARIOS, "update-available:version=0.1", "same-version:host=3", "phased:at=-1d"]), max_size=3
).map(lambda specs: [choose(spec, SCENARIOS) for spec in specs])
HOSTS = st.none() | NUMERIC | ANY_TEXT


def catalogs(versions: st.SearchStrategy[str]) -> st.SearchStrategy[list[tuple[str, str, str, Policy]]]:
    suffix = st.sampled_from([".dmg", ".exe", ".AppImage"])
    return st.lists(st.tuples(suffix, versions, versions, POLICIES), max_size=6)


def build(artifact: MakeArtifact, drawn: list[tuple[str, str, str, Policy]], name: str = "Notes") -> Catalog:
    artifacts = [
        artifact(f"{number}{suffix}", short_version, version, policy=policy)
        for number, (suffix, short_version, version, policy) in enumerate(drawn)
    ]
    return Catalog(apps=(App.of("notes", name, artifacts),))


@given(drawn=catalogs(NUMERIC), chosen=CHOSEN, host=HOSTS)
def test_a_bent_catalog_is_grouped_and_ordered_as_any(
    artifact: MakeArtifact, drawn: list[tuple[str, str, str, Policy]], chosen: list[Chosen], host: str | None
) -> None:
    [app] = bent(build(artifact, drawn), chosen, Asker.of(NOW, host)).apps

    assert app == App.of(app.key, app.name, app.artifacts)


@given(drawn=catalogs(ANY_TEXT | NUMERIC), name=ANY_TEXT, chosen=CHOSEN, host=HOSTS)
def test_a_bent_feed_is_well_formed(
    artifact: MakeArtifact, drawn: list[tuple[str, str, str, Policy]], name: str, chosen: list[Chosen], host: str | None
) -> None:
    [app] = bent(build(artifact, drawn, name), chosen, Asker.of(NOW, host)).apps

    root = ElementTree.fromstring(AppcastFeed().render(app, LINKS))  # noqa: S314 # the feed is ours

    assert root.tag == "rss"


@given(drawn=catalogs(ANY_TEXT | NUMERIC), chosen=CHOSEN, host=HOSTS)
def test_no_scenario_invents_an_installer(
    artifact: MakeArtifact, drawn: list[tuple[str, str, str, Policy]], chosen: list[Chosen], host: str | None
) -> None:
    catalog = build(artifact, drawn)
    real = {a.download_name: (a.size, a.kind, a.platform, a.ed25519_signature) for a in catalog}

    told = [
        (a.download_name, (a.size, a.kind, a.platform, a.ed25519_signature))
        for a in bent(catalog, chosen, Asker.of(NOW, host))
    ]

    assert dict(told).items() <= real.items()
    assert len(dict(told)) == len(told)


@given(drawn=catalogs(NUMERIC), version=st.sampled_from(["patch", "minor", "major", "0.1", "7.5"]))
def test_whichever_build_is_run_sees_what_is_advertised(
    artifact: MakeArtifact, drawn: list[tuple[str, str, str, Policy]], version: str
) -> None:
    catalog = build(artifact, drawn)

    told = bent(catalog, [choose(f"update-available:version={version}", SCENARIOS)], Asker.of(NOW, None))

    for platform in {a.platform for a in catalog}:
        for build_run in (a.build for a in catalog if a.platform is platform):
            assert newest_build(told, platform).is_newer_than(build_run)


def newest_build(catalog: Catalog, platform: Platform) -> Version:
    """Give the newest build that everyone is offered, whichever channels they are on."""
    builds = [a.build for a in catalog if a.platform is platform and a.policy.channel is None]
    return max(builds, key=lambda build: build.order)
