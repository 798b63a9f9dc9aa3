"""Which file electron-updater asks for. Pure.

Source: `getChannelFilePrefix` in `Provider.js`, `GenericProvider.js` and `newUrlFromBase` in `util.js` of
electron-updater 6.8.10. What the app is told is a folder; the file's name says the channel, the system and, on Linux,
the architecture.
"""

from urllib.parse import urlsplit

from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.simulated_client.profile import Profile

__all__ = ["PROCESS_ARCH", "address", "feed_name"]

# What `process.arch` of Node says.
PROCESS_ARCH = {
    Architecture.X86_64: "x64",
    Architecture.ARM64: "arm64",
    Architecture.X86: "ia32",
    Architecture.ARM: "arm",
}
_ENDINGS = (".yml", ".yaml", ".json")
_DIGITS = "0123456789abcdefghijklmnopqrstuv"


def address(source: str, profile: Profile) -> str:
    """Give the URL that the client asks for; *source* is the folder that an app is told, or the file in it."""
    parts = urlsplit(source)
    path = parts.path
    if not path.lower().endswith(_ENDINGS):
        path = f"{path}{'' if path.endswith('/') else '/'}{feed_name(profile)}"
    query = parts.query or f"noCache={_in_base_32(int(profile.now.timestamp() * 1000))}"
    return parts._replace(path=path, query=query, fragment="").geturl()


def feed_name(profile: Profile) -> str:
    """Name the file of the app's channel and system."""
    channel = next(iter(sorted(profile.channels)), "latest")
    match profile.system.platform:
        case Platform.MACOS:
            suffix = "-mac"
        case Platform.LINUX:
            arch = PROCESS_ARCH.get(profile.architecture, "x64")
            suffix = "-linux" if arch == "x64" else f"-linux-{arch}"
        case _:
            suffix = ""
    return f"{channel}{suffix}.yml"


def _in_base_32(number: int) -> str:
    digits = ""
    while number > 0:
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits or "0"
