"""The signals that a process gets from its terminal and its user. Changes how this process takes them, when asked."""

import signal

__all__ = ["ending_signals", "fail_to_read_in_the_background"]

_ENDING = ("SIGINT", "SIGTERM", "SIGBREAK")  # Ctrl-C, a polite request, and Ctrl-Break, which only Windows has
_READING_IN_THE_BACKGROUND = "SIGTTIN"  # which Windows has not


def ending_signals() -> tuple[signal.Signals, ...]:
    """Give the signals by which this system asks a process to end."""
    return tuple(signal.Signals[name] for name in _ENDING if name in signal.Signals.__members__)


def fail_to_read_in_the_background() -> None:
    """Let reading from the terminal fail while another process has it; without this it would suspend the whole process.

    Only the main thread may call it. On Windows there is nothing to do.
    """
    if number := signal.Signals.__members__.get(_READING_IN_THE_BACKGROUND):
        signal.signal(number, signal.SIG_IGN)
