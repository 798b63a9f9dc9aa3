"""How scenarios and faults are written."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ota_dev.errors import UsageError
from ota_dev.scenarios.syntax import Spec, parse_spec, parse_specs, unknown_name

READ = {
    "a name alone": ("corrupt", Spec("corrupt")),
    "a parameter": ("status:code=404", Spec("status", {"code": "404"})),
    "several parameters": ("latency:delay=2s,jitter=250ms", Spec("latency", {"delay": "2s", "jitter": "250ms"})),
    "a per cent sign that begins no escape": ("truncate:after=50%", Spec("truncate", {"after": "50%"})),
    "a per cent sign before another parameter": ("stall:after=5%,for=3s", Spec("stall", {"after": "5%", "for": "3s"})),
    "pct for per cent": ("truncate:after=12.5pct", Spec("truncate", {"after": "12.5%"})),
    "pct in a word stays": ("status:path=/50pct.dmg", Spec("status", {"path": "/50pct.dmg"})),
    "colons and equals signs in a value": (
        "redirect:to=https://a.example:8443/?b=c",
        Spec("redirect", {"to": "https://a.example:8443/?b=c"}),
    ),
    "an escaped separator": ("status:path=/a%2Cb%3D%3A", Spec("status", {"path": "/a,b=:"})),
    "an escape that is escaped": ("status:path=/a%252C", Spec("status", {"path": "/a%2C"})),
    "a plus sign": ("status:path=/a+b", Spec("status", {"path": "/a+b"})),
    "other scripts": ("status:path=/更新*", Spec("status", {"path": "/更新*"})),
}

REFUSED = {
    "nothing": ("", "write a name"),
    "no name": (":code=404", "write a name"),
    "a name with a blank": ("slow 3g", "write a name"),
    "a colon and nothing behind it": ("status:", "is no parameter"),
    "a comma too many": ("status:code=404,", "is no parameter"),
    "a parameter without a value": ("redirect:loop", "loop is no parameter, write parameter=value"),
    "an empty value": ("status:code=", "code= is no parameter"),
    "a parameter said twice": ("status:code=404,code=500", "code is said twice"),
    "an escape of no UTF-8": ("status:path=%ff", "no percent-encoded UTF-8"),
    "a line break": ("status:path=a%0d%0ab", "cannot be printed"),
    "a lone surrogate": ("status:path=\udc80", "cannot be printed"),
    "endless text": ("a" * 501, "longer than 500 characters"),
    "endless parameters": ("a:" + ",".join(f"p{number}=1" for number in range(17)), "more than 16 parameters"),
}


@pytest.mark.parametrize(("text", "spec"), READ.values(), ids=READ)
def test_is_read(text: str, spec: Spec) -> None:
    assert parse_spec(text) == spec


@pytest.mark.parametrize(("text", "complaint"), REFUSED.values(), ids=REFUSED)
def test_is_refused_with_what_to_write(text: str, complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint) as refused:
        parse_spec(text)

    assert str(refused.value).isprintable()


def test_an_address_holds_several() -> None:
    assert parse_specs("slow-3g+truncate:after=50pct,times=2") == (
        Spec("slow-3g"),
        Spec("truncate", {"after": "50%", "times": "2"}),
    )


def test_an_escaped_plus_sign_in_an_address_is_part_of_a_value() -> None:
    assert parse_specs("status:path=/a%2Bb") == (Spec("status", {"path": "/a+b"}),)


def test_an_address_holds_ten_at_most() -> None:
    assert len(parse_specs("+".join(["corrupt"] * 10))) == 10
    with pytest.raises(UsageError, match="more than 10"):
        parse_specs("+".join(["corrupt"] * 11))


def test_per_cent_stands_in_an_address_as_pct() -> None:
    assert Spec("truncate", {"after": "50%", "path": "/a b/100%.dmg"}).url == (
        "truncate:after=50pct,path=%2Fa%20b%2F100%25.dmg"
    )


def test_a_misspelt_name_is_answered_with_the_one_that_was_meant() -> None:
    error = unknown_name("fault", "truncat", ["corrupt", "truncate"])

    assert str(error) == "truncat: there is no such fault, did you mean truncate?"


NAMES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,20}", fullmatch=True)
PARAMETERS = st.from_regex(r"[a-z][a-z0-9_]{0,10}", fullmatch=True)
VALUES = st.one_of(
    st.from_regex(r"[0-9]{1,3}(\.[0-9])?%", fullmatch=True),
    st.text(alphabet="%,=:+/25aF pct", min_size=1, max_size=10),
    st.text(min_size=1, max_size=8).filter(str.isprintable),
).filter(lambda value: not value.endswith("pct"))  # which is how per cent is written, never how it is kept
SPECS = st.builds(Spec, NAMES, st.dictionaries(PARAMETERS, VALUES, max_size=4))


@given(SPECS)
def test_what_is_written_reads_back(spec: Spec) -> None:
    assume(len(str(spec)) <= 500)

    assert parse_spec(str(spec)) == spec


@given(st.lists(SPECS, min_size=1, max_size=3))
def test_what_is_written_into_an_address_reads_back(specs: list[Spec]) -> None:
    assume(all(len(spec.url) <= 500 for spec in specs))

    part = "+".join(spec.url for spec in specs)

    assert part.isascii()
    assert "/" not in part
    assert parse_specs(part) == tuple(specs)


@given(st.text(max_size=40) | st.text(alphabet="a:,=%+2fpct", max_size=20))
def test_any_text_reads_as_something_that_reads_back_or_is_refused(text: str) -> None:
    try:
        spec = parse_spec(text)
    except UsageError:
        return

    assert parse_spec(str(spec)) == spec
