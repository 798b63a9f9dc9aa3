"""What electron-updater decides about a feed. Pure.

Source: `AppUpdater.js`, `Provider.js` and, for digests, `configurePipes` in `httpExecutor.js` of electron-updater
6.8.10.
"""

from base64 import b64decode
from urllib.parse import urlsplit

from ota_dev.errors import MalformedFeedError
from ota_dev.simulated_client.decisions import Decision, Digest, Offer
from ota_dev.simulated_client.electron_updater.files import chosen_file
from ota_dev.simulated_client.electron_updater.rules import RULES
from ota_dev.simulated_client.electron_updater.seen_release import SeenFile, SeenRelease, see_release
from ota_dev.simulated_client.one_release import decide_about, unusable
from ota_dev.simulated_client.profile import Profile
from ota_dev.simulated_client.received import ReceivedFeed
from ota_dev.simulated_client.rules import bounded
from ota_dev.simulated_client.semantic_versions import read_as_npm

__all__ = ["decide"]

_HEX_SHA512 = 128  # characters


def decide(feed: ReceivedFeed, profile: Profile) -> Decision:
    """Decide about a feed as electron-updater does."""
    if read_as_npm(profile.installed) is None:
        return unusable("installed-version", "the app's own version is no semantic version: it throws when it starts")
    try:
        seen = see_release(feed)
    except MalformedFeedError as error:
        return unusable("yaml", f"{error} (ERR_UPDATER_INVALID_UPDATE_INFO)")
    if not feed.content.strip():
        return unusable("yaml", f"{feed.name} is empty (ERR_UPDATER_INVALID_UPDATE_INFO)")
    return decide_about(seen, RULES, profile, lambda seen: _offer(seen, feed, profile))


def _offer(seen: SeenRelease, feed: ReceivedFeed, profile: Profile) -> Offer:
    file = chosen_file(seen.files, profile) or seen.files[0]
    return Offer(
        version=bounded(seen.version).removeprefix("v"),
        short_version=bounded(seen.version),
        url=_url(file.url, feed),
        length=file.size,
        signature="",
        digest=_digest(file),
        version_is_short=True,
    )


def _url(address: str, feed: ReceivedFeed) -> str:
    """Resolve a file's address; a query of the folder's own address takes the place of the file's."""
    absolute = feed.absolute(address)
    query = urlsplit(feed.url).query if feed.url else ""
    if not query or query.startswith("noCache="):
        return absolute
    try:
        return urlsplit(absolute)._replace(query=query).geturl()
    except ValueError:
        return absolute


def _digest(file: SeenFile) -> Digest:
    """Give the digest that is compared; what is no base64 fits no file."""
    if not file.sha512:
        return Digest(algorithm="sha256", value=file.sha2)
    if len(file.sha512) == _HEX_SHA512 and not set(file.sha512) & set("+Z="):
        return Digest(algorithm="sha512", value=file.sha512)
    try:
        return Digest(algorithm="sha512", value=b64decode(file.sha512, validate=True).hex())
    except ValueError:
        return Digest(algorithm="sha512", value=file.sha512)
