"""Ending a command that runs until it is told to end."""

import signal
import threading

__all__ = ["stop_on_signals", "wait_until_stopped"]


def stop_on_signals() -> threading.Event:
    """Give an event that Ctrl-C or a polite request to end sets; a second one ends the process at once."""
    stop = threading.Event()

    def handle(number: int, _: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        stop.set()

    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        if hasattr(signal, name):  # the last is Windows' own
            signal.signal(getattr(signal, name), handle)
    return stop


def wait_until_stopped(stop: threading.Event) -> None:
    """Wait for the event of `stop_on_signals`."""
    # Windows delivers no signal to a thread that waits without an end.
    while not stop.wait(1):
        pass
