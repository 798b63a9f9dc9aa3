"""Ending a command that runs until it is told to end."""

import signal
from contextlib import suppress
from queue import Empty, SimpleQueue

from ota_dev.operating_system import ending_signals

__all__ = ["StopRequests", "stop_on_signals", "wait_until_stopped"]

# Unlike an event's `set`, its `put` may interrupt anything, even a `get` of the same queue that is just about to wait.
StopRequests = SimpleQueue[int]


def stop_on_signals() -> StopRequests:
    """Give the queue that Ctrl-C, or a polite request to end, is put into; a second one ends the process at once."""
    requests = StopRequests()

    def handle(number: int, _: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        requests.put(number)

    for number in ending_signals():
        signal.signal(number, handle)
    return requests


def wait_until_stopped(requests: StopRequests) -> None:
    """Wait for a request to end."""
    while True:
        with suppress(Empty):
            requests.get(timeout=1)  # Windows delivers no signal to a thread that waits without an end.
            return
