"""The panels of the dashboard by name; each is a view and the template of the same name. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ota_dev.dashboard.state import State
from ota_dev.dashboard.views.clients import clients_view
from ota_dev.dashboard.views.conditions import catalogue_view
from ota_dev.dashboard.views.exchange import exchange_view
from ota_dev.dashboard.views.exchanges import exchanges_view
from ota_dev.dashboard.views.feed import feed_asked_for, feed_view
from ota_dev.dashboard.views.findings import findings_view
from ota_dev.dashboard.views.in_force import in_force_view
from ota_dev.dashboard.views.offer import offer_view
from ota_dev.dashboard.views.overview import overview
from ota_dev.dashboard.views.setup import setup_view
from ota_dev.dashboard.views.transfers import transfers_view
from ota_dev.dashboard.views.verdict import verdict_asked
from ota_dev.dashboard.views.what_if import what_if_asked, what_if_view

__all__ = ["PANELS", "Panel"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Panel:
    """One part of the page that can be fetched on its own."""

    view: Callable[[State, Mapping[str, str]], object]  # from the query of the page; `None` where there is nothing
    asks: Callable[[State, Mapping[str, str]], str | None] | None = None  # an address here, whose answer it shows
    is_on_page: bool = True  # from the start; else it is fetched when it is wanted


PANELS: Mapping[str, Panel] = {
    "status": Panel(view=lambda state, _: overview(state)),
    "requests": Panel(view=exchanges_view),
    "request": Panel(view=exchange_view, asks=verdict_asked, is_on_page=False),
    "transfers": Panel(view=lambda state, _: transfers_view(state)),
    "clients": Panel(view=lambda state, _: clients_view(state), is_on_page=False),
    "offer": Panel(view=offer_view, is_on_page=False),
    "findings": Panel(view=findings_view, is_on_page=False),
    "setup": Panel(view=setup_view, is_on_page=False),
    "feed": Panel(view=feed_view, asks=feed_asked_for, is_on_page=False),
    "what-if": Panel(view=what_if_view, asks=what_if_asked, is_on_page=False),
    "in-force": Panel(view=in_force_view, is_on_page=False),
    "conditions": Panel(view=catalogue_view, is_on_page=False),
}
