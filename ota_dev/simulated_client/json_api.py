"""A JSON API, asked as a hand-written client asks it. Asks the server."""

from collections.abc import Callable
from io import BytesIO
from urllib.parse import urlencode, urlsplit

from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.errors import FetchingError
from ota_dev.simulated_client.decisions import Decision, Refusal
from ota_dev.simulated_client.etiquette import APP_NAME
from ota_dev.simulated_client.fetching import Answer, Limits, fetch, is_address
from ota_dev.simulated_client.interface import SimulatedClient
from ota_dev.simulated_client.profile import Profile

__all__ = ["ask_json_api", "is_json_api"]

_PATHS = ("/api/check", "/api/check-update")
_LIMITS = Limits(size=1024**2, seconds=10, silence=10)
_OK = 200
# What `platform.system()` and `platform.machine()` of Python say on each system.
_SYSTEMS = {Platform.MACOS: "darwin"}
_MACHINES = {
    (Platform.LINUX, Architecture.ARM64): "aarch64",
    (Platform.WINDOWS, Architecture.ARM64): "ARM64",
    (Platform.WINDOWS, Architecture.X86_64): "AMD64",
}


def is_json_api(source: str) -> bool:
    """Say whether a URL is that of a JSON API, by the end of its path."""
    try:
        return is_address(source) and urlsplit(source).path.endswith(_PATHS)
    except ValueError:
        return False


def ask_json_api(
    url: str, client: SimulatedClient, profile: Profile, decide_answer: Callable[[bytes, Profile], Decision]
) -> Decision:
    """Ask a JSON API whether there is an update, and decide; what goes wrong is no update, as for the client."""
    body = BytesIO()
    try:
        answer = fetch(_question(url, profile), client.etiquette.for_file(profile.installed), _LIMITS, body)
    except FetchingError as error:
        return _nothing(str(error))
    return decide_answer(body.getvalue(), profile) if answer.status == _OK else _nothing(_said(answer))


def _question(url: str, profile: Profile) -> str:
    """Add what the client says of itself; what the URL says already stays, such as the name of the app."""
    parts = urlsplit(url)
    system, architecture = profile.system.platform, profile.architecture
    own = {
        "app": APP_NAME,
        "version": profile.installed,
        "platform": _SYSTEMS.get(system, system.value),
        "arch": _MACHINES.get((system, architecture), architecture.value),
    }
    given = {pair.partition("=")[0] for pair in parts.query.split("&")}
    added = urlencode({name: value for name, value in own.items() if name not in given})
    return parts._replace(query="&".join(filter(None, (parts.query, added))), fragment="").geturl()


def _said(answer: Answer) -> str:
    return f"{answer.url} answers {answer.status} {answer.reason}"


def _nothing(why: str) -> Decision:
    reason = f"{why}, which this client reads as no update, without an error"
    return Decision(offered=None, items=(), problem=Refusal(rule="answer", reason=reason))
