"""Who may use the control API, and how a browser comes to its cookie."""

import json
from collections.abc import Callable

import pytest

from ota_dev.journal import Journal
from ota_dev.server.messages import Response
from tests.journal.made_up import feed
from tests.server.control.conftest import TOKEN

Send = Callable[..., Response]

STATE, CLEAR = "/_ota/api/v1/state", "/_ota/api/v1/requests/clear"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
COOKIE = {"Cookie": f"other=1; ota-dev-8080={TOKEN}"}
JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param(BEARER, id="a bearer token"),
        pytest.param({"Authorization": f"bearer  {TOKEN}"}, id="a bearer token in lower case"),
        pytest.param(COOKIE, id="the cookie"),
        pytest.param({**COOKIE, "Sec-Fetch-Site": "same-origin"}, id="an own page"),
        pytest.param({**COOKIE, "Sec-Fetch-Site": "none"}, id="typed by the user"),
    ],
)
def test_whoever_has_the_token_is_let_in(send: Send, headers: dict[str, str]) -> None:
    assert send(STATE, **headers).status == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({}, 401, id="no token"),
        pytest.param({"Authorization": "Bearer wrong"}, 401, id="a wrong token"),
        pytest.param({"Authorization": "Bearer "}, 401, id="an empty token"),
        pytest.param({"Authorization": "Bearer \udce4"}, 401, id="a token that is no text"),
        pytest.param({"Authorization": f"Basic {TOKEN}"}, 401, id="another scheme"),
        pytest.param({"Cookie": f"ota-dev-8081={TOKEN}"}, 401, id="the cookie of another port"),
        pytest.param({"Cookie": "ota-dev-8080=wrong"}, 401, id="a wrong cookie"),
        pytest.param({**COOKIE, "Authorization": "Bearer wrong"}, 401, id="a wrong token beside the cookie"),
        pytest.param({**BEARER, "Origin": "http://evil.example"}, 403, id="a foreign origin"),
        pytest.param({**BEARER, "Origin": "http://127.0.0.1:8081"}, 403, id="the origin of another port"),
        pytest.param({**BEARER, "Origin": "null"}, 403, id="a sandboxed page"),
        pytest.param({**COOKIE, "Sec-Fetch-Site": "same-site"}, 403, id="a page of another port"),
        pytest.param({**COOKIE, "Sec-Fetch-Site": "cross-site"}, 403, id="a page of another site"),
        pytest.param({**BEARER, "Host": "evil.example"}, 403, id="a foreign name of this server"),
    ],
)
@pytest.mark.parametrize(("target", "method"), [(STATE, "GET"), ("/_ota/api/v1/events", "GET"), (CLEAR, "POST")])
def test_nobody_else_is_let_in(
    send: Send, journal: Journal, *, headers: dict[str, str], status: int, target: str, method: str
) -> None:
    journal.record(feed())

    response = send(target, method, **{**headers, **JSON})

    assert response.status == status
    assert len(journal.exchanges) == 1
    assert not {name for name in response.all_headers if name.startswith("Access-Control")}


def test_a_token_in_the_address_of_the_api_is_not_taken(send: Send) -> None:
    assert send(f"{STATE}?token={TOKEN}").status == 401


@pytest.mark.parametrize("content_type", ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonx"])
def test_what_changes_the_server_must_be_json(send: Send, journal: Journal, content_type: str) -> None:
    journal.record(feed())

    assert send(CLEAR, "POST", b"{}", **BEARER, **{"Content-Type": content_type}).status == 415
    assert journal.exchanges


def test_json_may_name_its_character_set_and_its_own_origin(send: Send) -> None:
    headers = {"Content-Type": "Application/JSON; charset=utf-8", "Origin": "http://127.0.0.1:8080"}

    assert send(CLEAR, "POST", **BEARER, **headers).status == 200


@pytest.mark.parametrize(
    ("method", "target", "allowed"),
    [("PUT", STATE, "GET, POST"), ("HEAD", STATE, "GET, POST"), ("GET", CLEAR, "POST"), ("POST", STATE, "GET")],
)
def test_other_methods_are_refused_with_those_allowed(send: Send, method: str, target: str, allowed: str) -> None:
    response = send(target, method, **BEARER, **JSON)

    assert (response.status, response.headers["Allow"]) == (405, allowed)


@pytest.mark.parametrize("target", ["/_ota/", "/_ota/api/v1/", "/_ota/api/v1/nothing", "/_ota/../appcast.xml"])
def test_what_is_not_there_is_not_found_and_an_error_is_json(send: Send, target: str) -> None:
    response = send(target, **BEARER)

    assert response.status == 404
    assert isinstance(response.body, bytes)
    assert list(json.loads(response.body)) == ["error"]


def test_elsewhere_nothing_may_be_posted(send: Send) -> None:
    assert send("/appcast.xml", "POST", **BEARER, **JSON).status == 405


def test_the_printed_address_sets_a_strict_cookie_and_leads_to_itself_without_the_token(send: Send) -> None:
    response = send(f"/?a=b+c&token={TOKEN}")

    assert response.status == 303
    assert response.headers["Location"] == "/?a=b+c"
    assert response.headers["Set-Cookie"] == f"ota-dev-8080={TOKEN}; Path=/; HttpOnly; SameSite=Strict"
    assert send("/", Cookie=response.headers["Set-Cookie"].partition(";")[0]).status == 200


def test_an_address_with_an_old_token_says_what_to_open(send: Send) -> None:
    response = send("/?token=old")

    assert response.status == 401
    assert "Set-Cookie" not in response.headers
    assert b"printed last" in response.body  # type: ignore[operator] # it is bytes


def test_beside_https_nobody_gets_in_by_http(send: Send) -> None:
    asked = send(STATE, plain_port=8080, **BEARER)
    opened = send(f"/?token={TOKEN}", plain_port=8080)

    assert asked.status == 403
    assert "https" in json.loads(asked.body if isinstance(asked.body, bytes) else b"")["error"]
    assert opened.status == 200
    assert "Set-Cookie" not in opened.all_headers
