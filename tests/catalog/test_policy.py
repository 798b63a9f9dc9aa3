"""Policies laid over one another."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.catalog.policy import POLICY_FIELDS, Critical, Informational, OwnElement, Policy

ELEMENT = OwnElement(prefix="acme", name="track", namespace="https://example.com/ns", text="stable")
EVERYTHING = Policy(
    title="Acme Notes 1.3",
    channel="beta",
    minimum_os="11.0",
    maximum_os="15.9",
    hardware_requirements=("arm64",),
    minimum_update_version="100",
    minimum_autoupdate_version="110",
    ignore_skipped_upgrades_below_version="115",
    critical=Critical(below_version="120"),
    phased_rollout_interval=timedelta(days=1),
    staging=25,
    informational=Informational(versions=("90",)),
    installer_arguments="/SILENT",
    link="https://example.com/",
    full_release_notes_link="https://example.com/history",
    publication_date=datetime(2026, 3, 1, tzinfo=UTC),
    own_elements=(ELEMENT,),
)
FIELDS = st.sets(st.sampled_from(POLICY_FIELDS))


def saying(names: set[str], withdrawn: frozenset[str] = frozenset()) -> Policy:
    said: dict[str, Any] = {name: getattr(EVERYTHING, name) for name in names}
    return Policy(**said, withdrawn=withdrawn - names)


def test_the_policy_above_counts_and_what_it_does_not_say_comes_from_below() -> None:
    above, below = Policy(channel="beta", title="Mine"), Policy(channel="nightly", link="https://example.com/")

    assert above.over(below) == Policy(channel="beta", title="Mine", link="https://example.com/")


def test_what_is_withdrawn_does_not_come_from_below() -> None:
    above, below = Policy(withdrawn=frozenset({"channel"})), Policy(channel="beta", title="Theirs")

    assert above.over(below).said() == {"title": "Theirs"}


def test_what_is_withdrawn_in_the_middle_does_not_come_from_the_bottom() -> None:
    middle = Policy(withdrawn=frozenset({"channel"}))

    assert Policy(title="Top").over(middle).over(Policy(channel="beta")).channel is None


def test_who_says_something_above_does_not_care_that_it_is_withdrawn_below() -> None:
    assert Policy(channel="beta").over(Policy(withdrawn=frozenset({"channel"}))).channel == "beta"


@pytest.mark.parametrize("name", POLICY_FIELDS)
def test_every_field_is_laid_over(name: str) -> None:
    below = replace(saying({name}), withdrawn=frozenset())

    assert Policy(title="Above").over(below).said().keys() == {"title", name}


@given(top=FIELDS, middle=FIELDS, bottom=FIELDS, gone=FIELDS)
def test_it_does_not_matter_which_two_are_laid_over_each_other_first(
    top: set[str], middle: set[str], bottom: set[str], gone: set[str]
) -> None:
    one, two, three = saying(top), saying(middle, frozenset(gone)), saying(bottom)

    assert one.over(two).over(three).said() == one.over(two.over(three)).said()


SENTENCES: dict[str, tuple[Policy, list[str]]] = {
    "nothing said": (Policy(), []),
    "an informational update with a link": (EVERYTHING, []),
    "an informational update without a link": (
        Policy(informational=Informational()),
        ["an informational update is a link and nothing else, so give it one with `link`"],
    ),
    "a range of systems": (Policy(minimum_os="11.0", maximum_os="11"), []),
    "an empty range of systems": (
        Policy(minimum_os="15", maximum_os="14.9"),
        ["minimum_os 15 is newer than maximum_os 14.9, so no system fits"],
    ),
}


@pytest.mark.parametrize(("policy", "sentences"), SENTENCES.values(), ids=SENTENCES)
def test_what_no_client_could_make_sense_of_is_said(policy: Policy, sentences: list[str]) -> None:
    assert list(policy.contradictions()) == sentences
