"""Faults of the way between server and client: late, slow, cut off, or nobody there. Values that only describe.

The rates and delays of the presets are those that Chrome's developer tools use under the same names.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from ota_dev.catalog.resources import Resource
from ota_dev.scenarios.faults.description import EVERY_TARGET, Description
from ota_dev.scenarios.parameters import parameter
from ota_dev.scenarios.values import AMOUNT, DURATION, RATE, Amount

__all__ = [
    "Bandwidth",
    "Down",
    "EmptyResponse",
    "Fast4G",
    "Latency",
    "NetworkFault",
    "Reset",
    "Slow3G",
    "Slow4G",
    "Stall",
    "Truncate",
]

_DOWNLOADS = frozenset({Resource.DOWNLOAD})
_IS_PATIENT = "Stay usable, show that it is working, and finish: slow is not broken."


@dataclass(frozen=True, kw_only=True, slots=True)
class Latency:
    """The answer begins late."""

    about: ClassVar = Description(
        name="latency",
        does="Every answer begins late.",
        client_must="Stay usable while it waits, and give up only after a time-out of its own.",
        concerns="Clients that ask in the user interface's thread freeze; Sparkle waits 30 s for a feed.",
        targets=EVERY_TARGET,
    )
    delay: timedelta = parameter(DURATION, "2s", "how long nothing comes")
    jitter: timedelta = parameter(DURATION, "0s", "how much more or less, at random")

    def of(self, chance: float) -> timedelta:
        """Give the delay of one answer, whose *chance* is from 0 to 1."""
        return max(self.delay + (2 * chance - 1) * self.jitter, timedelta())


@dataclass(frozen=True, kw_only=True, slots=True)
class Bandwidth:
    """The answer comes slowly."""

    about: ClassVar = Description(
        name="bandwidth",
        does="Answers come at a limited rate.",
        client_must=_IS_PATIENT,
        concerns="Clients with a time-out for the whole download, or that give up below a rate of their own.",
        targets=EVERY_TARGET,
    )
    rate: int = parameter(RATE, "50kB", "how much of a body comes in a second")


@dataclass(frozen=True, kw_only=True, slots=True)
class Slow3G:
    """A bad mobile connection."""

    about: ClassVar = Description(
        name="slow-3g",
        does="Answers begin after 2 s and come at 50 kB/s, as over a bad mobile connection.",
        client_must=_IS_PATIENT,
        concerns="Clients with a time-out for the whole download, or that give up below a rate of their own.",
        targets=EVERY_TARGET,
    )
    delay: ClassVar = timedelta(seconds=2)
    rate: ClassVar = 50_000  # bytes a second


@dataclass(frozen=True, kw_only=True, slots=True)
class Slow4G:
    """A mediocre mobile connection."""

    about: ClassVar = Description(
        name="slow-4g",
        does="Answers begin after 562.5 ms and come at 180 kB/s, as over a mediocre mobile connection.",
        client_must=_IS_PATIENT,
        concerns="Clients with a time-out for the whole download.",
        targets=EVERY_TARGET,
    )
    delay: ClassVar = timedelta(milliseconds=562.5)
    rate: ClassVar = 180_000  # bytes a second


@dataclass(frozen=True, kw_only=True, slots=True)
class Fast4G:
    """A good mobile connection."""

    about: ClassVar = Description(
        name="fast-4g",
        does="Answers begin after 165 ms and come at 1,012.5 kB/s, as over a good mobile connection.",
        client_must="Show progress that moves evenly to its end.",
        concerns="Every client that shows progress; on loopback a download is over before one sees any.",
        targets=EVERY_TARGET,
    )
    delay: ClassVar = timedelta(milliseconds=165)
    rate: ClassVar = 1_012_500  # bytes a second


@dataclass(frozen=True, kw_only=True, slots=True)
class Stall:
    """The answer stops in the middle, while the connection stays open."""

    about: ClassVar = Description(
        name="stall",
        does="Nothing more comes from the middle of the download on, while the connection stays open.",
        client_must="Notice the silence, let people cancel, and try again or go on when bytes come again.",
        concerns="Clients without a time-out for silence wait for ever.",
        targets=_DOWNLOADS,
    )
    after: Amount = parameter(AMOUNT, "50%", "the part of the body before it")
    lasting: timedelta | None = parameter(DURATION, None, "how long; else until it is released", name="for")


@dataclass(frozen=True, kw_only=True, slots=True)
class Truncate:
    """The connection is closed in order, before all of the body came."""

    about: ClassVar = Description(
        name="truncate",
        does="The connection is closed before all of the body came; Content-Length still says how much it should be.",
        client_must="Notice that bytes are missing, and install nothing; resume or begin again.",
        concerns="Clients that take the end of the connection for the end of the file: "
        "WinSparkle without a key accepts what came.",
        targets=_DOWNLOADS,
        breaks_answer=True,
    )
    after: Amount = parameter(AMOUNT, "50%", "the part of the body that comes; of a range, of that range")


@dataclass(frozen=True, kw_only=True, slots=True)
class Reset:
    """The connection breaks with an error, before all of the body came."""

    about: ClassVar = Description(
        name="reset",
        does="The connection breaks (TCP reset) before all of the body came.",
        client_must="Say that the connection broke, install nothing, and resume or begin again.",
        concerns="Clients that resume, and those that show the error of their HTTP library as it is.",
        targets=_DOWNLOADS,
        breaks_answer=True,
    )
    after: Amount = parameter(AMOUNT, "50%", "the part of the body that is sent")


@dataclass(frozen=True, kw_only=True, slots=True)
class EmptyResponse:
    """The connection is closed without an answer."""

    about: ClassVar = Description(
        name="empty-response",
        does="The connection is closed in order without one byte of an answer.",
        client_must="Report that the check failed; it is not the same as being up to date.",
        concerns="Hand-written clients that take every error for no update.",
        targets=EVERY_TARGET,
        breaks_answer=True,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Down:
    """Nobody answers."""

    about: ClassVar = Description(
        name="down",
        does="Every connection is reset as soon as it asks for something, as if the server were down.",
        client_must="Keep working without the update, report the failure where people asked, and check again later.",
        concerns="Every client: none may hold up the start of its app, and none may report that it is up to date.",
        targets=EVERY_TARGET,
        breaks_answer=True,
    )


NetworkFault = Latency | Bandwidth | Slow3G | Slow4G | Fast4G | Stall | Truncate | Reset | EmptyResponse | Down
