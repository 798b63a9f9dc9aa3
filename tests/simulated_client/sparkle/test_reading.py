"""Where Sparkle finds what it reads, and for which items it refuses the whole feed."""

import pytest

from ota_dev.feeds.appcast.reading import SPARKLE_NAMESPACE
from ota_dev.simulated_client.clients import ClientName
from tests.simulated_client.asking import ask, feed_of, item_of, verdicts

VERSIONS = {
    "the attribute before the element": (
        '<sparkle:version>2</sparkle:version><enclosure url="https://a.example/a" sparkle:version="3"/>',
        "3",
    ),
    "the element, trimmed": ('<sparkle:version> 2\n</sparkle:version><enclosure url="https://a.example/a"/>', "2"),
    "the attribute, as it stands": ('<enclosure url="https://a.example/a" sparkle:version=" 3"/>', " 3"),
    "the end of the address": ('<enclosure url="https://a.example/Acme_2.5.zip"/>', "2.5"),
    "the end of the address, even of a folder": ('<enclosure url="https://a.example/my_apps/Acme.zip"/>', "apps/Acme"),
}


@pytest.mark.parametrize(("item", "version"), VERSIONS.values(), ids=VERSIONS)
def test_the_version_is(item: str, version: str) -> None:
    assert ask(ClientName.SPARKLE, feed_of(item)).items[0].version == version


UNREADABLE = {
    "no version": ('<enclosure url="https://a.example/Acme.zip"/>', "version"),
    "neither a file nor a link": ("<sparkle:version>2</sparkle:version>", "enclosure"),
    "an enclosure without a url": ('<enclosure sparkle:version="2"/>', "enclosure-url"),
    "a file that is not fetched by http": ('<enclosure url="ftp://a.example/a" sparkle:version="2"/>', "enclosure-url"),
    "a link that is not fetched by http": (
        "<sparkle:version>2</sparkle:version><link>mailto:a@a.example</link>",
        "enclosure",
    ),
    "an address that is none": ('<enclosure url="http://[" sparkle:version="2"/>', "enclosure-url"),
    "an installation type that is none": (
        '<enclosure url="https://a.example/a" sparkle:version="2" sparkle:installationType="wizard"/>',
        "installation-type",
    ),
}


@pytest.mark.parametrize(("item", "rule"), UNREADABLE.values(), ids=UNREADABLE)
def test_one_item_that_cannot_be_read_costs_the_whole_feed(item: str, rule: str) -> None:
    decision = ask(ClientName.SPARKLE, feed_of(item_of("3.0"), item))

    assert decision.offered is None
    assert decision.problem
    assert decision.problem.rule == rule
    assert decision.problem.reason.startswith("item 2 has ")
    assert verdicts(decision) == [f"refused: {rule}"] * 2
    assert decision.items[0].reason == "is not looked at: Sparkle refuses the whole feed"


def test_a_relative_url_is_relative_to_the_feed() -> None:
    offered = ask(ClientName.SPARKLE, feed_of(item_of("2.0", url="files/My Acme.dmg"))).offered

    assert offered
    assert offered.url == "https://acme.example/files/My%20Acme.dmg"


def renamed(prefix: str, namespace: str) -> bytes:
    feed = feed_of(item_of("2.0", "<sparkle:channel>beta</sparkle:channel>")).decode()
    return (
        feed.replace(SPARKLE_NAMESPACE, namespace)
        .replace("sparkle:", f"{prefix}:")
        .replace(":sparkle=", f":{prefix}=")
        .encode()
    )


@pytest.mark.parametrize(
    ("feed", "verdict"),
    [
        pytest.param(renamed("s", SPARKLE_NAMESPACE), "refused: channel", id="any prefix with the right namespace"),
        pytest.param(renamed("sparkle", "https://acme.example/ns"), "refused: channel", id="the usual prefix with any"),
        pytest.param(renamed("s", "https://acme.example/ns"), "refused: version", id="another prefix with another"),
    ],
)
def test_sparkles_names_are_known_by(feed: bytes, verdict: str) -> None:
    assert verdicts(ask(ClientName.SPARKLE, feed)) == [verdict]
