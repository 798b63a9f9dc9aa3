"""The user's own scenarios, as the `scenarios` of `ota-dev.yaml`. Pure.

scenarios:
  flaky-beta:
    does: "A beta whose download breaks off twice."
    client_must: "Go on where it broke off."
    based_on: channel-beta                  # any scenario, with parameters; else `normal`
    advertise: "+minor"
    policy: {critical: true}                # of the newest release, with the keys of a sidecar
    faults: ["truncate:after=50%,times=2"]
    expect: "must-retry-within:time=30s"
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from ota_dev.catalog.policy import Policy
from ota_dev.catalog.policy_values import one_line
from ota_dev.documents import Document, Reader, read_keys
from ota_dev.errors import UsageError
from ota_dev.scan.policy_keys import POLICY_READERS, policy_of
from ota_dev.scenarios.bends.advertising import ADVERTISED, Advertised
from ota_dev.scenarios.catalogue import SCENARIOS
from ota_dev.scenarios.expectations import parse_expectation
from ota_dev.scenarios.faults import FAULTS, FaultRule
from ota_dev.scenarios.own import own_scenario
from ota_dev.scenarios.scenario import Chosen, Scenario, choose
from ota_dev.scenarios.syntax import Spec, parse_spec

__all__ = ["SCENARIO_READERS", "own_scenarios_of"]

MOST_SCENARIOS = 100
MOST_FAULTS = 10

_Value = TypeVar("_Value")


def own_scenarios_of(document: Document, key: str) -> Mapping[str, Scenario]:
    """Read scenarios by name.

    Raises:
        ConfigurationError: a name is taken or none, or a key or a value cannot be used; all that is wrong is told.
    """
    if document.values[key] is None:
        return MappingProxyType({})
    section = document.section(key)
    if len(section.values) > MOST_SCENARIOS:
        raise ValueError(f"there are more than {MOST_SCENARIOS} of them, so leave some out")
    return MappingProxyType(read_keys(section, dict.fromkeys(section, _scenario)))


def _scenario(document: Document, name: str) -> Scenario:
    _require_free(name)
    said: dict[str, Any] = read_keys(document.section(name), SCENARIO_READERS)
    if not said.get("does"):
        raise ValueError("say below it with `does` what the feed says then, in a sentence")
    return own_scenario(name, **{key: value for key, value in said.items() if value is not None})


def _require_free(name: str) -> None:
    if name in SCENARIOS or name in FAULTS:
        raise ValueError(f"there is a {'scenario' if name in SCENARIOS else 'fault'} of this name, so choose another")
    if _explained(parse_spec)(name) != Spec(name):
        raise ValueError("a name has letters, digits, dots, dashes and underscores, so choose another")


def _explained(read: Callable[[str], _Value]) -> Callable[[str], _Value]:
    """Let *read* complain as readers of configuration do."""

    def explained(text: str) -> _Value:
        try:
            return read(text)
        except UsageError as error:
            raise ValueError(str(error)) from error

    return explained


def _text(read: Callable[[str], _Value]) -> Reader[_Value | None]:
    def read_text(document: Document, key: str) -> _Value | None:
        text = document.text(key)
        return None if text is None else _explained(read)(text)

    return read_text


def _chosen(text: str) -> Chosen:
    return choose(text, SCENARIOS)


def _advertised(text: str) -> Advertised:
    return Advertised(version=ADVERTISED.read(text))


def _policy(document: Document, key: str) -> Policy | None:
    if document.values[key] is None:
        return None
    policy = policy_of(read_keys(document.section(key), POLICY_READERS))
    for problem in policy.contradictions():
        raise ValueError(problem)
    return policy


def _faults(document: Document, key: str) -> tuple[Spec, ...]:
    texts = document.texts(key)
    if len(texts) > MOST_FAULTS:
        raise ValueError(f"there are more than {MOST_FAULTS} of them, so leave some out")
    return tuple(_explained(lambda text: FaultRule.of(parse_spec(text)).spec)(text) for text in texts)


SCENARIO_READERS: dict[str, Reader[object]] = {
    "based_on": _text(_chosen),
    "does": _text(one_line),
    "client_must": _text(one_line),
    "advertise": _text(_advertised),
    "policy": _policy,
    "faults": _faults,
    "expect": _text(parse_expectation),
}
