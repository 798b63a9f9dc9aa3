"""What `serve` says at the start, as lines of text. Pure: nothing is printed here.

Every name that comes from a file is escaped before it is shown.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ota_dev import __version__
from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Architecture
from ota_dev.cli.console import printable
from ota_dev.cli.wording import alternates, installers, listed, newest_version
from ota_dev.feeds.interface import Feed
from ota_dev.publishing import STATIC_FEED, Publication
from ota_dev.server.control import sign_in_url

if TYPE_CHECKING:
    from ota_dev.publishing.key_in_force import KeyInForce

__all__ = ["address_lines", "banner", "labelled", "offer_lines"]

KEYS = "h=help o=open u=urls r=rescan s=scenarios n=normal c=clear q=quit, then Enter"
MOST_DETAILS = 3  # so that all that is said at the start stays under 12 lines


def banner(
    url: str,
    token: str,
    key: "KeyInForce | None" = None,
    *,
    demo_folder: str | None = None,
    has_keys: bool = False,
) -> Iterator[str]:
    """Say what this is, where the feed is and how to point an app here."""
    yield f"ota-dev {__version__}, a mock update server: for development and testing, not for production"
    if demo_folder:
        yield labelled("demo", f"this is a sample app, Acme Notes, made up in {demo_folder}")
        yield labelled("try", f'curl -A "Acme Notes/1.2.0 Sparkle/2.9.0" {url}/appcast.xml')
    yield from address_lines(url, token)
    if key is None:
        yield labelled("unsigned", "there are no signatures: an app that holds a public key refuses these updates")
    else:
        whose = "your TEST key" if key.is_test else "the key you gave"
        yield labelled("signed", f"with {whose}, for apps that hold its public key {key.public_key}")
    if has_keys:
        yield labelled("keys", KEYS)


def address_lines(url: str, token: str) -> Iterator[str]:
    """Say where the feed and the dashboard are, and how to point each kind of client here."""
    feed = f"{url}/appcast.xml"
    yield labelled("feed", feed)
    yield labelled("Sparkle", f"defaults write BUNDLE-ID SUFeedURL {feed}")
    yield labelled("", "and when you are done: defaults delete BUNDLE-ID SUFeedURL")
    yield labelled("others", "give that address to win_sparkle_set_appcast_url, SparkleUpdater or your own client")
    yield labelled("dashboard", sign_in_url(url, token))


def offer_lines(publication: Publication, feed: Feed, url: str, folder: str, *, verbose: bool) -> Iterator[str]:
    """Say what is on offer, and what is not and why."""
    yield labelled("serving", _serving(publication, feed, folder))
    if publication.static_feed and not publication.static_feed.problem:
        how = "with its URLs pointed here" if publication.static_feed.downloads else "byte for byte"
        yield labelled("static", f"/{STATIC_FEED} is {folder}/{STATIC_FEED}, {how}")
    details = [*_details(publication, feed, url), *(_everything_known(publication) if verbose else ())]
    shown = details if verbose or len(details) <= MOST_DETAILS else details[: MOST_DETAILS - 1]
    yield from (labelled(label, sentence) for label, sentence in shown)
    if len(shown) < len(details):
        yield labelled("more", f"{len(details) - len(shown)} more lines like these: -v shows them")


def labelled(label: str, sentence: str) -> str:
    """Give a line with a label in a column of its own."""
    return f"  {label:<10}{printable(sentence)}"


def _serving(publication: Publication, feed: Feed, folder: str) -> str:
    if count := len(list(publication.catalog)):
        offers = listed([_offer(app, feed) for app in publication.catalog.apps], "; ")
        return f"{installers(count)} in {folder}: {offers}"
    if publication.skipped:
        return f"nothing yet: every installer in {folder} was skipped"
    return f"nothing yet: put an installer into {folder}, and it is on offer at once"


def _offer(app: App, feed: Feed) -> str:
    offered = feed.offered(app)
    platforms = {artifact.platform.value for artifact in offered if artifact.short_version == offered[0].short_version}
    target = f" for {', '.join(sorted(platforms))}" if platforms else ""
    return f"{app.name} {newest_version(app, feed)}{target}"


def _details(publication: Publication, feed: Feed, url: str) -> Iterator[tuple[str, str]]:
    apps = publication.catalog.apps
    if len(apps) > 1:
        yield "feeds", listed([f"{url}/apps/{app.key}/{feed.format.file_name}" for app in apps])
    yield from (("skipped", f"{entry.name}: {entry.reason}") for entry in publication.skipped)
    yield from (("notice", notice) for notice in publication.notices)
    yield from (("alternate", sentence) for app in apps for sentence in alternates(app, feed))


def _everything_known(publication: Publication) -> Iterator[tuple[str, str]]:
    yield from (("offered", _with_source(artifact)) for artifact in publication.catalog)
    if publication.other_files:
        yield "ignored", f"{publication.other_files} files that are no installers"


def _with_source(artifact: Artifact) -> str:
    sources = artifact.facts.sources
    source = sources.get("short_version") or sources.get("version")
    is_known = artifact.architecture is not Architecture.UNKNOWN
    target = f"{artifact.platform.value} {artifact.architecture.value}" if is_known else artifact.platform.value
    return f"{artifact.download_name}: {artifact.short_version} for {target}, the version is from its {source}"
