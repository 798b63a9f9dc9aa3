"""The routes about scenarios and faults: which there are, which are in force for everyone, and choosing others.

Whoever chooses them, and be it at the keyboard, events tell of it.
What is in force under `/with/` addresses is a matter of those addresses, and not changed here.
"""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from ota_dev.errors import UsageError
from ota_dev.scenarios.faults import FAULTS
from ota_dev.scenarios.syntax import Spec, parse_spec, unknown_name
from ota_dev.server.control.events import Events
from ota_dev.server.control.interface import Routes
from ota_dev.server.control.reading import read_number, read_object
from ota_dev.server.in_force import Conditions
from ota_dev.server.messages import Request, Response

__all__ = ["Choosing"]


class Choosing:
    """Show and choose what bends the answers."""

    def __init__(self, conditions: Conditions, events: Events) -> None:
        self._conditions = conditions
        conditions.subscribe(lambda: events.add("changed", {"what": "scenario"}))

    @property
    def routes(self) -> Routes:
        """Give the routes."""
        return {
            ("GET", "scenarios"): self._catalogue,
            ("GET", "scenario"): self._in_force,
            ("POST", "scenario"): self._choose_scenarios,
            ("GET", "faults"): self._in_force,
            ("POST", "faults"): self._choose_faults,
        }

    async def _catalogue(self, _: Request) -> Response:
        scenarios = [
            {
                "name": scenario.name,
                "does": scenario.does,
                "client_must": scenario.client_must,
                "concerns": scenario.concerns,
                "expect": str(scenario.expect) if scenario.expect else None,
            }
            for scenario in self._conditions.scenarios.values()
        ]
        abouts = [fault.about for fault in FAULTS.values()]
        faults = [
            {"name": about.name, "does": about.does, "client_must": about.client_must, "concerns": about.concerns}
            for about in abouts
        ]
        return Response.json(200, {"scenarios": scenarios, "faults": faults})

    async def _in_force(self, _: Request) -> Response:
        current = self._conditions.current
        counts = zip(current.faults.specs, current.faults.counts, strict=True)
        answer = {
            "scenarios": list(current.names),
            "faults": [{"fault": str(spec), "struck": count} for spec, count in counts],
            "seed": current.faults.seed,
            "since": current.since.isoformat(),
        }
        return Response.json(200, answer)

    async def _choose_scenarios(self, request: Request) -> Response:
        scenarios = _specs(read_object(request, ("scenarios",)), "scenarios")
        for spec in scenarios:
            _require("scenario", spec.name, self._conditions.scenarios, "fault", FAULTS)
        self._conditions.choose(scenarios, faults=self._conditions.current.fault_specs)
        return await self._in_force(request)

    async def _choose_faults(self, request: Request) -> Response:
        posted = read_object(request, ("faults", "seed"))
        seed = None if posted.get("seed") is None else read_number(posted, "seed")
        faults = _specs(posted, "faults")
        for spec in faults:
            _require("fault", spec.name, FAULTS, "scenario", self._conditions.scenarios)
        self._conditions.choose(self._conditions.current.scenario_specs, seed, faults=faults)
        return await self._in_force(request)


_ROUTES = MappingProxyType({"scenario": "POST scenario", "fault": "POST faults, or --fault"})


def _require(kind: str, name: str, known: Collection[str], other_kind: str, others: Collection[str]) -> None:
    """Check that *name* is one of the *known* of its *kind*; it may be one of the *others* besides."""
    if name in known:
        return
    if name in others:
        raise UsageError(f"{name} is a {other_kind} and no {kind}: choose it with {_ROUTES[other_kind]}")
    raise unknown_name(kind, name, known)


def _specs(posted: Mapping[str, object], name: str) -> list[Spec]:
    texts = posted.get(name, [])
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise UsageError(f'{name} is a list of texts, such as ["no-update"]')
    return [parse_spec(text) for text in texts]
