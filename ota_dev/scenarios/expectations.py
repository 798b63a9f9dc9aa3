"""What a correct client is expected to do, as a value that somebody else holds against what it did. Pure.

It is written as scenarios and faults are: `must-refuse`, `must-retry-within:time=2m`.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from ota_dev.scenarios.parameters import parameter, read_parameters
from ota_dev.scenarios.syntax import Spec, parse_spec, unknown_name
from ota_dev.scenarios.values import DURATION

__all__ = ["Expectation", "Expected"]


class Expected(StrEnum):
    """What is expected of the client."""

    MUST_NOT_DOWNLOAD = "must-not-download"
    MUST_DOWNLOAD_COMPLETELY = "must-download-completely"
    MUST_REFUSE = "must-refuse"  # it must not ask for what comes after what it was given
    MUST_RETRY_WITHIN = "must-retry-within"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Retry:
    time: timedelta = parameter(DURATION, "60s", "how soon it must ask again")


@dataclass(frozen=True, kw_only=True, slots=True)
class Expectation:
    """What is expected, and how soon where that matters."""

    of_client: Expected
    within: timedelta | None = None  # of `MUST_RETRY_WITHIN` only

    @classmethod
    def parse(cls, text: str) -> "Expectation":
        """Read what `str` gives, or anything that means the same.

        Raises:
            UsageError: nothing of the kind can be expected.
        """
        spec = parse_spec(text)
        expected = _EXPECTED.get(spec.name)
        if expected is None:
            raise unknown_name("expectation", spec.name, _EXPECTED)
        if expected is Expected.MUST_RETRY_WITHIN:
            return cls(of_client=expected, within=read_parameters(_Retry, spec).time)
        read_parameters(_Nothing, spec)
        return cls(of_client=expected)

    def __str__(self) -> str:
        if self.within is None:
            return self.of_client.value
        seconds, rest = divmod(self.within, timedelta(seconds=1))
        time = f"{self.within // timedelta(milliseconds=1)}ms" if rest else f"{seconds}s"
        return str(Spec(self.of_client.value, {"time": time}))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Nothing:
    """Takes no parameter."""


_EXPECTED = {expected.value: expected for expected in Expected}
