"""Changes that come together are reported together."""

from pathlib import Path

from ota_dev.watch.burst import Burst

DMG, ZIP = Path("Acme-Notes-1.0.dmg"), Path("Acme-Notes-1.0.zip")


def test_without_changes_there_is_nothing_to_report() -> None:
    assert Burst(0.05).due is None


def test_a_change_is_due_after_a_pause() -> None:
    burst = Burst(pause=0.05)

    burst.add(DMG, now=10.0)

    assert burst.due == 10.05


def test_every_further_change_begins_the_pause_anew() -> None:
    burst = Burst(pause=0.05)

    burst.add(DMG, now=10.0)
    burst.add(ZIP, now=10.04)

    assert burst.due == 10.04 + 0.05
    assert burst.take() == frozenset({DMG, ZIP})


def test_a_stream_without_a_pause_is_reported_after_a_while_all_the_same() -> None:
    burst = Burst(pause=0.05, limit=1.0)

    for step in range(100):
        burst.add(DMG, now=10.0 + step * 0.04)

    assert burst.due == 11.0


def test_a_look_at_everything_stands_for_every_path() -> None:
    burst = Burst(pause=0.05)

    burst.add(DMG, now=10.0)
    burst.add_everything(now=10.0)

    assert burst.take() is None


def test_a_path_that_changes_again_is_not_reported() -> None:
    burst = Burst(pause=0.05)

    burst.add(DMG, now=10.0)
    burst.discard(DMG)

    assert burst.due is None


def test_what_was_taken_is_not_reported_twice() -> None:
    burst = Burst(pause=0.05)
    burst.add_everything(now=10.0)
    burst.take()

    burst.add(ZIP, now=20.0)

    assert burst.due == 20.05
    assert burst.take() == frozenset({ZIP})
