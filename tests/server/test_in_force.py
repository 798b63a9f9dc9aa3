import pytest

from ota_dev.errors import UsageError
from ota_dev.scenarios.faults import FAULTS
from ota_dev.scenarios.scenario import Signing
from ota_dev.scenarios.syntax import parse_spec
from ota_dev.server.in_force import MOST_ADDRESSES, Conditions


def test_in_the_beginning_all_is_normal() -> None:
    assert not Conditions().current


def test_normal_takes_everything_back() -> None:
    conditions = Conditions()
    conditions.choose([parse_spec("no-update"), parse_spec("corrupt")])

    conditions.choose([parse_spec("normal")])

    assert not conditions.current


def test_what_cannot_be_used_changes_nothing() -> None:
    conditions = Conditions()
    before = conditions.choose([parse_spec("no-update")])

    with pytest.raises(UsageError, match="no such scenario or fault"):
        conditions.choose([parse_spec("critical"), parse_spec("nonsense")])

    assert conditions.current is before


def test_subscribers_hear_of_what_is_chosen_and_not_of_what_cannot_be() -> None:
    conditions = Conditions()
    heard: list[tuple[str, ...]] = []
    conditions.subscribe(lambda: heard.append(conditions.current.names))

    conditions.choose([parse_spec("no-update")])
    with pytest.raises(UsageError):
        conditions.choose([parse_spec("nonsense")])
    conditions.reset()

    assert heard == [("no-update",), ()]


@pytest.mark.parametrize("name", ["unsigned", "bad-signature", "wrong-key", "bad-feed-signature"])
def test_scenarios_about_signatures_need_a_key(name: str) -> None:
    with pytest.raises(UsageError, match="--sign or --key FILE"):
        Conditions().choose([parse_spec(name)])

    assert Conditions(has_key=True).choose([parse_spec(name)]).signing is not Signing.AS_IT_IS


def test_a_downgrade_needs_https() -> None:
    downgrade = parse_spec("redirect:downgrade=true")

    with pytest.raises(UsageError, match="--tls-cert"):
        Conditions().choose([downgrade])

    assert Conditions(has_tls=True).choose([downgrade])


@pytest.mark.parametrize("name", [*Conditions().scenarios, *FAULTS])
def test_everything_in_the_catalogue_can_be_chosen_by_its_name_alone(name: str) -> None:
    conditions = Conditions(has_key=True)

    assert bool(conditions.choose([parse_spec(name)])) is (name != "normal")
    assert bool(conditions.under(name)) is (name != "normal")


def test_faults_of_one_address_count_for_that_address_alone() -> None:
    conditions = Conditions()

    assert conditions.under("corrupt:times=1") is conditions.under("corrupt:times=1")
    assert conditions.under("corrupt:times=1") is not conditions.under("corrupt:times=2")
    assert not conditions.current


def test_addresses_without_end_are_not_kept() -> None:
    conditions = Conditions()
    first = conditions.under("corrupt:seed=0")

    for seed in range(1, MOST_ADDRESSES + 1):
        conditions.under(f"corrupt:seed={seed}")

    assert conditions.under("corrupt:seed=0") is not first


def test_the_seed_is_drawn_once_and_shown() -> None:
    conditions = Conditions()
    again = Conditions(seed=conditions.seed)

    specs = [parse_spec("corrupt"), parse_spec("latency:jitter=1s")]

    assert conditions.choose(specs).faults.specs == again.choose(specs).faults.specs
