"""What one should know of an update client, said when it is first seen; and what to check when none comes.

What the hints say of clients was read in their source or observed: Sparkle 2.9, WinSparkle 0.9, NetSparkle 3,
electron-updater 6, Tauri's updater plug-in 2, Velopack 1.2.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from threading import Timer
from typing import TYPE_CHECKING

from ota_dev.catalog.resources import SIGNATURE_SUFFIX
from ota_dev.client_setup import Target, client_setups
from ota_dev.journal import Exchange
from ota_dev.translations import Translations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ota_dev.journal import Journal

__all__ = ["SILENCE", "ClientHints", "hint_at_silence"]

SILENCE = timedelta(minutes=1)

# By the name of a family, in lower case: the end of the key of its text.
_TEXTS = {
    "winsparkle": "winsparkle",
    "netsparkle": "netsparkle",
    "electron-updater": "electron_updater",
    "tauri": "tauri",
    "velopack": "velopack",
    "squirrel.windows": "squirrel_windows",
    **dict.fromkeys(("python-requests", "python-httpx", "python-urllib"), "by_hand"),
    **dict.fromkeys(("curl", "wget"), "tool"),
}


class ClientHints:
    """Give the hint about each family of clients once; used by one thread at a time."""

    def __init__(self, texts: Translations) -> None:
        self._texts = texts
        self._seen: set[tuple[str, ...]] = set()

    def about(self, exchange: Exchange, target: Target) -> tuple[str, ...]:
        """Give what to know of the client of *exchange*, which is pointed at *target*; nothing when that was said."""
        hint = self._hint(_family(exchange), target)
        if hint in self._seen:
            return ()
        self._seen.add(hint)
        return hint

    def _hint(self, family: str, target: Target) -> tuple[str, ...]:
        if family == "sparkle":
            return _to_check_now(self._texts, family, target)
        if family not in _TEXTS:
            return ()
        return (self._texts.text(f"terminal.hints.{_TEXTS[family]}", feed=target.feed_url),)


def _to_check_now(texts: Translations, client: str, target: Target) -> tuple[str, ...]:
    step = next(setup.if_silent[0] for setup in client_setups(target) if setup.client == client)
    return (step.said(texts), *([step.snippet.text] if step.snippet else []))


def hint_at_silence(
    journal: "Journal", sentence: str, note: Callable[[str], None], delay: timedelta = SILENCE
) -> AbstractContextManager[None]:
    """Say *sentence* if nobody has asked for anything after *delay*; not when `with` has ended before."""

    def say_if_silent() -> None:
        if not journal.recorded:
            note(sentence)

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


def _family(exchange: Exchange) -> str:
    # NetSparkle says only what its HTTP library does; no other client asks for the signature of a feed.
    if exchange.target.partition("?")[0].endswith(SIGNATURE_SUFFIX):
        return "netsparkle"
    return exchange.client.family.lower()
