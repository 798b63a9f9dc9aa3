from datetime import UTC, datetime, timedelta

from ota_dev.journal import Exchange
from ota_dev.server.adapter.recording import MOST_FIELDS, exchange_of
from ota_dev.server.adapter.sink import Progress
from ota_dev.server.messages import Headers, Request, Response


def recorded(*fields: tuple[str, str], response: Response | None = None, target: str = "/") -> Exchange:
    request = Request.of("GET", target, Headers(fields), peer="127.0.0.1")
    answer = response or Response(status=200)
    return exchange_of(request, answer, Progress(), datetime(2026, 1, 2, tzinfo=UTC), timedelta())


def test_the_headers_of_both_ends_are_kept() -> None:
    exchange = recorded(("Range", "bytes=0-9"), response=Response(status=206, headers={"ETag": '"x"'}))

    assert exchange.asked_range == "bytes=0-9"
    assert ("ETag", '"x"') in exchange.response_headers


def test_secrets_are_not_kept() -> None:
    cookie = Response(status=200, headers={"Set-Cookie": "a=secret"})

    exchange = recorded(("Authorization", "Bearer secret"), ("Cookie", "a=secret"), response=cookie)

    assert "secret" not in repr(exchange)


def test_a_token_in_an_address_is_not_kept() -> None:
    asked = recorded(("Referer", "http://127.0.0.1:8080/?token=secret&a=b"), target="/?a=b&Token=secret")
    sent_on = recorded(response=Response(status=303, headers={"Location": "/?token=secret"}))

    assert "secret" not in repr((asked, sent_on))
    assert asked.target == "/?a=b&Token=***"
    assert ("referer", "http://127.0.0.1:8080/?token=***&a=b") in asked.request_headers


def test_what_is_kept_of_headers_is_bounded() -> None:
    exchange = recorded(*((f"X-{number}", "y" * 100_000) for number in range(1_000)))

    assert len(exchange.request_headers) == MOST_FIELDS
    assert sum(len(value) for _, value in exchange.request_headers) <= MOST_FIELDS * 1_000


def test_control_characters_in_headers_are_escaped() -> None:
    assert recorded(("X-Odd", "a\x1b[2Jb")).request_headers == (("x-odd", "a\\x1b[2Jb"),)
