"""What `serve` says, as lines of text. Pure: nothing is printed here.

Every name that comes from a file or a client is escaped before it is shown.
"""

from collections.abc import Iterator, Sequence

from ota_dev import __version__
from ota_dev.catalog.releases import App
from ota_dev.journal import Exchange, Outcome, escape_control
from ota_dev.publishing import Changes, Publication

__all__ = ["banner", "change_lines", "exchange_line", "offer_lines", "readable_size"]

MOST_NAMES = 3
_KILO = 1000


def banner(url: str, *, demo_folder: str | None = None) -> Iterator[str]:
    """Say what this is, where the feed is and how to point an app here."""
    feed = f"{url}/appcast.xml"
    yield f"ota-dev {__version__}, a mock update server: for development and testing, not for production"
    if demo_folder:
        yield f"  demo      this is a sample app, Acme Notes, made up in {escape_control(demo_folder)}"
    yield f"  feed      {feed}"
    yield f"  Sparkle   defaults write BUNDLE-ID SUFeedURL {feed}   (undo: defaults delete BUNDLE-ID SUFeedURL)"
    yield f'  others    win_sparkle_set_appcast_url("{feed}"), new SparkleUpdater("{feed}", …)'
    yield "  unsigned  a client that has a public key refuses unsigned updates"


def offer_lines(publication: Publication, url: str, folder: str, *, verbose: bool) -> Iterator[str]:
    """Say what is on offer, and what is not and why."""
    count = len(publication.files)
    offers = "; ".join(map(_offer, publication.catalog.apps)) or "put one there, and it is on offer at once"
    yield f"  serving   {_installers(count)} in {escape_control(folder)}: {offers}"
    if len(publication.catalog.apps) > 1:
        feeds = [f"{url}/apps/{app.key}/appcast.xml" for app in publication.catalog.apps]
        yield from _shortened(feeds, "  feeds     ", verbose)
    yield from _shortened([f"{entry.name}: {entry.reason}" for entry in publication.skipped], "  skipped   ", verbose)
    yield from _shortened(publication.notices, "  notice    ", verbose)
    if verbose and publication.other_files:
        yield f"  ignored   {publication.other_files} files that are no installers"


def change_lines(before: Publication, after: Publication) -> Iterator[str]:
    """Say in one line what was added, replaced and removed, and what the feed offers now; nothing if nothing did."""
    changes = Changes.between(before, after)
    said = [
        f"{sign} {_names(names)}"
        for sign, names in (("+", changes.added), ("~", changes.replaced), ("-", changes.removed))
        if names
    ]
    if said:
        changed = frozenset((*changes.added, *changes.replaced, *changes.removed))
        yield f"{', '.join(said)} -> {_now(before, after, changed)}"
    for entry in changes.skipped:
        yield f"! {escape_control(entry.name)} is not on offer: {escape_control(entry.reason)}"
    for notice in after.notices:
        if notice not in before.notices:
            yield f"! {escape_control(notice)}"


def exchange_line(exchange: Exchange) -> str:
    """Say who asked what, and what became of it."""
    client = exchange.client
    who = f"{client.app or client.family} {client.version or ''}".strip()
    parts = [
        exchange.started.astimezone().strftime("%H:%M:%S"),
        f"{who:<20}",
        exchange.method,
        exchange.target,
        str(exchange.status),
        readable_size(exchange.sent),
        f"{exchange.duration.total_seconds() * 1000:.0f} ms",
        exchange.offered,
        f"aborted at {exchange.completion:.0%}" if exchange.outcome is Outcome.ABORTED else "",
        f"({exchange.note})" if exchange.note else "",
    ]
    return "  ".join(filter(None, parts))


def readable_size(size: int) -> str:
    """Give a number of bytes with a decimal unit."""
    if size < _KILO:
        return f"{size} B"
    value = float(size)
    for unit in ("kB", "MB", "GB"):
        value /= _KILO
        if value < _KILO:
            return f"{value:.1f} {unit}"
    return f"{value / _KILO:.1f} TB"


def _offer(app: App) -> str:
    newest = app.newest
    platforms = sorted({artifact.platform.value for artifact in newest.artifacts}) if newest else []
    version = escape_control(newest.short_version.text) if newest else ""
    return f"{escape_control(app.name)} {version} for {', '.join(platforms)}"


def _now(before: Publication, after: Publication, changed: frozenset[str]) -> str:
    """Say what the feeds of the apps that changed offer now."""
    if not after.catalog.apps:
        return "/appcast.xml now offers nothing"
    newest_before = {app.key: _newest(app) for app in before.catalog.apps}
    touched = [app for app in (*after.catalog.apps, *before.catalog.apps) if changed & _names_of(app)]
    keys = {app.key for app in touched}
    several = len(after.catalog.apps) > 1
    offers = []
    for app in [app for app in after.catalog.apps if app.key in keys][:MOST_NAMES]:
        path = f"/apps/{app.key}/appcast.xml" if several else "/appcast.xml"
        word = "still" if newest_before.get(app.key) == _newest(app) else "now"
        offers.append(f"{path} {word} offers {_newest(app)}")
    return "; ".join(offers) or "nothing else changes"


def _names_of(app: App) -> frozenset[str]:
    return frozenset(artifact.download_name for artifact in app.artifacts)


def _newest(app: App) -> str:
    return escape_control(app.newest.short_version.text) if app.newest else "nothing"


def _names(names: Sequence[str]) -> str:
    shown = ", ".join(map(escape_control, names[:MOST_NAMES]))
    if len(names) <= MOST_NAMES:
        return shown
    return f"{_installers(len(names))} ({shown}, …)"


def _installers(count: int) -> str:
    return "1 installer" if count == 1 else f"{count} installers"


def _shortened(sentences: Sequence[str], label: str, verbose: bool) -> Iterator[str]:
    shown = sentences if verbose else sentences[:MOST_NAMES]
    yield from (f"{label}{escape_control(sentence)}" for sentence in shown)
    if len(shown) < len(sentences):
        yield f"{label}and {len(sentences) - len(shown)} more: -v shows all"
