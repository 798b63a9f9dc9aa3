"""What scenarios and faults do, in the languages that do not stand in the code."""

import pytest

from ota_dev.scenarios.catalogue import SCENARIOS
from ota_dev.scenarios.conditions import conditions
from ota_dev.scenarios.faults import Occasion
from ota_dev.scenarios.parameters import parameters_of
from ota_dev.translations import LANGUAGES, Translations

CONDITIONS = conditions(SCENARIOS.values())
OCCASION = parameters_of(Occasion)
PARAMETERS = [parameter for one in CONDITIONS.values() for parameter in one.parameters.values()]
OTHERS = [language for language in LANGUAGES if language != "en"]


@pytest.mark.parametrize("language", OTHERS)
def test_every_scenario_and_fault_is_told_and_nothing_else(language: str) -> None:
    told = Translations.of(language).area("conditions")

    sentences = {f"{name}.{part}" for name in CONDITIONS for part in ("does", "client_must", "concerns")}
    parameters = {
        f"{name}.parameters.{parameter}"
        for name, one in CONDITIONS.items()
        for parameter in one.parameters
        if parameter not in OCCASION
    }
    occasion = {f"occasion.{parameter}" for parameter in OCCASION}
    kinds = {f"kinds.{parameter.kind.name}" for parameter in PARAMETERS if not parameter.kind.choices}
    assert set(told) == sentences | parameters | occasion | kinds


def test_a_text_that_stands_elsewhere_is_taken_from_there() -> None:
    chinese, english = (
        Translations.of(language).text_or("conditions.normal.does", "Here.") for language in ("zh", "en")
    )

    assert (chinese, english) == ("文件夹里有什么就提供什么。", "Here.")
