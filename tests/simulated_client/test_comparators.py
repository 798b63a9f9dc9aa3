"""Which of two versions each client takes for the newer one."""

from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.simulated_client.clients import APPCAST_CLIENTS, ClientName, client_named

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


@pytest.mark.parametrize("client", APPCAST_CLIENTS)
@pytest.mark.parametrize(("a", "b", "answers"), COMPARED.values(), ids=COMPARED)
def test_each_client_compares_in_its_own_way(a: str, b: str, answers: tuple[int, ...], client: ClientName) -> None:
    compare, answer = client_named(client).comparator, answers[APPCAST_CLIENTS.index(client)]

    assert (compare(a, b), compare(b, a)) == (answer, -answer)


# electron-updater, velopack, tauri.
SEMANTIC = {
    "the next version": ("1.2.0", "1.10.0", (-1, -1, -1)),
    "a pre-release and its final": ("1.0.0-beta.1", "1.0.0", (-1, -1, -1)),
    "numbers of pre-releases": ("1.0.0-beta.2", "1.0.0-beta.10", (-1, -1, -1)),
    "a number and a word in a pre-release": ("1.0.0-1", "1.0.0-a", (-1, -1, -1)),
    "a pre-release and a longer one": ("1.0.0-a", "1.0.0-a.1", (-1, -1, -1)),
    "builds, which only Rust orders": ("1.0.0+1", "1.0.0+2", (0, -1, -1)),
    "a build and none": ("1.0.0", "1.0.0+0", (0, -1, -1)),
    "a v before it": ("v1.0.0", "0.9.0", (1, -1, 1)),
    "a blank before it": (" 1.0.0", "0.9.0", (1, -1, -1)),
    "two numbers, which are no version": ("1.1", "1.0.0", (-1, -1, -1)),
    "leading zeros, which are none either": ("1.02.0", "1.1.0", (-1, -1, -1)),
    "what is no version, twice": ("1.1", "2.2", (0, 0, 0)),
    "numbers past 53 bits": ("9007199254740992.0.0", "1.0.0", (-1, 1, 1)),
}


@pytest.mark.parametrize(("a", "b", "answers"), SEMANTIC.values(), ids=SEMANTIC)
def test_semantic_versions_are_compared_as_each_library_does(a: str, b: str, answers: tuple[int, ...]) -> None:
    names = (ClientName.ELECTRON_UPDATER, ClientName.VELOPACK, ClientName.TAURI)
    comparators = [client_named(name).comparator for name in names]

    assert tuple(compare(a, b) for compare in comparators) == answers
    assert tuple(compare(b, a) for compare in comparators) == tuple(-answer for answer in answers)


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
