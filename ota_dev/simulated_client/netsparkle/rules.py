"""The rules by which NetSparkle refuses items. Pure.

Source: `AppCastHelper.cs`, `AppCastItem.cs` and `ChannelAppCastFilter.cs` of NetSparkle 3.0 (70493547). Without that
filter, which an app has to ask for, channels are ignored; so are systems' versions, phased rollouts and deltas,
always.
"""

from ota_dev.catalog.targets import Platform
from ota_dev.simulated_client.netsparkle.comparator import split_suffix
from ota_dev.simulated_client.netsparkle.seen_item import SeenItem
from ota_dev.simulated_client.profile import Profile, SecurityMode
from ota_dev.simulated_client.rules import Rule, quoted

__all__ = ["RULES", "needs_signatures", "verifies_downloads"]

_MARKS = {Platform.WINDOWS: ("win",), Platform.MACOS: ("mac", "osx"), Platform.LINUX: ("linux",)}


def needs_signatures(profile: Profile) -> bool:
    """Say whether the feed and every item need a signature (`Utilities.IsSignatureNeeded`)."""
    if profile.security_mode is SecurityMode.IF_POSSIBLE:
        return profile.trusted_key is not None
    return profile.security_mode is SecurityMode.STRICT


def verifies_downloads(profile: Profile) -> bool:
    """Say whether a signature is looked at after the download."""
    return profile.security_mode is not SecurityMode.UNSAFE


def _os_mark(item: SeenItem, profile: Profile) -> str:
    platform = profile.system.platform
    mark = item.os.strip().lower() or Platform.WINDOWS
    if any(part in mark for part in _MARKS[platform]):
        return ""
    if not item.os.strip():
        return f"has no sparkle:os, which NetSparkle takes for Windows, and this is {platform}"
    return f"is marked for {quoted(item.os)}, in which NetSparkle does not find {' or '.join(_MARKS[platform])}"


def _version(item: SeenItem, _: Profile) -> str:
    return "" if item.version.strip() else "has no sparkle:version, neither as an element nor in the first enclosure"


def _file(item: SeenItem, _: Profile) -> str:
    return "" if item.url.strip() else "has no url in its first enclosure"


def _signature(item: SeenItem, profile: Profile) -> str:
    if item.signature.strip() or not needs_signatures(profile):
        return ""
    return (
        "has no sparkle:signature, and the app needs one: its security mode is "
        f"{profile.security_mode}{' and it has a public key' if profile.trusted_key else ''}"
    )


def _channel(item: SeenItem, profile: Profile) -> str:
    suffix = split_suffix(item.version)[1]
    wanted = [channel.lower() for channel in profile.channels]
    if not wanted or (not suffix and not item.channel.strip()):
        return ""
    if any(channel in suffix.lower() or channel in item.channel.lower() for channel in wanted):
        return ""
    return f"is on the channel {quoted(item.channel.strip() or suffix)}, which the app's channel filter does not want"


RULES: tuple[Rule[SeenItem], ...] = (
    Rule("os-mark", _os_mark),
    Rule("channel", _channel),
    Rule("signature", _signature),
    Rule("version", _version),
    Rule("enclosure-url", _file),
)
