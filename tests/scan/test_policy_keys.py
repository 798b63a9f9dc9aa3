"""A policy as a sidecar spells it."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ota_dev.catalog.policy import POLICY_FIELDS, Critical, Informational, OwnElement, Policy
from ota_dev.errors import ConfigurationError
from ota_dev.scan.policy_keys import POLICY_READERS
from ota_dev.scan.sidecars import read_sidecar

Put = Callable[..., Path]

DAY = datetime(2026, 3, 1, tzinfo=UTC)
SAID = {
    "title: Acme Notes 1.3": Policy(title="Acme Notes 1.3"),
    "channel: beta": Policy(channel="beta"),
    'minimum_os: "11.0"': Policy(minimum_os="11.0"),
    'maximum_os: "15.9"': Policy(maximum_os="15.9"),
    "hardware_requirements: arm64": Policy(hardware_requirements=("arm64",)),
    "hardware_requirements: [arm64]": Policy(hardware_requirements=("arm64",)),
    'minimum_update_version: "100"': Policy(minimum_update_version="100"),
    'minimum_autoupdate_version: "110"': Policy(minimum_autoupdate_version="110"),
    'ignore_skipped_upgrades_below_version: "115"': Policy(ignore_skipped_upgrades_below_version="115"),
    "critical: true": Policy(critical=Critical()),
    'critical: {below: "120"}': Policy(critical=Critical(below_version="120")),
    "phased_rollout_interval: 86400": Policy(phased_rollout_interval=timedelta(days=1)),
    "phased_rollout_interval: 1d": Policy(phased_rollout_interval=timedelta(days=1)),
    "staging: 25": Policy(staging=25),
    "informational: true": Policy(informational=Informational()),
    'informational: {versions: ["90", "91"]}': Policy(informational=Informational(versions=("90", "91"))),
    'informational: {versions: "90", below: "80"}': Policy(
        informational=Informational(versions=("90",), below_version="80")
    ),
    "installer_arguments: /SILENT /NORESTART": Policy(installer_arguments="/SILENT /NORESTART"),
    "link: https://example.com/": Policy(link="https://example.com/"),
    "full_release_notes_link: https://example.com/all": Policy(full_release_notes_link="https://example.com/all"),
    "publication_date: 2026-03-01": Policy(publication_date=DAY),
    "publication_date: '2026-03-01T01:00:00+01:00'": Policy(publication_date=DAY),
    "publication_date: 2026-03-01T01:00:00+01:00": Policy(publication_date=DAY),
    "own_elements: {'xmlns:acme': 'https://example.com/ns', 'acme:track': stable}": Policy(
        own_elements=(OwnElement(prefix="acme", name="track", namespace="https://example.com/ns", text="stable"),)
    ),
}


@pytest.mark.parametrize(("content", "policy"), SAID.items())
def test_every_key_says_its_part_of_the_policy(put: Put, content: str, policy: Policy) -> None:
    assert read_sidecar(put("Acme.yaml", content)).policy == policy


def test_there_is_a_key_for_every_field_and_an_example_above_for_every_key() -> None:
    assert list(POLICY_READERS) == list(POLICY_FIELDS)
    assert {content.partition(":")[0] for content in SAID} == set(POLICY_FIELDS)


@pytest.mark.parametrize("key", POLICY_FIELDS)
def test_null_takes_back_what_a_more_general_place_says(put: Put, key: str) -> None:
    assert read_sidecar(put("Acme.yaml", f"{key}: null")).policy == Policy(withdrawn=frozenset({key}))


@pytest.mark.parametrize("key", ["critical", "informational"])
def test_a_no_takes_it_back_too(put: Put, key: str) -> None:
    assert read_sidecar(put("Acme.yaml", f"{key}: false")).policy == Policy(withdrawn=frozenset({key}))


REFUSED = {
    "a key in another spelling": (
        "phasedRolloutInterval: 1d",
        ["line 1: phasedRolloutInterval: there is no such key, did you mean phased_rollout_interval?"],
    ),
    "a number without quotes": (
        "title: a\nminimum_os: 11.10",
        ["line 2: minimum_os: write it in quotes, YAML reads it as the float 11.1"],
    ),
    "a channel that would be everyone's": (
        "channel: my beta",
        ["line 1: channel: 'my beta' is no channel's name, use letters, digits, dots, dashes and underscores"],
    ),
    "a date that would end a rollout": (
        "publication_date: soon",
        ["line 1: publication_date: soon is no date, write one such as 2026-03-01 or 2026-03-01T09:00:00+01:00"],
    ),
    "a list where a text belongs": (
        "publication_date: [1]",
        ["line 1: publication_date: write it in quotes, YAML reads it as the list [1]"],
    ),
    "a list of numbers": (
        "informational:\n  versions: [1.0]",
        ["line 2: informational.versions: write a list of texts, each in quotes, such as ['1.0', '1.1']"],
    ),
    "neither yes nor no": (
        "critical: maybe",
        ["line 1: critical: write true or false, or below it, indented, the key below"],
    ),
    "nothing below": (
        "critical:\n  below: null",
        ["line 1: critical: nothing stands below it: write true, if it is for everyone"],
    ),
    "a misspelt key below": (
        "critical:\n\n  belo: '1'",
        ["line 3: critical.belo: there is no such key, did you mean below?"],
    ),
    "an element without a namespace": (
        "own_elements:\n  acme:a: b",
        [
            "line 2: own_elements.acme:a: say which namespace it is in, with `xmlns:acme: https://example.com/ns` "
            "beside it"
        ],
    ),
    "elements that are no mapping": (
        "own_elements: [a]",
        ["line 1: own_elements: write keys and values below it, indented"],
    ),
    "elements without end": (
        "own_elements:\n" + "".join(f"  acme:a{number}: b\n" for number in range(40)),
        ["line 1: own_elements: there are more than 32 of them"],
    ),
    "all at once": (
        "chanel: beta\nlink: nowhere\ncritical:\n  below: ''\n  to: 1\nos: beos",
        [
            "line 1: chanel: there is no such key, did you mean channel?",
            "line 2: link: 'nowhere' is no link, write one such as https://example.com/acme-notes, percent-encoded",
            "line 5: critical.to: there is no such key, use one of below",
            "line 6: os: 'beos' is no operating system, use macos, windows or linux",
        ],
    ),
}


@pytest.mark.parametrize(("content", "problems"), REFUSED.values(), ids=REFUSED)
def test_all_that_is_wrong_is_told_with_file_line_and_key(put: Put, content: str, problems: list[str]) -> None:
    path = put("Acme.yaml", content)

    with pytest.raises(ConfigurationError) as raised:
        read_sidecar(path)

    assert list(raised.value.problems) == [f"{path}, {problem}" for problem in problems]
    assert str(raised.value) == "\n".join(raised.value.problems)


SCALAR = st.sampled_from(["true", "null", "1", "1.5", "'1.0'", "2026-03-01", "[a, 1]", "{below: '1'}", "{a: {}}", "''"])


@given(st.dictionaries(st.sampled_from([*POLICY_FIELDS, "os", "app"]), SCALAR))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_there_is_read_or_refused(put: Put, values: dict[str, str]) -> None:
    path = put("Acme.yaml", "".join(f"{key}: {value}\n" for key, value in values.items()))

    with suppress(ConfigurationError):  # and nothing else
        policy = read_sidecar(path).policy
        assert policy.said().keys() | policy.withdrawn == values.keys() - {"os", "app"}
