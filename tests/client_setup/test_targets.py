"""What apps are pointed at, from what is on offer."""

from datetime import UTC, datetime

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.facts import Facts
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.catalog.versions import Version
from ota_dev.client_setup import targets

URL = "http://127.0.0.1:8080"


def app(name: str, platform: Platform = Platform.MACOS) -> App:
    key = name.lower()
    artifact = Artifact(
        download_name=f"{name}.zip",
        size=1,
        modified=datetime(2026, 1, 2, tzinfo=UTC),
        kind=PackageKind.ZIP,
        platform=platform,
        architecture=Architecture.UNKNOWN,
        build=Version("1.0"),
        short_version=Version("1.0"),
        facts=Facts.read_from("inside", identifier=f"com.acme.{key}"),
    )
    return App.of(key, name, [artifact])


def test_while_nothing_is_on_offer_there_is_a_target_for_any_app() -> None:
    (target,) = targets(URL, ())

    assert (target.feed_url, target.defaults_domain) == (f"{URL}/appcast.xml", "BUNDLE-ID")


def test_the_only_app_has_the_plain_address_and_its_own_name() -> None:
    (target,) = targets(URL, (app("Notes"),), "key")

    assert (target.feed_url, target.defaults_domain) == (f"{URL}/appcast.xml", "com.acme.notes")
    assert (target.app_name, target.public_key) == ("Notes", "key")


def test_each_of_several_apps_has_an_address_of_its_own() -> None:
    both = targets(URL, (app("Notes"), app("Draw")))

    assert [target.feed_url for target in both] == [f"{URL}/apps/{key}/appcast.xml" for key in ("notes", "draw")]


def test_an_identifier_that_is_not_of_a_mac_is_not_one_for_commands_of_a_mac() -> None:
    (target,) = targets(URL, (app("Notes", Platform.WINDOWS),))

    assert target.defaults_domain == "BUNDLE-ID"
