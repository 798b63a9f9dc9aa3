"""`serve --until-expectation` in a script: it ends by itself, and its exit code says what the client did."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from tests.journeys.serving import LIMIT, Serving

Serve = Callable[..., Serving]
JSON = ("--log-format", "json")


def ready(serving: Serving) -> str:
    """Wait until there is something on offer, and give the address."""
    serving.wait_for('"published"')
    url: str = json.loads(serving.wait_for('"ready"'))["url"]
    return url


def get(url: str, user_agent: str = "Acme Notes/1.2.0 Sparkle/2.9.4") -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False
        return session.get(url, headers={"User-Agent": user_agent}, timeout=LIMIT)


def result(serving: Serving) -> dict[str, object]:
    last: dict[str, object] = json.loads(serving.lines[-1])
    assert last.pop("event") == "expectation"
    return last


def test_it_ends_with_success_as_soon_as_the_client_has_done_what_it_must(serve: Serve, notes: Path) -> None:
    serving = serve(*JSON, "--until-expectation", "must-download-completely", "--timeout", "24h")
    url = ready(serving)

    get(f"{url}/appcast.xml")
    get(f"{url}/downloads/{notes.name}")

    assert serving.end() == 0
    assert result(serving) == {
        "expect": "must-download-completely",
        "verdict": "pass",
        "reason": f"the client has every byte of {notes.name}",
        "is_settled": True,
        "number": 2,
    }


def test_it_ends_with_1_as_soon_as_the_client_does_what_the_scenario_forbids(serve: Serve, notes: Path) -> None:
    serving = serve(*JSON, "--scenario", "min-os", "--until-expectation", "scenario", "--timeout", "24h")
    url = ready(serving)

    get(f"{url}/appcast.xml")
    get(f"{url}/downloads/{notes.name}")

    assert serving.end() == 1
    assert (result(serving)["expect"], result(serving)["verdict"]) == ("must-not-download", "fail")


@pytest.mark.usefixtures("notes")
def test_without_a_client_nothing_is_seen_and_that_is_no_success(serve: Serve) -> None:
    serving = serve(*JSON, "--until-expectation", "must-refuse", "--timeout", "1ms")

    assert serving.end() == 1
    assert result(serving)["verdict"] == "not seen"


@pytest.mark.usefixtures("notes")
def test_who_ends_it_early_is_told_how_things_stand(serve: Serve) -> None:
    serving = serve("--until-expectation", "must-not-download")
    url = serving.url()
    get(f"{url}/appcast.xml")

    assert serving.stop() == 0
    assert serving.lines[-1] == "must-not-download: pass: the client asked for the feed and for no installer"


def test_a_download_that_is_under_way_when_the_time_is_over_counts(serve: Serve, dist: Path) -> None:
    (dist / "Acme-Notes-1.4.0.exe").write_bytes(bytes(50_000_000))  # more than fits between the two
    serving = serve(*JSON, "--until-expectation", "must-not-download", "--timeout", "24h")
    url = ready(serving)
    get(f"{url}/appcast.xml")

    with requests.get(f"{url}/downloads/Acme-Notes-1.4.0.exe", stream=True, timeout=LIMIT) as download:
        next(download.iter_content(1000))
        code = serving.stop()

    assert code == 1
    assert result(serving)["reason"] == "the client asked for Acme-Notes-1.4.0.exe"


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("--timeout", "3s"), "--timeout is how long --until-expectation waits: give both"),
        (("--until-expectation", "must-refuse", "--timeout", "soon"), "--timeout soon: write a time with its unit"),
        (("--until-expectation", "must-refuze"), "there is no such expectation, did you mean must-refuse?"),
        (("--until-expectation", "scenario"), "no scenario in force expects anything"),
    ],
    ids=["a time for nothing", "no time", "an unknown expectation", "no scenario"],
)
def test_what_cannot_be_awaited_is_wrong_usage(serve: Serve, arguments: tuple[str, ...], problem: str) -> None:
    serving = serve(*arguments)

    assert serving.end() == 2
    assert problem in serving.lines[-1]
