"""Which file Velopack asks for, and what it says of itself. Pure.

Source: the client for Python of Velopack 1.2, observed. Without a channel of its own an app takes that of its system.
"""

from urllib.parse import urlencode, urlsplit

from ota_dev.catalog.targets import Platform
from ota_dev.simulated_client.etiquette import APP_NAME
from ota_dev.simulated_client.profile import Profile

__all__ = ["address"]

_CHANNELS = {Platform.WINDOWS: "win", Platform.MACOS: "osx", Platform.LINUX: "linux"}


def address(source: str, profile: Profile) -> str:
    """Give the URL that the client asks for; *source* is the folder that an app is told, or the file in it."""
    parts = urlsplit(source)
    path = parts.path
    if not path.lower().endswith(".json"):
        channel = next(iter(sorted(profile.channels)), _CHANNELS.get(profile.system.platform, "win"))
        path = f"{path.rstrip('/')}/releases.{channel}.json"
    own = {"localVersion": profile.installed, "id": APP_NAME}
    given = {pair.partition("=")[0] for pair in parts.query.split("&")}
    added = urlencode({name: value for name, value in own.items() if name not in given})
    return parts._replace(path=path, query="&".join(filter(None, (parts.query, added))), fragment="").geturl()
