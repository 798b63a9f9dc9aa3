"""Asking a running server, and telling it what to do, through its control API. Opens one connection a request.

Time and size of every answer are bounded. A certificate on loopback is taken as it is: it is mostly one that the user
made, and nobody stands between.
"""

import http.client
import json
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from ota_dev.catalog.web_addresses import is_web_origin
from ota_dev.control_client.announcement import is_loopback_url
from ota_dev.errors import ControlError, NoServerError, RefusedTokenError, UsageError
from ota_dev.simulated_client.fetching import Limits, connection_within

__all__ = ["TOKEN_VARIABLE", "ControlClient", "InForce", "checked_server_url"]

TOKEN_VARIABLE = "OTA_DEV_TOKEN"  # noqa: S105 - the name of a variable

_ROOT = "/_ota/api/v1/"
_LIMITS = Limits(size=256 * 1024, seconds=10, silence=5)


@dataclass(frozen=True, kw_only=True, slots=True)
class InForce:
    """What is in force for everyone."""

    scenarios: tuple[str, ...]
    faults: tuple[str, ...]
    seed: int


class ControlClient:
    """Tell one server what to do."""

    def __init__(self, url: str, token: str) -> None:
        """Take the address of a server, without a path, and the token of its control API.

        Raises:
            UsageError: they cannot be those of a server.
        """
        self.url = checked_server_url(url)
        self._parts = urlsplit(self.url)
        if not (token and token.isascii() and token.isprintable()):
            raise UsageError(f"the token for {url} cannot be one: give it as ota-dev serve printed it")
        self._token = token

    def in_force(self) -> InForce:
        """Ask what is in force.

        Raises:
            ControlError: no server answers there, it refuses the token, or its answer cannot be read.
        """
        return self._in_force("GET", "scenario")

    def choose(self, *, scenarios: Sequence[str] = (), faults: Sequence[str] = (), seed: int | None = None) -> InForce:
        """Put *scenarios* and *faults* in force for everyone, in the place of all that is; none is back to normal.

        Raises:
            UsageError: the server cannot use one of them; what was in force is then still.
            ControlError: as for `in_force`.
        """
        before = self.in_force()
        self._in_force("POST", "scenario", {"scenarios": list(scenarios)})
        try:
            return self._in_force("POST", "faults", {"faults": list(faults), "seed": seed})
        except UsageError:
            self._in_force("POST", "scenario", {"scenarios": list(before.scenarios)})
            raise

    def _in_force(self, method: str, route: str, posted: Mapping[str, object] | None = None) -> InForce:
        match self._ask(method, route, posted):
            case {"scenarios": list(scenarios), "faults": list(faults), "seed": int(seed)}:
                named = (fault.get("fault") if isinstance(fault, dict) else None for fault in faults)
                return InForce(scenarios=tuple(map(str, scenarios)), faults=tuple(map(str, named)), seed=seed)
        raise self._no_server("something else answers")

    def _ask(self, method: str, route: str, posted: Mapping[str, object] | None) -> object:
        status, body = self._exchange(method, route, None if posted is None else json.dumps(posted).encode())
        try:
            answer: object = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise self._no_server("something else answers") from error
        if status == 401:
            raise RefusedTokenError(
                f"the server at {self.url} refuses the token: give the one it printed at its start as {TOKEN_VARIABLE}"
            )
        match answer:
            case {"error": str(sentence)} if status == 400:
                raise UsageError(sentence.removesuffix("."))
        if status != 200:
            raise self._no_server(f"the answer is {status}")
        return answer

    def _exchange(self, method: str, route: str, body: bytes | None) -> tuple[int, bytes]:
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        try:
            with connection_within(_LIMITS, self._parts, _tls(self.url)) as connection:
                connection.request(method, f"{_ROOT}{route}", body, headers)
                response = connection.getresponse()
                return response.status, response.read(_LIMITS.size)
        except TimeoutError as error:
            raise ControlError(
                f"the server at {self.url} does not answer: see whether it is busy or stopped"
            ) from error
        except (OSError, UnicodeError, http.client.HTTPException) as error:
            reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
            raise self._no_server(reason) from error

    def _no_server(self, reason: str) -> NoServerError:
        return NoServerError(f"no ota-dev serve is at {self.url} ({reason}): start one, or name another with --server")


def checked_server_url(text: str) -> str:
    """Give the address of a server without a final slash.

    Raises:
        UsageError: it is none, or has more than a scheme, a host and a port.
    """
    url = text.rstrip("/")
    if not is_web_origin(url):
        raise UsageError(f"{text} is not the address of a server: write it like http://127.0.0.1:8080")
    return url


def _tls(url: str) -> ssl.SSLContext | None:
    if not (url.startswith("https:") and is_loopback_url(url)):
        return None
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context
