import socket

import pytest

from ota_dev.errors import UsageError
from ota_dev.server.guard import Guard, parse_authority
from ota_dev.server.messages import Headers, Request


def status_for(guard: Guard, host: str, local: str = "127.0.0.1") -> int:
    refusal = guard.refusal(Request.of("GET", "/", Headers([("Host", host)]), local=local))
    return refusal.status if refusal else 200


@pytest.mark.parametrize(
    "host",
    [
        *("localhost", "localhost:8080", "LocalHost", "localhost.", "localhost.:8080", "localhost:"),
        *("127.0.0.1", "127.0.0.1:8080", "127.1.2.3", "[::1]", "[::1]:8080", "[0:0:0:0:0:0:0:1]"),
        "[::ffff:127.0.0.1]:8080",
    ],
)
def test_loopback_names_are_answered(host: str) -> None:
    assert status_for(Guard.of(), host) == 200


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "192.168.1.5", "[fe80::1]"),
        *("127.1", "2130706433", "0x7f.0.0.1", "0177.0.0.1"),
    ],
)
def test_foreign_names_are_refused_and_the_text_names_the_remedy(host: str) -> None:
    refusal = Guard.of().refusal(Request.of("GET", "/", Headers([("Host", host)])))

    assert refusal is not None
    assert refusal.status == 403
    assert b"--allowed-host" in (refusal.body if isinstance(refusal.body, bytes) else b"")


@pytest.mark.parametrize(
    "host",
    [
        *("", " ", "localhost:port", "localhost:99999", "localhost:80:80", "user@localhost", "localhost/path"),
        *(
            "::1",
            "[::1",
            "[localhost]",
            "[::1%25eth0]",
            "local host",
            "localhost\n",
            "ｌocalhost",
            ".",
            "a..b",
            "[:::]",
        ),
        "a" * 300,
    ],
)
def test_what_is_no_host_is_a_bad_request(host: str) -> None:
    assert status_for(Guard.of(), host) == 400


def test_a_request_needs_one_host_but_http_1_0_may_have_none() -> None:
    guard = Guard.of()
    two = Headers([("Host", "localhost"), ("Host", "localhost")])

    assert guard.refusal(Request.of("GET", "/", two)) is not None
    assert guard.refusal(Request.of("GET", "/", Headers())) is not None
    assert guard.refusal(Request.of("GET", "/", Headers(), version=(1, 0))) is None


def test_a_foreign_name_in_the_target_or_in_the_header_is_enough_to_refuse() -> None:
    guard = Guard.of()
    foreign_target = Request.of("GET", "http://evil.example/", Headers([("Host", "localhost")]))
    foreign_header = Request.of("GET", "http://localhost/", Headers([("Host", "evil.example")]))
    own = Request.of("GET", "http://localhost/", Headers([("Host", "localhost")]))

    assert guard.refusal(foreign_target) is not None
    assert guard.refusal(foreign_header) is not None
    assert guard.refusal(own) is None


def test_the_address_that_the_client_reached_is_answered() -> None:
    guard = Guard.of("0.0.0.0")  # noqa: S104 - nothing is bound

    assert status_for(guard, "192.168.1.5:8080", local="192.168.1.5") == 200
    assert status_for(guard, "192.168.1.6:8080", local="192.168.1.5") == 403
    assert status_for(guard, "[fe80::1]:8080", local="fe80::1%eth0") == 200


def test_bound_to_every_address_the_machines_own_name_is_answered() -> None:
    name = socket.gethostname()

    assert status_for(Guard.of("0.0.0.0"), name) == 200  # noqa: S104 - nothing is bound
    assert status_for(Guard.of("::"), f"{name.partition('.')[0]}.local") == 200
    assert name == "localhost" or status_for(Guard.of(), name) == 403


def test_the_bound_name_and_allowed_names_are_answered() -> None:
    assert status_for(Guard.of("build.acme.example"), "build.acme.example:8080") == 200
    assert status_for(Guard.of(allowed_hosts=["Updates.Acme.example."]), "updates.acme.example") == 200
    assert status_for(Guard.of(allowed_hosts=["fe80::5"]), "[fe80::5]:80") == 200
    assert status_for(Guard.of(allowed_hosts=["updates.acme.example"]), "acme.example") == 403


@pytest.mark.parametrize("text", ["http://acme.example", "acme.example/path", "", "*"])
def test_an_allowed_host_that_is_none_is_a_usage_error(text: str) -> None:
    with pytest.raises(UsageError, match="--allowed-host"):
        Guard.of(allowed_hosts=[text])


def test_a_host_has_one_spelling() -> None:
    assert parse_authority("LOCALHOST.:80") == parse_authority("localhost")
    assert parse_authority("[0:0::1]") == parse_authority("[::1]:443") == "::1"
