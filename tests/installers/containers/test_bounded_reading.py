import io

import pytest

from ota_dev.errors import IncompleteInstallerError, InstallerError
from ota_dev.installers.containers.bounded_reading import MAX_READ, read_at, require_size

FILE = io.BytesIO(b"0123456789")


def test_exactly_what_is_asked_for_is_read() -> None:
    assert read_at(FILE, 3, 4, "header") == b"3456"
    assert read_at(FILE, 10, 0, "header") == b""


def test_a_file_that_ends_too_soon_is_cut_short() -> None:
    with pytest.raises(
        IncompleteInstallerError, match="its header should end at byte 11, but the file ends at byte 10"
    ):
        read_at(FILE, 3, 8, "header")


@pytest.mark.parametrize(("offset", "size"), [(-1, 4), (3, -1), (0, MAX_READ + 1), (0, 1 << 64)])
def test_a_length_beyond_any_sense_is_damage(offset: int, size: int) -> None:
    with pytest.raises(InstallerError, match="damaged: its header claims"):
        read_at(FILE, offset, size, "header")


def test_an_offset_beyond_what_a_file_can_have_is_only_cut_short() -> None:
    with pytest.raises(IncompleteInstallerError):
        read_at(FILE, 1 << 64, 4, "header")


def test_a_file_of_the_required_size_is_whole() -> None:
    require_size(FILE, 10, "payload")

    with pytest.raises(IncompleteInstallerError, match="its payload should end at byte 11"):
        require_size(FILE, 11, "payload")
