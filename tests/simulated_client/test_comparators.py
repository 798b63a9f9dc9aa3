"""Which of two versions each client takes for the newer one."""

from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.simulated_client.clients import ClientName, client_named

# sparkle, winsparkle, netsparkle, generic: -1 when the first is older.
COMPARED = {
    "the next version": ("1.2.0", "1.3.0", (-1, -1, -1, -1)),
    "ten after nine": ("1.9", "1.10", (-1, -1, -1, -1)),
    "the same text": ("1.2.0", "1.2.0", (0, 0, 0, 0)),
    "a zero more": ("1.0", "1.0.0", (0, -1, -1, 0)),
    "a part more": ("1.0", "1", (0, 1, 1, 0)),
    "a pre-release and its final": ("1.0.0-beta.1", "1.0.0", (0, -1, -1, 0)),
    "two pre-releases": ("1.0.0-beta.1", "1.0.0-beta.2", (0, -1, -1, 0)),
    "a letter and its final": ("1.5b3", "1.5", (-1, -1, 1, -1)),
    "build metadata": ("1.0+1", "1.0", (-1, -1, -1, 1)),
    "a fourth number": ("1.2.3.4", "1.2.3.5", (-1, -1, -1, 0)),
    "a v before it": ("v2.0", "1.0", (-1, -1, 1, -1)),
    "a blank before it": (" 2.0", "1.0", (-1, -1, -1, -1)),
    "leading zeros": ("1.02", "1.2", (0, 0, 0, 0)),
    "dates with the time, past 32 bits": ("202401010000", "202401020000", (-1, 0, -1, -1)),
    "more than ten digits against fewer": ("9999999999", "10000000000", (-1, 0, 1, -1)),
    "capital letters": ("1.0a", "1.0B", (1, 1, -1, 0)),
    "nothing": ("", "", (0, 0, 0, 0)),
    "nothing and something": ("", "1", (-1, -1, -1, -1)),
    "numbers of thousands of digits": ("9" * 5000, "8" * 6000, (0, 0, 1, -1)),
}


@pytest.mark.parametrize("client", ClientName)
@pytest.mark.parametrize(("a", "b", "answers"), COMPARED.values(), ids=COMPARED)
def test_each_client_compares_in_its_own_way(a: str, b: str, answers: tuple[int, ...], client: ClientName) -> None:
    compare, answer = client_named(client).comparator, answers[list(ClientName).index(client)]

    assert (compare(a, b), compare(b, a)) == (answer, -answer)


ANY_TEXT = st.one_of(st.text("0129.-+ _abB~v", max_size=8), st.text(max_size=8))
NUMBERS = st.lists(st.integers(0, 30), min_size=1, max_size=4).map(lambda parts: ".".join(map(str, parts)))
USUAL = st.builds(str.__add__, NUMBERS, st.sampled_from(["", "a", "b1", "rc2", "-beta.1", "-rc.2", "+5"]))
WITH_A_TOTAL_ORDER = [name for name in ClientName if name is not ClientName.SPARKLE]


def is_in_order(client: ClientName, *versions: str) -> bool:
    """Say whether nothing in a sorted list is older than what stands before it."""
    compare = client_named(client).comparator
    for a, b, c in ((a, b, c) for a in versions for b in versions for c in versions):
        if compare(a, b) <= 0 and compare(b, c) <= 0 and compare(a, c) > 0:
            return False
    return all(compare(a, b) == -compare(b, a) for a, b in combinations_with_replacement(versions, 2))


@pytest.mark.parametrize("client", WITH_A_TOTAL_ORDER)
@given(st.lists(ANY_TEXT, max_size=4))
def test_all_texts_have_a_total_order(client: ClientName, versions: list[str]) -> None:
    assert is_in_order(client, *versions)


@given(st.lists(USUAL, max_size=4))
def test_usual_versions_have_a_total_order_in_sparkle(versions: list[str]) -> None:
    assert is_in_order(ClientName.SPARKLE, *versions)


def test_texts_with_empty_parts_have_no_order_in_sparkle() -> None:
    compare = client_named(ClientName.SPARKLE).comparator

    assert compare("1.0", "1") == 0
    assert compare("1", "1..") == 0
    assert compare("1.0", "1..") == 1
