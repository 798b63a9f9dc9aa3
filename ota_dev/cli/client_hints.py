"""What one should know of an update client, said when it is first seen; and what to check when none comes.

What the hints say of clients was read in their source or observed: Sparkle 2.9, WinSparkle 0.9, NetSparkle 3,
electron-updater 6, Tauri's updater plug-in 2, Velopack 1.2.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from threading import Timer
from typing import TYPE_CHECKING

from ota_dev.journal import Exchange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ota_dev.journal import Journal

__all__ = ["HINTS", "SILENCE", "ClientHints", "hint_at_silence"]

SILENCE = timedelta(minutes=1)
_BY_HAND = "a client written by hand often takes every failure for “no update”: trust the status here more than the app"
_TOOL = "`ota-dev check {feed}` says what an update client would do with this feed"

HINTS = {
    "Sparkle": (
        "Sparkle asks once a day by itself: choose “Check for Updates…” in the app, or run "
        "`defaults delete BUNDLE-ID SULastCheckTime` and start it again"
    ),
    "WinSparkle": (
        "WinSparkle's automatic checks pass over a version that somebody skipped: "
        "win_sparkle_check_update_with_ui() shows it all the same"
    ),
    "NetSparkle": (
        "NetSparkle shows a missing or wrong signature of the feed as “no internet”: --sign or --key FILE signs it"
    ),
    "electron-updater": "electron-updater does not say which version asks: only the app can tell whether one is newer",
    "Tauri": (
        "Tauri's updater says “Could not fetch a valid release JSON” for 404, 500 and no server alike: "
        "the status here tells which"
    ),
    "Velopack": "Velopack updates installed apps only: one that runs from its build folder gets NotInstalledException",
    "python-requests": _BY_HAND,
    "python-httpx": _BY_HAND,
    "Python-urllib": _BY_HAND,
    "curl": _TOOL,
    "Wget": _TOOL,
}
_FAMILIES = {name.lower(): name for name in HINTS}


class ClientHints:
    """Give the hint about each family of clients once; used by one thread at a time."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def about(self, exchange: Exchange, feed: str) -> str:
        """Give what to know of the client of *exchange*, which reads the feed at *feed*; empty when that was said."""
        family = _family(exchange)
        if family is None or HINTS[family] in self._seen:
            return ""
        self._seen.add(HINTS[family])
        return HINTS[family].format(feed=feed)


def hint_at_silence(
    journal: "Journal", feed: str, note: Callable[[str], None], delay: timedelta = SILENCE
) -> AbstractContextManager[None]:
    """Say what to check if nobody has asked for anything after *delay*; not when `with` has ended before."""

    def say_if_silent() -> None:
        if not journal.recorded:
            note(
                f"no client has asked yet: is {feed} the feed of the app that runs, and did you ask it to check? "
                "Most look by themselves once a day or at their start"
            )

    return _after(delay, say_if_silent)


@contextmanager
def _after(delay: timedelta, act: Callable[[], None]) -> "Iterator[None]":
    timer = Timer(delay.total_seconds(), act)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()


def _family(exchange: Exchange) -> str | None:
    # NetSparkle says only what its HTTP library does; no other client asks for the signature of a feed.
    if exchange.target.partition("?")[0].endswith(".signature"):
        return "NetSparkle"
    return _FAMILIES.get(exchange.client.family.lower())
