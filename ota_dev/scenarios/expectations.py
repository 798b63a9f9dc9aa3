"""How an expectation is written: as scenarios and faults are. Pure.

`must-refuse`, `must-retry-within:time=2m`
"""

from dataclasses import dataclass
from datetime import timedelta

from ota_dev.catalog.expectations import EXPECTATIONS, RETRY_TIME, Expectation, Expected
from ota_dev.scenarios.parameters import parameter, read_parameters
from ota_dev.scenarios.syntax import parse_spec, unknown_name
from ota_dev.scenarios.values import DURATION

__all__ = ["parse_expectation"]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Retry:
    time: timedelta = parameter(DURATION, f"{RETRY_TIME.seconds}s", "how soon it must ask again")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Nothing:
    """Takes no parameter."""


def parse_expectation(text: str) -> Expectation:
    """Read what `str` gives of an expectation, or anything that means the same.

    Raises:
        UsageError: nothing of the kind can be expected.
    """
    spec = parse_spec("-".join(text.split()))  # `must refuse` is as good
    if spec.name not in EXPECTATIONS:
        raise unknown_name("expectation", spec.name, [expected.value for expected in EXPECTATIONS])
    expected = Expected(spec.name)
    if expected is Expected.MUST_RETRY_WITHIN:
        return Expectation(of_client=expected, within=read_parameters(_Retry, spec).time)
    read_parameters(_Nothing, spec)
    return Expectation(of_client=expected)
