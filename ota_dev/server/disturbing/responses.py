"""A response disturbed by the faults that strike its request. Pure, but for closing a body that is replaced.

1. First another answer may take the place of the right one; of several the one that was named first.
2. Then its bytes are bent, and last how they travel, so that bytes and per cent are those of what is really sent.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import assert_never

from ota_dev.scenarios.faults import Struck
from ota_dev.scenarios.faults.answers import AnswerFault
from ota_dev.scenarios.faults.content import ContentFault, Corrupt, MalformedFeed, malformed
from ota_dev.scenarios.faults.network import NetworkFault
from ota_dev.server.disturbing.answers import other_answer
from ota_dev.server.disturbing.deliveries import delivery_of
from ota_dev.server.messages import FileBody, Request, Response

__all__ = ["FAULT_HEADER", "ChangeFeed", "disturb"]

# Changes a feed, which must be as validly signed afterwards as it was.
ChangeFeed = Callable[[bytes, Callable[[bytes], bytes]], bytes]

FAULT_HEADER = "X-Ota-Dev-Fault"
_VALIDATORS = ("ETag", "Last-Modified")


def disturb(
    response: Response, request: Request, struck: Sequence[Struck], change_feed: ChangeFeed | None = None
) -> Response:
    """Give the answer that *request* gets under the faults that strike it, in a header of which it names them.

    *response* is the answer to a GET, before its body is left out for a HEAD. *change_feed* changes a feed that may be
    signed.
    """
    for each in reversed(struck):
        if isinstance(each.fault, AnswerFault):
            response = other_answer(response, request, each.fault, each.spec)
    for each in struck:
        if isinstance(each.fault, ContentFault):
            response = _with_bent_content(response, each.fault, each.seed, change_feed)
    length = response.length
    for each in struck:
        if isinstance(each.fault, NetworkFault):
            delivery = response.delivery.with_(delivery_of(each.fault, length, each.chance))
            response = replace(response, delivery=delivery)
    return _with_headers(response, {FAULT_HEADER: ", ".join(each.spec.url for each in struck)}) if struck else response


def _with_bent_content(response: Response, fault: ContentFault, seed: int, change_feed: ChangeFeed | None) -> Response:
    if response.status not in (200, 206):
        return response
    body = response.body
    match fault:
        case Corrupt():
            return _corrupted(response, fault, seed)
        case MalformedFeed():
            if not isinstance(body, bytes):
                return response
            break_it = partial(malformed, how=fault.how)
            return _with_content(response, change_feed(body, break_it) if change_feed else break_it(body))
        case _:
            assert_never(fault)


def _corrupted(response: Response, fault: Corrupt, seed: int) -> Response:
    body = response.body
    if isinstance(body, bytes):
        return _with_content(response, _inverted(body, fault.positions(len(body), seed)))
    if not isinstance(body, FileBody):
        return response
    # Over the whole file, so that whoever resumes with a range gets one and the same broken file.
    flipped = {*body.flipped, *fault.positions(body.identity.size, seed)}
    return replace(response, body=replace(body, flipped=tuple(sorted(flipped))))


def _inverted(content: bytes, positions: Sequence[int]) -> bytes:
    bent = bytearray(content)
    for position in positions:
        bent[position] ^= 0xFF
    return bytes(bent)


def _with_content(response: Response, content: bytes) -> Response:
    """Replace a body that is in memory; a client that keeps it must not be told later that it has the right one."""
    kept = {name: value for name, value in response.headers.items() if name not in _VALIDATORS}
    return replace(response, body=content, headers=kept)


def _with_headers(response: Response, headers: Mapping[str, str]) -> Response:
    return replace(response, headers={**response.headers, **headers})
