"""What Sparkle chooses among several items, and what it then does."""

import pytest

from ota_dev.simulated_client.clients import ClientName
from tests.simulated_client.asking import FILE, ask, feed_of, item_of, verdicts

MAJOR = "<sparkle:minimumAutoupdateVersion>2.0</sparkle:minimumAutoupdateVersion>"
LINK = "<link>https://acme.example/notes</link>"

CHOICES = {
    "the newest, wherever it stands": (
        [item_of("1.1"), item_of("1.3"), item_of("1.2")],
        ["eligible: highest-version", "offered", "eligible: highest-version"],
    ),
    "the first of equals": (
        [item_of("1.1"), item_of("1.1.0")],
        ["offered", "eligible: highest-version"],
    ),
    "anything before a major upgrade": (
        [item_of("2.0", MAJOR), item_of("1.1")],
        ["eligible: major-upgrade", "offered"],
    ),
    "a major upgrade when nothing else is newer": (
        [item_of("2.0", MAJOR), item_of("1.0")],
        ["offered", "refused: newer-than-installed"],
    ),
    "the newest major upgrade": (
        [item_of("2.0", MAJOR), item_of("2.1", MAJOR)],
        ["eligible: highest-version", "offered"],
    ),
    "nothing of nothing": ([], []),
}


@pytest.mark.parametrize(("items", "expected"), CHOICES.values(), ids=CHOICES)
def test_it_chooses(items: list[str], expected: list[str]) -> None:
    assert verdicts(ask(ClientName.SPARKLE, feed_of(*items))) == expected


def delta(version: str, url: str = "https://acme.example/a.delta") -> str:
    return f'<sparkle:deltas><enclosure url="{url}" sparkle:deltaFrom="{version}" length="7"/></sparkle:deltas>'


@pytest.mark.parametrize(
    ("deltas", "url"),
    [
        pytest.param(delta("1.0"), "https://acme.example/a.delta", id="from just this version"),
        pytest.param(delta("1.0", "a.delta"), "https://acme.example/a.delta", id="with a relative url"),
        pytest.param(delta("1.0.0"), None, id="from a version that is equal but written differently"),
        pytest.param(delta("0.9"), None, id="from another version"),
        pytest.param(delta("1.0", "file:///a.delta"), None, id="that is no http"),
    ],
)
def test_a_delta_is_taken(deltas: str, url: str | None) -> None:
    offered = ask(ClientName.SPARKLE, feed_of(item_of("2.0", deltas))).offered

    assert offered
    assert (offered.delta and offered.delta.url) == url
    assert offered.url == FILE


INFORMATIONAL = {
    "for all": ("<sparkle:informationalUpdate/>", True),
    "for this version": (
        "<sparkle:informationalUpdate><sparkle:version>1.0</sparkle:version></sparkle:informationalUpdate>",
        True,
    ),
    "for an equal version in other words": (
        "<sparkle:informationalUpdate><sparkle:version>1.0.0</sparkle:version></sparkle:informationalUpdate>",
        False,
    ),
    "for all below a newer version": (
        "<sparkle:informationalUpdate><sparkle:belowVersion>1.1</sparkle:belowVersion></sparkle:informationalUpdate>",
        True,
    ),
    "for all below this version": (
        "<sparkle:informationalUpdate><sparkle:belowVersion>1.0</sparkle:belowVersion></sparkle:informationalUpdate>",
        False,
    ),
}


@pytest.mark.parametrize(("element", "is_informational"), INFORMATIONAL.values(), ids=INFORMATIONAL)
def test_an_update_is_informational(element: str, is_informational: bool) -> None:
    offered = ask(ClientName.SPARKLE, feed_of(item_of("2.0", LINK, element))).offered

    assert offered
    assert offered.is_informational == is_informational


def test_an_informational_update_needs_a_link() -> None:
    offered = ask(ClientName.SPARKLE, feed_of(item_of("2.0", "<sparkle:informationalUpdate/>"))).offered

    assert offered
    assert not offered.is_informational


def test_an_item_with_nothing_but_a_link_is_informational_for_all() -> None:
    offered = ask(ClientName.SPARKLE, feed_of(f"<sparkle:version>2.0</sparkle:version>{LINK}")).offered

    assert offered
    assert (offered.is_informational, offered.url) == (True, "https://acme.example/notes")


@pytest.mark.parametrize(
    ("element", "is_critical"),
    [
        ("", False),
        ("<sparkle:criticalUpdate/>", True),
        ('<sparkle:criticalUpdate sparkle:version="1.1"/>', True),
        ('<sparkle:criticalUpdate sparkle:version="1.0"/>', False),
        ("<sparkle:tags><sparkle:criticalUpdate/></sparkle:tags>", True),
    ],
    ids=["no", "for all", "for all below a newer version", "for all below this version", "as a tag"],
)
def test_an_update_is_critical(element: str, is_critical: bool) -> None:
    offered = ask(ClientName.SPARKLE, feed_of(item_of("2.0", element))).offered

    assert offered
    assert offered.is_critical == is_critical


NOTES = "".join(
    f"<sparkle:releaseNotesLink{lang}>https://acme.example/{name}.html</sparkle:releaseNotesLink>"
    for lang, name in ((' xml:lang="de"', "de"), ("", "unmarked"), (' xml:lang="pt-BR"', "pt"))
)


@pytest.mark.parametrize(
    ("language", "name"), [("de-AT", "de"), ("pt", "pt"), ("en", "unmarked"), ("ja", "de")], ids=lambda text: text
)
def test_of_several_notes_those_in_the_users_language_are_shown(language: str, name: str) -> None:
    offered = ask(ClientName.SPARKLE, feed_of(item_of("2.0", NOTES)), languages=(language,)).offered

    assert offered
    assert offered.release_notes == f"https://acme.example/{name}.html"
