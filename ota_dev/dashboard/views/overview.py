"""What stands at the top of the page all the time. Pure."""

from dataclasses import dataclass

from ota_dev import __version__
from ota_dev.dashboard.state import State
from ota_dev.lint import Severity

__all__ = ["Overview", "overview"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Overview:
    """The server in a few words."""

    version: str  # of ota-dev
    run: str  # of the server: another after each start
    feed_url: str
    is_ready: bool  # the folder was read
    offers: tuple[tuple[str, str], ...]  # each app's name and newest version
    has_static_feed: bool  # clients get a file of the folder, whatever the installers are
    in_force: tuple[str, ...]  # scenarios and faults; nothing is normal
    latest: int  # the number of the latest exchange
    skipped: int
    findings: int  # errors and warnings in the feeds on offer


def overview(state: State) -> Overview:
    """Sum *state* up."""
    publication = state.publication
    apps = publication.catalog.apps if publication else ()
    return Overview(
        version=__version__,
        run=state.run,
        feed_url=state.feed_url,
        is_ready=publication is not None,
        offers=tuple((app.name, app.newest.short_version.text) for app in apps if app.newest),
        has_static_feed=publication is not None and publication.static_feed is not None,
        in_force=(*state.scenarios, *(fault.spec for fault in state.faults if not fault.is_of_scenario)),
        latest=state.exchanges[-1].number if state.exchanges else 0,
        skipped=len(publication.skipped) if publication else 0,
        findings=state.findings.count(Severity.ERROR) + state.findings.count(Severity.WARNING),
    )
