"""Faults of the network as the adapter performs them. Pure."""

from typing import assert_never

from ota_dev.scenarios.faults.network import (
    Bandwidth,
    Down,
    EmptyResponse,
    Fast4G,
    Latency,
    NetworkFault,
    Reset,
    Slow3G,
    Slow4G,
    Stall,
    Truncate,
)
from ota_dev.server.delivery import Delivery, Ending

__all__ = ["delivery_of"]


def delivery_of(fault: NetworkFault, length: int, chance: float) -> Delivery:  # noqa: PLR0911 - one for each fault
    """Give the delivery of a body of *length* bytes under *fault*; *chance* is from 0 to 1."""
    match fault:
        case Latency():
            return Delivery(latency=fault.of(chance))
        case Bandwidth():
            return Delivery(rate=fault.rate)
        case Slow3G() | Slow4G() | Fast4G():
            return Delivery(latency=fault.delay, rate=fault.rate)
        case Stall():
            return Delivery(stall_after=fault.after.of(length), stall_for=fault.lasting)
        case Truncate():
            return Delivery(ending_after=fault.after.of(length))
        case Reset():
            return Delivery(ending_after=fault.after.of(length), ending=Ending.RESET)
        case EmptyResponse():
            return Delivery(is_silent=True)
        case Down():
            return Delivery(is_silent=True, ending=Ending.RESET)
        case _:
            assert_never(fault)
