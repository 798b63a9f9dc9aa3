"""Which texts are addresses on the web, and which hosts are this machine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.catalog.web_addresses import is_loopback, is_web_address, is_web_origin

ADDRESSES = {
    "https://example.com": True,
    "HTTP://example.com:8080/acme?a=b#c": True,
    "http://[::1]:8080": True,
    "ftp://example.com": False,
    "example.com": False,
    "http://": False,
    "http://:8080": False,
    "http://example.com:0": False,
    "http://example.com:99999": False,
    "http://example.com:x": False,
    "http://[::1": False,
    "": False,
}


@pytest.mark.parametrize(("text", "expected"), ADDRESSES.items(), ids=ADDRESSES)
def test_an_address_has_a_scheme_of_the_web_and_a_host_that_can_be_asked(text: str, expected: bool) -> None:
    assert is_web_address(text) is expected


@given(st.text().map(lambda text: f"http://{text}"))
def test_no_text_is_too_odd_to_be_judged(text: str) -> None:
    assert is_web_address(text) in (True, False)


ORIGINS = {
    "https://example.com": True,
    "http://127.0.0.1:8080": True,
    "https://example.com/": False,
    "https://example.com?a=b": False,
    "https://example.com#": False,
    "https://example.com:x": False,
    "ftp://example.com": False,
}


@pytest.mark.parametrize(("text", "expected"), ORIGINS.items(), ids=ORIGINS)
def test_an_origin_has_nothing_behind_its_host(text: str, expected: bool) -> None:
    assert is_web_origin(text) is expected


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("localhost.example.com", False),
        ("0.0.0.0", False),  # noqa: S104 - nothing is bound
        ("192.168.1.2", False),
        ("", False),
    ],
)
def test_only_this_machine_is_loopback(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected
