"""The dashboard: the whole page, and each of its panels for the script that keeps the page fresh."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace

from ota_dev.dashboard.panels import PANELS
from ota_dev.dashboard.rendering import render
from ota_dev.dashboard.state import Answer, State
from ota_dev.dashboard.views.filtering import RequestFilter
from ota_dev.dashboard.views.overview import overview
from ota_dev.journal import described, sessions_of

__all__ = ["Dashboard"]

Query = Mapping[str, str]


class Dashboard:
    """Renders what *read* says of the server at that moment."""

    def __init__(self, read: Callable[[], State]) -> None:
        self._read = read

    def page(self, language: str, query: Query) -> bytes:
        """Give the whole page; *query* narrows panels, so that an address can be handed on."""
        state = self._read()
        views = {name: panel.view(state, query) for name, panel in PANELS.items() if panel.is_on_page}
        sessions = len(sessions_of(state.exchanges))
        values = {"overview": overview(state), "views": views, "query": query, "sessions": sessions}
        return render("page.html.j2", language, values)

    def asked(self, name: str, query: Query) -> str | None:
        """Give the address on this server whose answer the panel *name* shows; `None` when it asks nothing."""
        asks = PANELS[name].asks if name in PANELS else None
        return asks(self._read(), query) if asks else None

    def panel(self, name: str, language: str, query: Query, answer: Answer | None = None) -> bytes | None:
        """Give one panel, `None` when there is none of this name or nothing for this *query*.

        *answer* is that of the server to what the panel asks.
        """
        if name not in PANELS:
            return None
        state = replace(self._read(), answer=answer)
        view = PANELS[name].view(state, query)
        if view is None:
            return None
        values = {"overview": overview(state), "view": view, "query": query}
        return render(f"panels/{name}.html.j2", language, values)

    def export(self, query: Query) -> bytes:
        """Give the requests that pass the filter in *query* as JSON, oldest first."""
        wanted = RequestFilter.of(query)
        passing = [described(exchange) for exchange in self._read().exchanges if wanted.lets(exchange)]
        return json.dumps({"requests": passing}, indent=2).encode("ascii")
