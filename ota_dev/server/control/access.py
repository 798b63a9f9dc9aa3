"""Who may use the control API: whoever has the token, by the printed address, a cookie or a header; no other web page.

The token comes with the address that is printed at the start; opening that sets a cookie and leads to the same address
without the token. Cookies do not tell ports apart, so the port is part of its name. Pure.
"""

import hmac
from dataclasses import dataclass
from urllib.parse import urlencode

from ota_dev.server.control.interface import refused
from ota_dev.server.messages import Request, Response

__all__ = ["Access", "sign_in_url"]

_PARAMETER = "token"
_METHODS = ("GET", "POST")
_OWN_PAGES = ("same-origin", "none")  # the second is for what the user typed or opened


def sign_in_url(url: str, token: str) -> str:
    """Give the address that lets a browser use the control API of the server at *url*."""
    return f"{url}/?{_PARAMETER}={token}"


@dataclass(frozen=True, slots=True)
class Access:
    """The token of one server."""

    token: str

    def refusal(self, request: Request) -> Response | None:
        """Give the answer to a request that may not use the control API, `None` for every other."""
        if request.is_downgraded:
            return refused(
                403, "The control API is answered by https alone: open the address that ota-dev serve printed."
            )
        if request.method not in _METHODS:
            sentence = f"The control API is for {' and '.join(_METHODS)}, not {request.method}."
            return refused(405, sentence, {"Allow": ", ".join(_METHODS)})
        if request.method == "POST" and _media_type(request) != "application/json":
            return refused(415, "What changes the server is JSON: send Content-Type: application/json.")
        if not _is_from_own_page(request):
            return refused(403, "No page of another origin may use the control API.")
        if not self.is_signed_in(request):
            sentence = "The control API needs the token of this server: open the address that ota-dev serve printed."
            return refused(401, sentence, {"WWW-Authenticate": 'Bearer realm="ota-dev"'})
        return None

    def sign_in(self, request: Request) -> Response | None:
        """Give the browser that opened the printed address its cookie; `None` for a request without a token."""
        given = request.query.get(_PARAMETER)
        if given is None:
            return None
        if not self._is_token(given):
            what = "This token is of another server, or of another run of this one"
            return Response.plain(401, f"{what}: open the address that ota-dev serve printed last.")
        kept = urlencode([(name, value) for name, value in request.query.items() if name != _PARAMETER])
        secure = "; Secure" if request.scheme == "https" else ""
        cookie = f"{_cookie_name(request)}={self.token}; Path=/; HttpOnly; SameSite=Strict{secure}"
        headers = {"Location": f"/?{kept}" if kept else "/", "Set-Cookie": cookie, "Referrer-Policy": "no-referrer"}
        return Response(status=303, headers=headers, is_journalled=False)

    def is_signed_in(self, request: Request) -> bool:
        """Say whether *request* has the token, in its cookie or as a script sends it."""
        scheme, _, credentials = (request.headers.get("authorization") or "").partition(" ")
        if scheme.lower() == "bearer":
            return self._is_token(credentials.strip())
        name = _cookie_name(request)
        pairs = (pair.strip().partition("=") for field in request.headers.all("cookie") for pair in field.split(";"))
        return any(key == name and self._is_token(value) for key, _, value in pairs)

    def _is_token(self, text: str) -> bool:
        return hmac.compare_digest(text.encode("utf-8", "replace"), self.token.encode("ascii"))


def _is_from_own_page(request: Request) -> bool:
    """Say whether no page of another origin sent this, as far as the browser says; scripts say nothing."""
    if request.headers.get("sec-fetch-site") not in (None, *_OWN_PAGES):
        return False
    return request.headers.get("origin") in (None, request.origin)


def _cookie_name(request: Request) -> str:
    return f"ota-dev-{request.local_port}"


def _media_type(request: Request) -> str:
    return (request.headers.get("content-type") or "").partition(";")[0].strip().lower()
