"""What a correct client is expected to do, as a value that somebody else holds against what it did. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType

__all__ = ["EXPECTATIONS", "RETRY_TIME", "Expectation", "Expected"]

RETRY_TIME = timedelta(seconds=60)  # unless another is said


class Expected(StrEnum):
    """What is expected of the client."""

    MUST_NOT_DOWNLOAD = "must-not-download"
    MUST_DOWNLOAD_COMPLETELY = "must-download-completely"
    MUST_REFUSE = "must-refuse"
    MUST_RETRY_WITHIN = "must-retry-within"


EXPECTATIONS: Mapping[Expected, str] = MappingProxyType(
    {
        Expected.MUST_NOT_DOWNLOAD: "asks for the feed, and then for no installer",
        Expected.MUST_DOWNLOAD_COMPLETELY: "fetches every byte of an installer, in one request or several",
        Expected.MUST_REFUSE: "goes no further: downloads nothing from a broken feed, installs no bent download",
        Expected.MUST_RETRY_WITHIN: "asks again for what failed, in time",
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Expectation:
    """What is expected, and how soon where that matters; as a text it is what is read as the same again."""

    of_client: Expected
    within: timedelta = RETRY_TIME  # of `MUST_RETRY_WITHIN` only

    def __str__(self) -> str:
        if self.of_client is not Expected.MUST_RETRY_WITHIN:
            return self.of_client.value
        seconds, rest = divmod(self.within, timedelta(seconds=1))
        time = f"{self.within // timedelta(milliseconds=1)}ms" if rest else f"{seconds}s"
        return f"{self.of_client.value}:time={time}"
