"""Faults and the requests they are meant for."""

import pytest

from ota_dev.catalog.resources import Resource
from ota_dev.errors import UsageError
from ota_dev.scenarios.faults import Asked, FaultRule
from ota_dev.scenarios.faults.network import Truncate
from ota_dev.scenarios.syntax import parse_spec
from ota_dev.scenarios.values import Amount

FEED = Asked(resource=Resource.FEED, path="/appcast.xml", client=("Sparkle", "Acme Notes/1.2 Sparkle/2.9", "127.0.0.1"))
DOWNLOAD = Asked(resource=Resource.DOWNLOAD, path="/downloads/Acme-Notes-1.3.0.dmg", client=("curl", "curl/8.5", "::1"))

CONCERNED = {
    "a download, for what is made for downloads": ("truncate", DOWNLOAD),
    "anything, for what is made for all": ("status", FEED),
    "the target that is named": ("truncate:target=feed", FEED),
    "all targets": ("truncate:target=all", FEED),
    "a path of that form": ("truncate:path=*.dmg", DOWNLOAD),
    "exactly this path": ("status:path=/appcast.xml", FEED),
    "a client's family, in any case": ("status:client=sparkle", FEED),
    "a part of a User-Agent": ("status:client=acme notes/1.2*", FEED),
    "a client's address": ("status:client=127.0.0.*", FEED),
}

NOT_CONCERNED = {
    "a feed, for what is made for downloads": ("truncate", FEED),
    "another target than the one that is named": ("status:target=notes", FEED),
    "a path of another form": ("truncate:path=*.exe", DOWNLOAD),
    "a path in other case": ("truncate:path=*.DMG", DOWNLOAD),
    "another client": ("status:client=WinSparkle", FEED),
    "one condition of two": ("truncate:path=*.dmg,client=Sparkle", DOWNLOAD),
}

REFUSED = {
    "a misspelt fault": ("truncat", "truncat: there is no such fault, did you mean truncate?"),
    "a misspelt parameter": ("stall:aftr=1", "stall:aftr=1: there is no parameter aftr, did you mean after?"),
    "a misspelt common parameter": ("down:time=1", "down:time=1: there is no parameter time, did you mean times?"),
    "a parameter of another fault": ("down:code=1", "there is no parameter code"),
    "a value of another kind": ("status:code=99", "status:code=99: code=99: write a whole number from 400 to 599"),
    "a status that is no error": ("status:code=200", "from 400 to 599"),
    "no redirection": ("redirect:code=304", "write one of 301, 302, 303, 307, 308"),
    "no target": ("corrupt:target=installer", "write one of feed, signature, notes, download, all"),
    "an impossible target": ("malformed-feed:target=download", "malformed-feed changes feeds and nothing else"),
    "an impossible number of times": ("status:times=0", "from 1 to 1000000"),
}


@pytest.mark.parametrize(("text", "asked"), CONCERNED.values(), ids=CONCERNED)
def test_concerns(text: str, asked: Asked) -> None:
    assert FaultRule.of(parse_spec(text)).concerns(asked)


@pytest.mark.parametrize(("text", "asked"), NOT_CONCERNED.values(), ids=NOT_CONCERNED)
def test_does_not_concern(text: str, asked: Asked) -> None:
    assert not FaultRule.of(parse_spec(text)).concerns(asked)


@pytest.mark.parametrize(("text", "sentence"), REFUSED.values(), ids=REFUSED)
def test_is_refused_with_what_to_write(text: str, sentence: str) -> None:
    with pytest.raises(UsageError) as refused:
        FaultRule.of(parse_spec(text))

    assert sentence in str(refused.value)


def test_own_and_common_parameters_are_said_together() -> None:
    rule = FaultRule.of(parse_spec("truncate:after=10%,times=2,probability=50%"))

    assert rule.fault == Truncate(after=Amount(number=10, is_per_cent=True))
    assert (rule.occasion.times, rule.occasion.probability) == (2, 0.5)


def test_a_downgrade_needs_tls() -> None:
    assert FaultRule.of(parse_spec("redirect:downgrade=true")).needs_tls
    assert not FaultRule.of(parse_spec("redirect")).needs_tls
