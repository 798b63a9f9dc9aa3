"""Delivery faults: how bytes travel or differ, each a small frozen value that describes a disturbance.

`FAULTS` is the whole catalogue by name; a `FaultRule` is a fault and the requests it is meant for; `FaultsInForce`
decides which faults strike a request. What they do to an answer is worked out by the server.
"""

from ota_dev.scenarios.faults.catalogue import FAULTS, Fault
from ota_dev.scenarios.faults.description import EVERY_TARGET, Description
from ota_dev.scenarios.faults.in_force import FaultsInForce, Struck
from ota_dev.scenarios.faults.promises import PromiseFault, bend_catalog, bend_digests
from ota_dev.scenarios.faults.rules import Asked, FaultRule, Occasion

__all__ = [
    "EVERY_TARGET",
    "FAULTS",
    "Asked",
    "Description",
    "Fault",
    "FaultRule",
    "FaultsInForce",
    "Occasion",
    "PromiseFault",
    "Struck",
    "bend_catalog",
    "bend_digests",
]
