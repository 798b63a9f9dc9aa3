"""When a file that appeared has landed."""

from pathlib import Path

import pytest

from ota_dev.watch.changes import Hearing
from ota_dev.watch.landing import LandingFiles

INOTIFY = Hearing(closing=True, every_change=True)
NATIVE = Hearing(closing=False, every_change=True)
POLLING = Hearing(closing=False, every_change=False)
QUIET = 0.5


@pytest.fixture
def installer(tmp_path: Path) -> Path:
    path = tmp_path / "Acme-Notes-1.0.dmg"
    path.write_bytes(b"half")
    return path


def landing_files(hearing: Hearing, *, is_written: bool | None) -> LandingFiles:
    return LandingFiles(hearing, QUIET, is_written=lambda _path: is_written)


def time_of_landing(files: LandingFiles, *, until: float) -> float | None:
    """Look whenever a look is due, as the watch does."""
    while (now := files.next_look) is not None and now <= until:
        if files.look(now):
            return now
    return None


@pytest.mark.parametrize(
    ("hearing", "is_written", "earliest", "latest"),
    [
        pytest.param(INOTIFY, False, 0.001, 0.1, id="nobody writes it: at the second look"),
        pytest.param(NATIVE, False, 0.001, 0.1, id="nobody writes it, on Windows"),
        pytest.param(NATIVE, None, QUIET, 2 * QUIET, id="nobody can tell, on macOS: once it held still"),
        pytest.param(POLLING, None, QUIET, 2 * QUIET, id="nobody can tell, on a network drive"),
        pytest.param(POLLING, False, QUIET, 2 * QUIET, id="nobody here writes it, on a network drive"),
        pytest.param(INOTIFY, None, 10 * QUIET, 30 * QUIET, id="nobody can tell, but its closing should be heard"),
    ],
)
def test_a_file_lands(
    hearing: Hearing, is_written: bool | None, earliest: float, latest: float, installer: Path
) -> None:
    files = landing_files(hearing, is_written=is_written)
    files.appeared(installer, now=0)

    landed = time_of_landing(files, until=100)

    assert landed is not None
    assert earliest <= landed <= latest


@pytest.mark.parametrize("hearing", [INOTIFY, NATIVE, POLLING], ids=["Linux", "Windows", "polling"])
def test_a_stalled_copy_never_lands(hearing: Hearing, installer: Path) -> None:
    files = landing_files(hearing, is_written=True)
    files.appeared(installer, now=0)

    assert time_of_landing(files, until=1000) is None


def test_a_stalled_copy_is_looked_at_twice_per_quiet_period_and_no_more(installer: Path) -> None:
    looks: list[Path] = []

    def is_written(path: Path) -> bool:
        looks.append(path)
        return True

    files = LandingFiles(INOTIFY, QUIET, is_written=is_written)
    files.appeared(installer, now=0)

    time_of_landing(files, until=100 * QUIET)

    assert 190 <= len(looks) <= 202


def test_a_file_that_grows_is_waited_for_anew(installer: Path) -> None:
    files = landing_files(NATIVE, is_written=None)
    files.appeared(installer, now=0)
    time_of_landing(files, until=0.4)

    installer.write_bytes(b"the whole")
    landed = time_of_landing(files, until=100)

    assert landed is not None
    assert landed >= 0.4 + QUIET


def test_a_file_that_is_written_without_growing_is_waited_for_anew(installer: Path) -> None:
    files = landing_files(NATIVE, is_written=None)
    files.appeared(installer, now=0)
    time_of_landing(files, until=0.4)

    files.appeared(installer, now=0.4)
    landed = time_of_landing(files, until=100)

    assert landed is not None
    assert landed >= 0.4 + QUIET


def test_further_writing_does_not_cause_further_looks(installer: Path) -> None:
    files = landing_files(NATIVE, is_written=None)
    files.appeared(installer, now=0)
    files.look(0)
    before = files.next_look

    files.appeared(installer, now=0.001)

    assert files.next_look == before


def test_a_file_that_is_gone_is_not_waited_for(installer: Path) -> None:
    files = landing_files(NATIVE, is_written=None)
    files.appeared(installer, now=0)
    installer.unlink()

    assert files.look(0) == {installer}
    assert files.next_look is None


@pytest.mark.parametrize("link", ["symlink_to", "hardlink_to"])
def test_nobody_closes_a_link_so_that_is_not_waited_for(link: str, installer: Path, tmp_path: Path) -> None:
    path = tmp_path / "newest.dmg"
    getattr(path, link)(installer)
    files = landing_files(INOTIFY, is_written=None)
    files.appeared(path, now=0)

    landed = time_of_landing(files, until=100)

    assert landed is not None
    assert landed <= 2 * QUIET


def test_a_file_that_settled_in_another_way_is_forgotten(installer: Path) -> None:
    files = landing_files(NATIVE, is_written=None)
    files.appeared(installer, now=0)
    assert files.paths == frozenset({installer})

    files.forget(installer)

    assert files.paths == frozenset()
