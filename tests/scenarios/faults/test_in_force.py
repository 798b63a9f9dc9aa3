"""Which faults strike which request."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from ota_dev.catalog.resources import Resource
from ota_dev.scenarios.faults import Asked, FaultsInForce
from ota_dev.scenarios.faults.network import Latency
from ota_dev.scenarios.syntax import parse_spec

FEED = Asked(resource=Resource.FEED, path="/appcast.xml")
DOWNLOAD = Asked(resource=Resource.DOWNLOAD, path="/downloads/Acme-Notes-1.3.0.dmg")
SEEDS = st.integers(0, 2**53 - 1)


def in_force(*texts: str, seed: int = 1) -> FaultsInForce:
    return FaultsInForce.of(map(parse_spec, texts), seed)


def struck(faults: FaultsInForce, asked: Asked = DOWNLOAD) -> list[str]:
    return [each.spec.name for each in faults.for_request(asked)]


def test_a_fault_strikes_every_request_it_concerns() -> None:
    faults = in_force("truncate")

    assert [struck(faults, asked) for asked in (DOWNLOAD, FEED, DOWNLOAD)] == [["truncate"], [], ["truncate"]]


def test_several_faults_strike_together_in_the_order_they_were_named() -> None:
    assert struck(in_force("slow-3g", "corrupt", "malformed-feed")) == ["slow-3g", "corrupt"]


def test_a_fault_heals_after_its_number_of_times() -> None:
    faults = in_force("status:times=2")

    assert [bool(struck(faults)) for _ in range(4)] == [True, True, False, False]
    assert faults.counts == (2,)


def test_only_requests_that_are_struck_count_towards_healing() -> None:
    faults = in_force("truncate:times=1")
    struck(faults, FEED)

    assert struck(faults) == ["truncate"]


@given(SEEDS)
def test_the_same_seed_and_requests_give_the_same_faults(seed: int) -> None:
    one, other = (in_force("status:probability=0.5", "latency:jitter=1s", seed=seed) for _ in range(2))

    assert [one.for_request(FEED) for _ in range(20)] == [other.for_request(FEED) for _ in range(20)]


@given(SEEDS)
def test_asking_for_the_specs_that_are_shown_gives_the_same_faults_under_any_seed(seed: int) -> None:
    one = in_force("status:probability=0.5", "corrupt", seed=seed)
    other = FaultsInForce.of(one.specs, seed=seed + 1)

    assert [one.for_request(DOWNLOAD) for _ in range(20)] == [other.for_request(DOWNLOAD) for _ in range(20)]


def test_the_seed_is_shown_where_chance_has_a_part_and_nowhere_else() -> None:
    shown = [str(spec) for spec in in_force("corrupt:seed=7", "latency", "status:probability=10%,seed=8").specs]

    assert shown == ["corrupt:seed=7", "latency", "status:probability=10%,seed=8"]
    for text in ("corrupt", "latency:jitter=1s", "status:probability=10%"):
        assert "seed" in in_force(text).specs[0].parameters


def test_a_probability_strikes_about_that_part_of_the_requests() -> None:
    faults = in_force("status:probability=0.25")
    for _ in range(2000):
        struck(faults)

    assert 430 < faults.counts[0] < 570


def test_two_faults_of_one_probability_do_not_always_strike_together() -> None:
    faults = in_force("truncate:probability=0.5", "corrupt:probability=0.5")

    assert {tuple(struck(faults)) for _ in range(50)} == {(), ("truncate",), ("corrupt",), ("truncate", "corrupt")}


def test_a_probability_of_nothing_never_strikes_and_of_one_always() -> None:
    never, always = in_force("status:probability=0"), in_force("status:probability=1")

    assert not any(struck(never) for _ in range(100))
    assert all(struck(always) for _ in range(100))


def test_threads_that_ask_at_once_are_counted_once_each() -> None:
    faults = in_force("status:times=500")
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: bool(struck(faults)), range(2000)))

    assert sum(answers) == faults.counts[0] == 500


def test_nothing_in_force_is_false() -> None:
    assert not in_force()
    assert in_force("down")


@given(st.floats(0, 1))
def test_jitter_stays_within_its_bounds_and_no_delay_is_negative(chance: float) -> None:
    near = Latency(delay=timedelta(seconds=2), jitter=timedelta(seconds=1)).of(chance)
    far = Latency(delay=timedelta(seconds=1), jitter=timedelta(seconds=9)).of(chance)

    assert timedelta(seconds=1) <= near <= timedelta(seconds=3)
    assert timedelta() <= far <= timedelta(seconds=10)
