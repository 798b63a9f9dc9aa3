"""What is wrong now, room by room."""

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
