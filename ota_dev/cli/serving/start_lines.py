"""What `serve` says at the start, as lines of text in the user's language. Pure: nothing is printed here.

Every name that comes from a file is escaped before it is shown.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ota_dev import __version__
from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Architecture
from ota_dev.cli.console import columns_of, printable
from ota_dev.cli.wording import counted, listed
from ota_dev.client_setup import Step, Target, client_setups
from ota_dev.feeds.interface import Feed
from ota_dev.publishing import STATIC_FEED, Publication
from ota_dev.server.control import sign_in_url
from ota_dev.translations import Translations

if TYPE_CHECKING:
    from ota_dev.publishing.key_in_force import KeyInForce

__all__ = ["banner", "labelled", "offer_lines"]

MOST_DETAILS = 3  # so that all that is said at the start stays under 12 lines
LABEL_WIDTH = 10  # columns


def banner(
    texts: Translations,
    url: str,
    token: str,
    key: "KeyInForce | None" = None,
    *,
    demo_folder: str | None = None,
    has_keys: bool = False,
) -> Iterator[str]:
    """Say what this is, where the feed is and how to point an app here."""
    yield texts.text("banner.what", version=__version__)
    if demo_folder:
        yield labelled(texts, "demo", texts.text("banner.demo", folder=demo_folder))
        yield labelled(texts, "try", f'curl -A "Acme Notes/1.2.0 Sparkle/2.9.0" {url}/appcast.xml')
    yield from _address_lines(texts, url, token, has_keys=has_keys)
    if key is None:
        yield labelled(texts, "unsigned", texts.text("banner.unsigned"))
    else:
        with_which = "banner.signed_test" if key.is_test else "banner.signed"
        yield labelled(texts, "signed", texts.text(with_which, public_key=key.public_key))
    if has_keys:
        yield labelled(texts, "keys", texts.text("banner.keys"))


def offer_lines(
    texts: Translations, publication: Publication, feed: Feed, url: str, folder: str, *, verbose: bool
) -> Iterator[str]:
    """Say what is on offer, and what is not and why."""
    yield labelled(texts, "serving", _serving(texts, publication, feed, folder))
    if publication.static_feed and not publication.static_feed.problem:
        how = "banner.static_rewritten" if publication.static_feed.downloads else "banner.static"
        yield labelled(texts, "static", texts.text(how, path=f"/{STATIC_FEED}", file=f"{folder}/{STATIC_FEED}"))
    details = [*_details(texts, publication, feed, url), *(_everything_known(texts, publication) if verbose else ())]
    shown = details if verbose or len(details) <= MOST_DETAILS else details[: MOST_DETAILS - 1]
    yield from (labelled(texts, label, sentence) for label, sentence in shown)
    if len(shown) < len(details):
        yield labelled(texts, "more", texts.text("banner.more", count=len(details) - len(shown)))


def labelled(texts: Translations, label: str, sentence: str) -> str:
    """Give a line with the text of a *label* in a column of its own; a name that has no text stands for itself."""
    shown = texts.texts.get(f"banner.labels.{label}", label)
    return f"  {shown}{' ' * (LABEL_WIDTH - columns_of(shown))}{printable(sentence)}"


def _address_lines(texts: Translations, url: str, token: str, *, has_keys: bool) -> Iterator[str]:
    others = {setup.client: setup for setup in client_setups(Target(server_url=url))}
    by_command = others.pop("sparkle")
    how = "banner.others_by_key" if has_keys else "banner.others"
    names = listed([texts.text(setup.title) for setup in others.values()])
    yield labelled(texts, "feed", by_command.feed_url)
    yield labelled(texts, texts.text(by_command.title), _command(by_command.steps))
    yield labelled(texts, "", texts.text("banner.undo", command=_command(by_command.undo)))
    yield labelled(texts, "others", texts.text(how, clients=names))
    yield labelled(texts, "dashboard", sign_in_url(url, token))


def _command(steps: tuple[Step, ...]) -> str:
    return next(step.snippet.text for step in steps if step.snippet)


def _serving(texts: Translations, publication: Publication, feed: Feed, folder: str) -> str:
    if count := len(list(publication.catalog)):
        offers = listed([_offer(texts, app, feed) for app in publication.catalog.apps], "; ")
        return counted(texts, "banner.serving", count, folder=folder, offers=offers)
    return texts.text("banner.all_skipped" if publication.skipped else "banner.nothing", folder=folder)


def _offer(texts: Translations, app: App, feed: Feed) -> str:
    if not (offered := feed.offered(app)):
        return texts.text("banner.no_offer", app=app.name)
    newest = offered[0].short_version
    platforms = sorted({artifact.platform.value for artifact in offered if artifact.short_version == newest})
    return texts.text("banner.offer", app=app.name, version=newest.text, systems=", ".join(platforms))


def _details(texts: Translations, publication: Publication, feed: Feed, url: str) -> Iterator[tuple[str, str]]:
    apps = publication.catalog.apps
    if len(apps) > 1:
        yield "feeds", listed([f"{url}/apps/{app.key}/{feed.format.file_name}" for app in apps])
    yield from (("skipped", f"{entry.name}: {entry.reason}") for entry in publication.skipped)
    yield from (("notice", notice) for notice in publication.notices)
    for alternate in (alternate for app in apps for alternate in feed.alternates(app)):
        left_out, chosen = alternate.left_out.download_name, alternate.chosen.download_name
        yield "alternate", texts.text("banner.alternate", left_out=left_out, chosen=chosen)


def _everything_known(texts: Translations, publication: Publication) -> Iterator[tuple[str, str]]:
    yield from (("offered", _with_source(texts, artifact)) for artifact in publication.catalog)
    if publication.other_files:
        yield "ignored", texts.text("banner.ignored", count=publication.other_files)


def _with_source(texts: Translations, artifact: Artifact) -> str:
    sources = artifact.facts.sources
    is_known = artifact.architecture is not Architecture.UNKNOWN
    target = f"{artifact.platform.value} {artifact.architecture.value}" if is_known else artifact.platform.value
    return texts.text(
        "banner.offered",
        file=artifact.download_name,
        version=artifact.short_version,
        target=target,
        source=sources.get("short_version") or sources.get("version"),
    )
