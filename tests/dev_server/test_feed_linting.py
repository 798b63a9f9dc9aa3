"""What a server finds in the feeds that it publishes."""

from collections.abc import Callable

import pytest

from ota_dev.catalog.policy import Policy
from ota_dev.catalog.releases import App, Catalog
from ota_dev.dev_server.feed_linting import FeedLinter
from ota_dev.errors import ConfigurationError
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.feeds.interface import Links
from ota_dev.lint import CurrentFindings
from ota_dev.lint.rules import RULES
from ota_dev.publishing import Publication
from ota_dev.publishing.publication import StaticFeed
from tests.feeds.conftest import build_artifact

RULES_BY_CODE = {rule.code: rule for rule in RULES}
LINKS = Links("http://127.0.0.1:8080/downloads/")


class Linter:
    """A linter, what it found and what it said."""

    def __init__(self) -> None:
        self.findings, self.said = CurrentFindings(), list[str]()
        self.lint = FeedLinter(AppcastFeed(), LINKS, self.findings, self.said.append)

    @property
    def found(self) -> list[tuple[str, str]]:
        return [(each.feed, each.finding.rule.code) for each in self.findings.current.findings]


@pytest.fixture
def linter() -> Linter:
    return Linter()


def app(*names: str, key: str = "acme", channel: str | None = None) -> App:
    """Build an app of files named `Acme-VERSION.KIND`; the last of them is on the *channel*."""
    *most, last = (name.rpartition(".")[0].removeprefix("Acme-") for name in names)
    artifacts = [build_artifact(name, short_version=version) for name, version in zip(names, most, strict=False)]
    on_channel = build_artifact(names[-1], short_version=last, policy=Policy(channel=channel))
    return App.of(key, "Acme Notes", [*artifacts, on_channel])


def publication(*names: str, revision: int = 1, channel: str | None = None) -> Publication:
    return Publication(revision=revision, catalog=Catalog(apps=(app(*names, channel=channel),)), files={})


def test_a_good_publication_says_nothing(linter: Linter) -> None:
    linter.lint(publication("Acme-1.3.0.dmg", "Acme-1.2.0.dmg"))

    assert linter.said == []
    assert linter.findings.current.revision == 1


def test_a_finding_is_said_once_and_a_new_one_when_it_comes(linter: Linter) -> None:
    linter.lint(publication("Acme-1.3.0-beta.1.dmg"))
    linter.lint(publication("Acme-1.3.0-beta.1.dmg"))
    assert [sentence.split(":")[1] for sentence in linter.said] == [" warning version-prerelease"]

    linter.lint(publication("Acme-1.4.0-beta.1.dmg", "Acme-1.3.0-beta.1.dmg"))
    assert len(linter.said) == 2


def test_what_is_found_now_is_kept_however_often_it_was_said(linter: Linter) -> None:
    changes: list[int | None] = []
    linter.findings.subscribe(lambda: changes.append(linter.findings.current.revision))

    for revision, name in enumerate(["Acme-1.3.0-beta.1.dmg", "Acme-1.3.0-beta.1.dmg", "Acme-1.3.0.dmg"], start=1):
        linter.lint(publication(name, revision=revision))
        is_pre_release = "beta" in name
        assert linter.found == [("appcast.xml", "version-prerelease")] * is_pre_release

    assert linter.findings.current.revision == 3
    assert changes == [1, 3]


def test_what_only_a_narrowed_feed_holds_is_found_there(linter: Linter) -> None:
    linter.lint(publication("Acme-1.3.0.exe", "Acme-1.4.0-beta.1.exe", channel="beta"))

    assert linter.found == [("channels/beta/appcast.xml", "version-prerelease")]


def test_what_narrowed_feeds_share_with_the_whole_one_is_found_once(linter: Linter) -> None:
    linter.lint(publication("Acme-1.3.0.dmg", "Acme-1.4.0-beta.1.dmg", "Acme-1.3.0.exe"))

    assert linter.found == [("appcast.xml", "version-prerelease")]


def test_each_app_is_linted_by_the_address_of_its_feed(linter: Linter) -> None:
    apps = (app("Acme-1.3.0-beta.1.dmg"), app("Acme-1.4.0-beta.1.dmg", key="other"))

    linter.lint(Publication(revision=1, catalog=Catalog(apps=apps), files={}))

    assert [feed for feed, _ in linter.found] == ["apps/acme/appcast.xml", "apps/other/appcast.xml"]


def test_a_publication_that_is_no_longer_on_offer_is_given_up(linter: Linter) -> None:
    linter.lint(publication("Acme-1.3.0-beta.1.dmg"), lambda: False)

    assert linter.said == []
    assert linter.findings.current.revision is None


def test_the_feed_in_a_file_is_linted_in_place_of_the_generated_one(linter: Linter) -> None:
    static = StaticFeed(content=b"Acme & Co")

    linter.lint(Publication(revision=1, catalog=Catalog(), files={}, static_feed=static))

    assert [sentence.split(": ")[1] for sentence in linter.said] == ["error not-xml"]


@pytest.mark.parametrize(
    ("downloads", "codes"), [({}, ["url-relative"]), ({"Acme.dmg": "Acme.dmg"}, [])], ids=["as it is", "pointed here"]
)
def test_a_feed_in_a_file_is_linted_as_it_is_served(
    linter: Linter, as_feed: Callable[[str], bytes], downloads: dict[str, str], codes: list[str]
) -> None:
    static = StaticFeed(content=as_feed("Acme.dmg"), downloads=downloads)

    linter.lint(Publication(revision=1, catalog=Catalog(), files={}, static_feed=static))

    assert [code for _, code in linter.found] == codes


@pytest.fixture
def as_feed() -> Callable[[str], bytes]:
    """Write a feed whose one file has this URL."""
    example = RULES_BY_CODE["url-relative"].example
    return lambda url: example.bad_feed().replace(b"Acme-1.3.0.dmg", url.encode())


def test_a_template_that_fails_is_said_and_ends_nothing(linter: Linter, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise ConfigurationError("the template fails")

    monkeypatch.setattr(AppcastFeed, "render", fail)

    linter.lint(publication("Acme-1.3.0.dmg"))

    assert linter.said == ["a feed cannot be linted: the template fails"]
    assert linter.findings.current.revision is None
