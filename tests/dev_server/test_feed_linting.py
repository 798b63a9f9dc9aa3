"""What a server says of the feeds that it publishes."""

from ota_dev.catalog.releases import App, Catalog
from ota_dev.dev_server.feed_linting import FeedLinter
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.feeds.interface import Links
from ota_dev.publishing import Publication
from ota_dev.publishing.publication import StaticFeed
from tests.feeds.appcast.conftest import build_artifact

LINKS = Links("http://127.0.0.1:8080/downloads/")


def linter() -> tuple[FeedLinter, list[str]]:
    said: list[str] = []
    return FeedLinter(AppcastFeed(), LINKS, said.append), said


def publication(*versions: str) -> Publication:
    artifacts = [build_artifact(f"Acme-{version}.dmg", short_version=version) for version in versions]
    return Publication(revision=1, catalog=Catalog(apps=(App.of("acme", "Acme Notes", artifacts),)), files={})


def test_a_good_publication_says_nothing() -> None:
    lint, said = linter()

    lint(publication("1.3.0", "1.2.0"))

    assert said == []


def test_a_finding_is_said_once_and_a_new_one_when_it_comes() -> None:
    lint, said = linter()

    lint(publication("1.3.0-beta.1"))
    lint(publication("1.3.0-beta.1"))
    assert [sentence.split(":")[1] for sentence in said] == [" warning version-prerelease"]

    lint(publication("1.4.0-beta.1", "1.3.0-beta.1"))
    assert len(said) == 2


def test_the_feed_in_a_file_is_linted_in_place_of_the_generated_one() -> None:
    lint, said = linter()

    lint(Publication(revision=1, catalog=Catalog(), files={}, static_feed=StaticFeed(content=b"Acme & Co")))

    assert [sentence.split(": ")[1] for sentence in said] == ["error not-xml"]
