"""What clients accept."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.catalog import policy_values as check
from ota_dev.catalog.policy import OwnElement

Check = Callable[..., Any]

ACCEPTED: dict[str, tuple[Check, Any, Any]] = {
    "a title": (check.one_line, 'Acme Notes 1.3 "Kestrel"', 'Acme Notes 1.3 "Kestrel"'),
    "a channel of every kind of character": (check.channel_name, "Beta-2_x.y", "Beta-2_x.y"),
    "a build of one number": (check.version_text, "1300", "1300"),
    "a version with a word": (check.version_text, "1.3.0 beta 2", "1.3.0 beta 2"),
    "a major system version": (check.system_version, "11", "11"),
    "a Windows build": (check.system_version, "10.0.17763", "10.0.17763"),
    "hardware in any case, twice": (check.hardware_requirements, ["ARM64", "arm64"], ("arm64",)),
    "no hardware": (check.hardware_requirements, [], ()),
    "seconds as a number": (check.rollout_interval, 3600, timedelta(hours=1)),
    "seconds as a text": (check.rollout_interval, "90", timedelta(seconds=90)),
    "seconds with a unit": (check.rollout_interval, "90s", timedelta(seconds=90)),
    "minutes": (check.rollout_interval, "30m", timedelta(minutes=30)),
    "hours": (check.rollout_interval, "12h", timedelta(hours=12)),
    "days, a blank before the unit": (check.rollout_interval, "2 d", timedelta(days=2)),
    "the longest rollout": (check.rollout_interval, "366d", timedelta(days=366)),
    "a date": (check.publication_date, date(2026, 3, 1), datetime(2026, 3, 1, tzinfo=UTC)),
    "a date as a text": (check.publication_date, "2026-03-01", datetime(2026, 3, 1, tzinfo=UTC)),
    "a time without a zone": (check.publication_date, "2026-03-01T09:30:00", datetime(2026, 3, 1, 9, 30, tzinfo=UTC)),
    "a time in a zone": (check.publication_date, "2026-03-01T09:30:00+01:00", datetime(2026, 3, 1, 8, 30, tzinfo=UTC)),
    "a link": (check.web_link, "https://example.com/a%20b?c=d#e", "https://example.com/a%20b?c=d#e"),
    "a link to this machine": (check.web_link, "http://[::1]:8080/", "http://[::1]:8080/"),
}


@pytest.mark.parametrize(("function", "value", "result"), ACCEPTED.values(), ids=ACCEPTED)
def test_what_clients_accept_is_given_in_its_own_type(function: Check, value: Any, result: Any) -> None:
    assert function(value) == result


REFUSED: dict[str, tuple[Check, Any, str]] = {
    "an empty title": (check.one_line, "", "write one line"),
    "a title of two lines": (check.one_line, "a\nb", "write one line"),
    "a title that turns its direction": (check.one_line, "a\u202eb", "write one line"),
    "a title without end": (check.one_line, "a" * 1001, "write one line"),
    "an empty channel": (check.channel_name, "", "no channel's name"),
    "a channel with a blank": (check.channel_name, "my beta", "'my beta' is no channel's name"),
    "a channel with a letter beyond ASCII": (check.channel_name, "bêta", "no channel's name"),
    "a channel with a line break": (check.channel_name, "beta\n", "no channel's name"),
    "a version that is a mark": (check.version_text, "-", "is no version"),
    "a version with a line break": (check.version_text, "1.0\n2", "is no version"),
    "a version with a blank at its end": (check.version_text, "1.0 ", "is no version"),
    "a version without end": (check.version_text, "1" * 101, "is no version"),
    "a system's name": (check.system_version, "Sonoma", "is no system's version"),
    "a system version of four numbers": (check.system_version, "10.0.22000.1", "is no system's version"),
    "a system version with a letter": (check.system_version, "11.0b", "is no system's version"),
    "digits of another script": (check.system_version, "١١", "is no system's version"),
    "hardware that no client knows": (check.hardware_requirements, ["arm46"], "'arm46' is no requirement"),
    "no time between groups": (check.rollout_interval, 0, "is no interval"),
    "a time that runs backwards": (check.rollout_interval, -1, "is no interval"),
    "half a day": (check.rollout_interval, "0.5d", "is no interval"),
    "a unit nobody knows": (check.rollout_interval, "1w", "is no interval"),
    "more than a year": (check.rollout_interval, "367d", "is no interval"),
    "a truth value": (check.rollout_interval, True, "is no interval"),
    "a day that is none": (check.publication_date, "2026-02-30", "is no date"),
    "a date as people write it": (check.publication_date, "1 March 2026", "is no date"),
    "a date before there were updates": (check.publication_date, "1969-12-31", "is no date"),
    "a time that leaves the calendar": (check.publication_date, "0001-01-01T00:00:00+10:00", "is no date"),
    "a time at the end of the calendar": (check.publication_date, "9999-12-31T23:59:59-10:00", "is no date"),
    "a relative link": (check.web_link, "/notes", "is no link"),
    "a script": (check.web_link, "javascript:alert(1)", "is no link"),
    "a file": (check.web_link, "file:///etc/passwd", "is no link"),
    "a link without a host": (check.web_link, "https:///notes", "is no link"),
    "half an address": (check.web_link, "http://[::1", "is no link"),
    "a link with a blank": (check.web_link, "https://example.com/a b", "is no link"),
    "a link without end": (check.web_link, "https://example.com/" + "a" * 1000, "is no link"),
}


@pytest.mark.parametrize(("function", "value", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_clients_would_misread_is_refused_with_what_to_write(function: Check, value: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)) as raised:
        function(value)

    assert {"write", "use"} & set(str(raised.value).split())


def test_an_element_of_ones_own_keeps_its_prefix() -> None:
    assert check.own_element("acme:track", "https://example.com/ns", "stable") == OwnElement(
        prefix="acme", name="track", namespace="https://example.com/ns", text="stable"
    )


ELEMENTS = {
    "a name without a prefix": ("track", "https://example.com/ns", "'track' is no element's name"),
    "a name that is no XML": ("acme:1<", "https://example.com/ns", "is no element's name"),
    "the prefix of Sparkle": ("sparkle:version", "https://example.com/ns", "the prefix sparkle is taken"),
    "a prefix of XML's": ("XMLacme:a", "https://example.com/ns", "is taken"),
    "the namespace of Sparkle": (
        "acme:version",
        "http://www.andymatuschak.org/xml-namespaces/sparkle",
        "is taken, choose one of your own",
    ),
    "a namespace of XML's": ("acme:a", "http://www.w3.org/2000/xmlns/", "is taken, choose one of your own"),
    "a namespace that is no link": ("acme:a", "acme", "is no link"),
    "an empty text": ("acme:a", "https://example.com/ns", "write one line"),
}


@pytest.mark.parametrize(("name", "namespace", "sentence"), ELEMENTS.values(), ids=ELEMENTS)
def test_an_element_that_is_not_ones_own_is_refused(name: str, namespace: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        check.own_element(name, namespace, "" if "write" in sentence else "text")


@pytest.mark.parametrize(
    "function",
    [
        *(check.one_line, check.channel_name, check.version_text, check.system_version),
        *(check.rollout_interval, check.publication_date, check.web_link),
    ],
    ids=lambda function: str(function.__name__),
)
@given(text=st.text())
def test_any_text_is_accepted_or_refused(function: Check, text: str) -> None:
    with suppress(ValueError):  # and nothing else
        function(text)
