"""Choosing a scenario by its text."""

import pytest

from ota_dev.errors import UsageError
from ota_dev.scenarios.catalogue import SCENARIOS
from ota_dev.scenarios.scenario import choose
from ota_dev.scenarios.syntax import Spec, parse_specs

CANONICAL = {
    "normal": "normal",
    "phased:interval=2h,at=-3d": "phased:at=-3d,interval=2h",
    "update-available:version=+minor": "update-available:version=+minor",
    "malformed-feed:times=2,how=bad-entity": "malformed-feed:how=bad-entity,times=2",
}


@pytest.mark.parametrize(("text", "canonical"), CANONICAL.items(), ids=CANONICAL)
def test_what_is_chosen_has_one_text_that_chooses_it_again(text: str, canonical: str) -> None:
    chosen = choose(text, SCENARIOS)

    assert str(chosen) == canonical
    assert choose(str(chosen), SCENARIOS) == chosen
    assert choose(parse_specs(chosen.spec.url)[0], SCENARIOS) == chosen


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("normal", ()),
        ("empty-feed", ("malformed-feed:how=empty",)),
        ("malformed-feed:how=bad-entity,times=2", ("malformed-feed:how=bad-entity,times=2",)),
        ("missing-notes:times=1", ("status:code=404,target=notes,times=1",)),
    ],
)
def test_a_scenario_made_of_a_fault_takes_the_parameters_of_that(text: str, faults: tuple[str, ...]) -> None:
    assert tuple(map(str, choose(text, SCENARIOS).faults)) == faults


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("nrmal", "nrmal: there is no such scenario, did you mean normal?"),
        ("normal:version=1", "there is no parameter version, it takes none"),
        ("phased:att=now", "there is no parameter att, did you mean at?"),
        ("phased:at=yesterday", "yesterday is no date, write one such as"),
        ("phased:at=-", "is no interval, write seconds"),
        ("phased:interval=-1d", "is no interval"),
        ("phased:interval=999d", "up to 366d"),
        ("min-os:version=Tahoe", "'Tahoe' is no system's version"),
        ("informational:link=file%3A///etc/passwd", "is no link"),
        ("critical:below=%3Cb%3E", "is no version"),
        ("same-version:host=..", "is no version"),
        ("empty-feed:how=cut", "with empty-feed the how is always empty, so leave it out"),
        ("malformed-feed:how=badly", "write one of cut, undeclared-prefix"),
        ("missing-notes:target=feed", "with missing-notes the target is always notes"),
    ],
)
def test_what_cannot_be_chosen_is_refused_with_the_remedy(text: str, problem: str) -> None:
    with pytest.raises(UsageError) as caught:
        choose(text, SCENARIOS)

    assert problem in str(caught.value)


def test_what_is_chosen_is_a_value() -> None:
    assert len({choose(Spec("phased"), SCENARIOS), choose("phased", SCENARIOS)}) == 1
