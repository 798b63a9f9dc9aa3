"""Faults that put another answer in the place of the right one. Values that only describe."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from ota_dev.catalog.resources import Resource
from ota_dev.scenarios.faults.description import EVERY_TARGET, Description
from ota_dev.scenarios.parameters import parameter
from ota_dev.scenarios.values import DURATION, ORIGIN, YES_NO, Kind, integer

__all__ = ["AnswerFault", "HtmlInstead", "NoRange", "Redirect", "Status"]

_REDIRECTIONS = (301, 302, 303, 307, 308)


def _read_redirection(text: str) -> int:
    if text not in map(str, _REDIRECTIONS):
        raise ValueError(f"write one of {', '.join(map(str, _REDIRECTIONS))}")
    return int(text)


@dataclass(frozen=True, kw_only=True, slots=True)
class Status:
    """An error in the place of the answer."""

    about: ClassVar = Description(
        name="status",
        does="The answer is an HTTP error.",
        client_must="Report that the check failed and not that it is up to date, ask again no sooner than "
        "`Retry-After` says, and save no error as an installer.",
        concerns="Hand-written clients that parse or save the body whatever the status.",
        targets=EVERY_TARGET,
        breaks_answer=True,
    )
    code: int = parameter(integer(400, 599), "503", "the status")
    retry_after: timedelta | None = parameter(DURATION, None, "what `Retry-After` says, in whole seconds; else nothing")


@dataclass(frozen=True, kw_only=True, slots=True)
class Redirect:
    """A chain of redirections before the answer."""

    about: ClassVar = Description(
        name="redirect",
        does="The answer is a redirection, several one after another, or one that never ends.",
        client_must="Follow a short chain, give up on a loop, and refuse to go from https to http.",
        concerns="Clients that name the download after its final address, that follow without end, or that follow "
        "to http: NetSparkle refuses that, hand-written clients often do not.",
        targets=EVERY_TARGET,
    )
    code: int = parameter(Kind("301 | 302 | 303 | 307 | 308", _read_redirection), "302", "the status")
    hops: int = parameter(integer(1, 100), "1", "how many redirections come before the answer")
    loop: bool = parameter(YES_NO, "false", "whether they lead in a circle")
    to: str | None = parameter(ORIGIN, None, "where they lead; else to the same server")
    downgrade: bool = parameter(
        YES_NO, "false", "whether they lead from https to http, where the same is answered; needs --tls-cert"
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class HtmlInstead:
    """A web page in the place of the answer, as a captive portal gives it."""

    about: ClassVar = Description(
        name="html-instead",
        does="The answer is a web page with status 200, as from the sign-in page of a hotel.",
        client_must="Notice that it is no feed and no installer, and report that the check failed.",
        concerns="Clients that save whatever comes with status 200, or read a page without items as no update.",
        targets=EVERY_TARGET,
        breaks_answer=True,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class NoRange:
    """A server that knows no ranges."""

    about: ClassVar = Description(
        name="no-range",
        does="Ranges are ignored: the answer to a request for a part is the whole file, with status 200.",
        client_must="Begin the file anew instead of appending the whole to what it has.",
        concerns="Clients that resume or update by differences, such as electron-updater.",
        targets=frozenset({Resource.DOWNLOAD}),
    )


AnswerFault = Status | Redirect | HtmlInstead | NoRange
