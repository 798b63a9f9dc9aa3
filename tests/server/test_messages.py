import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.server.messages import Headers, Request, Response


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("/appcast.xml?os=macos", "/appcast.xml"),
        ("/Acme%20Notes%2D1.dmg", "/Acme Notes-1.dmg"),
        ("/%2525", "/%25"),
        ("/f%C3%BCr.dmg", "/für.dmg"),
        ("/für.dmg", "/für.dmg"),
        ("/a%2Fb", "/a/b"),
        ("http://localhost:8080/appcast.xml?x=1", "/appcast.xml"),
        ("HTTP://localhost", "/"),
        ("/%zz", ""),
        ("/%2", ""),
        ("/%", ""),
        ("/%ff", ""),
        ("/\udcff", ""),
        ("*", ""),
        ("localhost:80", ""),
        ("", ""),
        ("http://[::1/", ""),
    ],
)
def test_the_path_is_decoded_once_or_empty(target: str, path: str) -> None:
    assert Request.of("GET", target).path == path


def test_the_query_gives_the_first_value_of_each_parameter() -> None:
    query = Request.of("GET", "/?os=macos&os=linux&app=Acme%20Notes&empty=&bad=%ff").query

    assert query == {"os": "macos", "app": "Acme Notes", "bad": "\ufffd"}


def test_a_query_of_thousands_of_parameters_is_cut() -> None:
    assert len(Request.of("GET", "/?" + "&".join(f"p{number}=1" for number in range(5000))).query) == 100


def test_the_target_names_the_host_before_the_header_does() -> None:
    headers = Headers([("Host", "localhost")])

    assert Request.of("GET", "http://127.0.0.1:81/", headers).authority == "127.0.0.1:81"
    assert Request.of("GET", "/", headers).authority == "localhost"


def test_the_origin_without_a_host_is_the_address_that_the_client_reached() -> None:
    assert Request.of("GET", "/", local="127.0.0.1", local_port=81).origin == "http://127.0.0.1:81"
    assert Request.of("GET", "/", scheme="https", local="::1", local_port=81).origin == "https://[::1]:81"


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("localhost:8443", "http://localhost:9000"),
        ("updates.acme.example", "http://updates.acme.example:9000"),
        ("[::1]:8443", "http://[::1]:9000"),
        ("[::1]", "http://[::1]:9000"),
    ],
)
def test_plain_http_has_a_port_of_its_own_at_the_same_host(host: str, origin: str) -> None:
    request = Request.of("GET", "/", Headers([("Host", host)]), scheme="https", plain_port=9000)

    assert request.downgraded_origin == origin
    assert request.for_target("/appcast.xml").downgraded_origin == origin


def test_only_plain_http_beside_https_is_a_downgrade() -> None:
    assert Request.of("GET", "/", scheme="http", plain_port=9000).is_downgraded
    assert not Request.of("GET", "/", scheme="https", plain_port=9000).is_downgraded
    assert not Request.of("GET", "/", scheme="http").is_downgraded


def test_headers_are_found_in_any_case_and_joined() -> None:
    headers = Headers([("If-None-Match", '"a"'), ("if-none-match", '"b"')])

    assert headers.get("IF-NONE-MATCH") == '"a", "b"'
    assert headers.all("if-None-match") == ('"a"', '"b"')
    assert headers.get("range") is None


def test_every_response_is_safe_in_a_browser_unless_it_says_otherwise() -> None:
    headers = Response.plain(404, "Nothing here.").all_headers

    assert headers["Content-Security-Policy"] == "sandbox"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert Response(status=200, headers={"Cache-Control": "no-cache"}).all_headers["Cache-Control"] == "no-cache"


def test_without_its_body_a_response_keeps_its_headers() -> None:
    response = Response.plain(404, "Nothing here.")

    assert response.without_body().all_headers == response.all_headers
    assert response.without_body().body == b""


@given(st.text(max_size=100))
def test_no_target_raises(target: str) -> None:
    for form in (target, f"/{target}", f"http://{target}"):
        path = Request.of("GET", form).path

        assert path == "" or path.startswith("/")
