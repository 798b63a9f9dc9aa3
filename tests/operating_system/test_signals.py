"""The signals by which systems ask a process to end, and the one that would suspend it."""

import signal
from enum import IntEnum

import pytest

from ota_dev.operating_system import ending_signals, fail_to_read_in_the_background

WINDOWS = IntEnum("WINDOWS", {"SIGINT": 2, "SIGTERM": 15, "SIGBREAK": 21})
MAC = IntEnum("MAC", {"SIGINT": 2, "SIGTERM": 15, "SIGTTIN": 21})

Handled = list[tuple[int, object]]


@pytest.fixture
def handled(monkeypatch: pytest.MonkeyPatch) -> Handled:
    """Give what the system is told about signals, without telling it."""
    told: Handled = []
    monkeypatch.setattr(signal, "signal", lambda number, handler: told.append((int(number), handler)))
    return told


@pytest.mark.parametrize(
    ("system", "names"),
    [(WINDOWS, ["SIGINT", "SIGTERM", "SIGBREAK"]), (MAC, ["SIGINT", "SIGTERM"])],
    ids=["windows", "macos"],
)
def test_each_system_asks_to_end_in_its_own_ways(
    system: type[IntEnum], names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signal, "Signals", system)

    assert [each.name for each in ending_signals()] == names


def test_reading_in_the_background_only_fails(handled: Handled, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signal, "Signals", MAC)

    fail_to_read_in_the_background()

    assert handled == [(21, signal.SIG_IGN)]


def test_windows_has_no_such_signal_and_nothing_is_done(handled: Handled, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signal, "Signals", WINDOWS)

    fail_to_read_in_the_background()

    assert handled == []
