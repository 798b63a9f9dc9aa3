"""What faults need to know of a request, and what they change about it before it is answered. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from ota_dev.catalog.resources import Resource
from ota_dev.journal import recognise
from ota_dev.scenarios.faults import Asked, PromiseFault, Struck
from ota_dev.scenarios.faults.answers import NoRange, Redirect
from ota_dev.scenarios.faults.content import ContentFault, MalformedFeed
from ota_dev.server.messages import Request

__all__ = ["asked_by", "bend_request", "breaks_answer", "breaks_feed", "promises_of"]

_RANGES = ("range", "if-range")
_CONDITIONS = ("if-none-match", "if-modified-since")  # whose answer may be a 304


def asked_by(request: Request, resource: Resource) -> Asked:
    """Give what rules look at of a *request* that is for a *resource*."""
    user_agent = request.headers.get("user-agent") or ""
    family = recognise(user_agent).family
    return Asked(resource=resource, path=request.path, client=(family, user_agent, request.peer))


def bend_request(request: Request, struck: Iterable[Struck]) -> Request:
    """Take out of a request what would keep a fault from showing, such as what is answered without a body."""
    for fault in (each.fault for each in struck):
        if isinstance(fault, NoRange):
            request = replace(request, headers=request.headers.without(_RANGES))
        elif isinstance(fault, ContentFault):
            request = replace(request, headers=request.headers.without(_CONDITIONS))
    return request


def breaks_answer(each: Struck) -> bool:
    """Say whether a correct client goes no further with what a fault struck, since it sees that it is no good."""
    fault = each.fault
    return fault.loop or fault.downgrade if isinstance(fault, Redirect) else fault.about.breaks_answer


def breaks_feed(each: Struck) -> bool:
    """Say whether a fault changes what a feed says, and not, as `corrupt` does, what became of it on its way."""
    return isinstance(each.fault, MalformedFeed)


def promises_of(struck: Iterable[Struck]) -> tuple[PromiseFault, ...]:
    """Give the faults that bend the catalog; as a part of a key they tell its feeds from the true ones."""
    return tuple(each.fault for each in struck if isinstance(each.fault, PromiseFault))
