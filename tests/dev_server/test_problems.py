"""What is wrong now, room by room."""

import shutil
from collections.abc import Callable
from pathlib import Path

from ota_dev.dev_server import DevServer
from ota_dev.dev_server.problems import Problems


def test_what_a_room_reports_takes_the_place_of_what_it_said_before() -> None:
    problems = Problems()

    problems.report("publishing", ["one", "two", "one"])
    problems.report("findings", ["three"])
    assert list(problems.current) == ["three", "one", "two"]

    problems.report("publishing", [])
    assert list(problems.current) == ["three"]


def test_subscribers_hear_of_changes_alone_and_do_no_harm() -> None:
    problems = Problems()
    heard: list[tuple[str, ...]] = []

    def fail() -> None:
        raise ValueError

    problems.subscribe(fail)
    problems.subscribe(lambda: heard.append(problems.current))

    problems.report("findings", [])
    problems.report("findings", ["one"])
    problems.report("findings", ["one"])
    problems.report("findings", [])

    assert heard == [("one",), ()]


def test_a_server_knows_what_is_not_on_offer_as_long_as_it_is_not(
    dist: Path, mac_zip: Callable[..., bytes], wait_until: Callable[[Callable[[], object]], None]
) -> None:
    (dist / "Acme-Notes-1.4.0.zip").write_bytes(b"PK\3\4 short")
    with DevServer(dist) as server:
        wait_until(lambda: server.publication)
        (problem,) = server.problems.current
        assert problem.startswith("Acme-Notes-1.4.0.zip is not on offer: ")

        (dist / "Acme-Notes-1.4.0.zip").write_bytes(mac_zip("1.4.0"))
        server.rescan()
        assert not server.problems.current

        shutil.rmtree(dist)
        server.rescan()
        assert server.problems.current == (f"{dist} is not there: it is served as soon as it appears",)


def test_a_server_knows_the_findings_in_its_feed(
    dist: Path, mac_zip: Callable[..., bytes], wait_until: Callable[[Callable[[], object]], None]
) -> None:
    (dist / "Acme-Notes-1.4.0-beta.1.zip").write_bytes(mac_zip("1.4.0-beta.1"))

    with DevServer(dist) as server:
        wait_until(lambda: server.problems.current)
        assert "version-prerelease" in server.problems.current[0]
