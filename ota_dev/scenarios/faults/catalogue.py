"""Every fault there is, by name. Pure."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import get_args

from ota_dev.scenarios.faults.answers import AnswerFault
from ota_dev.scenarios.faults.content import ContentFault
from ota_dev.scenarios.faults.network import NetworkFault
from ota_dev.scenarios.faults.promises import PromiseFault

__all__ = ["FAULTS", "Fault"]

Fault = NetworkFault | AnswerFault | ContentFault | PromiseFault

FAULTS: Mapping[str, type[Fault]] = MappingProxyType({fault.about.name: fault for fault in get_args(Fault)})
