from hypothesis import given
from hypothesis import strategies as st

from ota_dev.journal.coverage import MOST_PIECES, Coverage
from tests.journal.made_up import SIZE, download

PARTS = st.lists(st.tuples(st.integers(1, SIZE - 1), st.integers(0, SIZE)), max_size=12)


@given(PARTS)
def test_bytes_count_once_however_often_and_in_whatever_order_they_were_sent(parts: list[tuple[int, int]]) -> None:
    coverage = Coverage()
    sent = set[int]()

    for first, length in parts:
        coverage.add(download(first, length))
        sent |= set(range(first, min(first + length, SIZE)))

    assert coverage.part_of(SIZE) == len(sent) / SIZE


def test_who_asks_for_the_whole_begins_anew() -> None:
    coverage = Coverage()

    coverage.add(download(500, 500))
    coverage.add(download(0, 100))

    assert coverage.part_of(SIZE) == 0.1


def test_pieces_without_end_are_not_kept() -> None:
    coverage = Coverage()

    for number in range(MOST_PIECES + 5):
        coverage.add(download(2 * number + 1, 1))

    assert coverage.part_of(10**9) == MOST_PIECES / 10**9
