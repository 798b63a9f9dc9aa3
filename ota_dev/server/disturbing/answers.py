"""Other answers in the place of the right one: errors, redirections, web pages. Closes the body it replaces."""

import math
import re
from dataclasses import replace
from typing import assert_never
from urllib.parse import quote

from ota_dev.catalog.resources import SIGNATURE_SUFFIX
from ota_dev.scenarios.faults.answers import AnswerFault, HtmlInstead, NoRange, Redirect, Status
from ota_dev.scenarios.syntax import Spec
from ota_dev.server.messages import Request, Response

__all__ = ["other_answer"]

# How far a chain of redirections got stands at the end of the address, or of what is signed at this address.
_HOP = re.compile(r"[?&]ota-hop=([0-9]{1,3})$")
_ASCII = "".join(map(chr, range(0x21, 0x7F)))

# As such pages really are: HTML that is not XML, so that no parser of feeds takes it for one without items.
_SIGN_IN_PAGE = b"""<!DOCTYPE html>
<html lang=en>
<meta charset=utf-8>
<title>Sign in to the network</title>
<h1>Welcome to the hotel's network</h1>
<p>Sign in to use it.<br>This page is a fault that ota-dev was asked for.
<form><input name=room placeholder=Room> <button disabled>Sign in</button></form>
"""


def other_answer(response: Response, request: Request, fault: AnswerFault, spec: Spec) -> Response:
    """Give the answer to *request* under *fault*, which may be *response* itself; *spec* is how to call the fault."""
    match fault:
        case Status():
            return _instead(response, _status(fault, spec))
        case Redirect():
            location = _next_location(fault, request)
            if location is None:
                return response
            sentence = f"This redirection is a fault that ota-dev was asked for: {spec}."
            return _instead(response, Response.plain(fault.code, sentence, {"Location": location}))
        case HtmlInstead():
            headers = {"Content-Type": "text/html; charset=utf-8"}
            return _instead(response, Response(status=200, headers=headers, body=_SIGN_IN_PAGE))
        case NoRange():
            kept = {name: value for name, value in response.headers.items() if name != "Accept-Ranges"}
            return replace(response, headers=kept)
        case _:
            assert_never(fault)


def _instead(response: Response, other: Response) -> Response:
    """Give *other*, which is still about the same, but no part of it."""
    response.close()
    subject = replace(response.subject, first=0, total=None) if response.subject else None
    return replace(other, subject=subject, delivery=response.delivery)


def _status(fault: Status, spec: Spec) -> Response:
    headers = {}
    if fault.retry_after is not None:
        headers["Retry-After"] = str(math.ceil(fault.retry_after.total_seconds()))
    return Response.plain(fault.code, f"This error is a fault that ota-dev was asked for: {spec}.", headers)


def _next_location(fault: Redirect, request: Request) -> str | None:
    """Give the absolute address that comes after that of *request*, `None` where the chain is at its end."""
    address = request.address
    suffix = SIGNATURE_SUFFIX if address.endswith(SIGNATURE_SUFFIX) else ""
    address = address.removesuffix(suffix)
    match = _HOP.search(address)
    hop = int(match[1]) if match else 0
    if hop >= fault.hops and not fault.loop:
        return None
    following = (hop + 1) % 2 if fault.loop else hop + 1
    address = quote(_HOP.sub("", address), safe=_ASCII, errors="surrogateescape")
    return f"{_origin(fault, request)}{address}{'&' if '?' in address else '?'}ota-hop={following}{suffix}"


def _origin(fault: Redirect, request: Request) -> str:
    if fault.to is not None:
        return fault.to
    return request.downgraded_origin if fault.downgrade else request.origin
