"""Facts, their sources and how they are put together."""

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.targets import Architecture, Platform

INSIDE = Facts.read_from("Info.plist", name="Acme Notes", version="1300", short_version="1.3.0")
NAME = Facts.read_from("file name", name="AcmeNotes", short_version="1.3.0", platform=Platform.MACOS)


def test_what_is_said_first_wins_and_the_rest_is_filled_in() -> None:
    facts = INSIDE.over(NAME)

    assert (facts.name, facts.platform) == ("Acme Notes", Platform.MACOS)
    assert facts.sources["name"] == "Info.plist"
    assert facts.sources["platform"] == "file name"


def test_empty_values_are_not_known() -> None:
    assert Facts.read_from("Info.plist", name="", version=None) == Facts()


def test_a_version_that_agrees_with_either_of_two_is_no_contradiction() -> None:
    assert INSIDE.contradiction(NAME) is None
    assert INSIDE.contradiction(Facts.read_from("file name", short_version="1300")) is None


def test_trailing_zeros_are_no_contradiction() -> None:
    assert INSIDE.contradiction(Facts.read_from("file name", short_version="1.3")) is None


def test_a_contradiction_names_both_versions_and_both_places() -> None:
    claimed = Facts.read_from("file name", short_version="1.2.0")

    assert INSIDE.contradiction(claimed) == "the file name says 1.2.0, the Info.plist says 1.3.0: 1.3.0 is used"


def test_json_gives_back_what_was_written() -> None:
    facts = Facts.read_from(
        "Info.plist", name="Acme Notes", platform=Platform.MACOS, architectures=(Architecture.ARM64,), warnings=("odd",)
    )

    assert Facts.from_json(facts.to_json()) == facts
