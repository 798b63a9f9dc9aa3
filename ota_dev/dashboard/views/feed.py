"""A feed as a client gets it at this moment: which one, narrowed to what, and its text. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.dashboard.state import Answer, State

__all__ = ["MOST_SHOWN", "FeedView", "feed_asked_for", "feed_view"]

MOST_SHOWN = 200_000  # bytes
_NARROWINGS = ("os", "arch", "channel", "language")
_LONGEST = 100  # characters


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedView:
    """One feed."""

    paths: tuple[str, ...]  # of all feeds there are, without narrowing
    path: str  # the one that is shown
    narrowing: Mapping[str, str]  # by the name of the parameter, empty where it does not narrow
    choices: Mapping[str, tuple[str, ...]]  # what can be narrowed to; for languages nothing is listed
    address: str  # path and query
    url: str
    answer: Answer
    text: str
    left_out: int  # bytes that are not shown


def feed_asked_for(state: State, query: Mapping[str, str]) -> str:
    """Give the path and query of the feed that *query* is about; else of the first there is."""
    narrowing = {name: value for name, value in _narrowing(query).items() if value}
    path = quote(_path(state, query))
    return f"{path}?{urlencode(narrowing)}" if narrowing else path


def feed_view(state: State, query: Mapping[str, str]) -> FeedView | None:
    """Show the answer of the server; `None` when it was not asked."""
    if (answer := state.answer) is None:
        return None
    address = feed_asked_for(state, query)
    apps = state.publication.catalog.apps if state.publication else ()
    channels = sorted({channel for app in apps for channel in app.channels})
    return FeedView(
        paths=_paths(state),
        path=_path(state, query),
        narrowing=_narrowing(query),
        choices={
            "os": tuple(each.value for each in Platform if each is not Platform.UNKNOWN),
            "arch": tuple(each.value for each in Architecture if each is not Architecture.UNKNOWN),
            "channel": tuple(channels),
        },
        address=address,
        url=f"{state.url}{address}",
        answer=answer,
        text=answer.content[:MOST_SHOWN].decode("utf-8", "replace"),
        left_out=max(len(answer.content) - MOST_SHOWN, 0),
    )


def _narrowing(query: Mapping[str, str]) -> dict[str, str]:
    return {name: query.get(f"feed-{name}", "").strip()[:_LONGEST] for name in _NARROWINGS}


def _path(state: State, query: Mapping[str, str]) -> str:
    paths = _paths(state)
    return wanted if (wanted := query.get("feed", "")) in paths else paths[0]


def _paths(state: State) -> tuple[str, ...]:
    apps = state.publication.catalog.apps if state.publication else ()
    if len(apps) > 1:
        return tuple(f"/apps/{app.key}/{name}" for app in apps for name in _names(state, app))
    return tuple(f"/{name}" for name in _names(state, apps[0] if apps else App(key="", name="")))


def _names(state: State, app: App) -> tuple[str, ...]:
    names = tuple(name for feed in (state.feed, *state.other_feeds) for name in feed.file_names(app))
    return names or (state.feed.format.file_name,)
