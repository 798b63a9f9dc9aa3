"""Scenarios that users make themselves: of another scenario, a policy for the newest release and faults. Pure."""

from dataclasses import dataclass, replace

from ota_dev.catalog.expectations import Expectation
from ota_dev.catalog.policy import NOTHING_SAID, Policy
from ota_dev.catalog.releases import Catalog
from ota_dev.scenarios.asker import Asker
from ota_dev.scenarios.bends.advertising import Advertised
from ota_dev.scenarios.bends.interface import Bend
from ota_dev.scenarios.bends.newest import with_policy
from ota_dev.scenarios.catalogue import NORMAL, SCENARIOS
from ota_dev.scenarios.scenario import Chosen, Scenario, choose
from ota_dev.scenarios.syntax import Spec

__all__ = ["own_scenario"]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Bundle:
    """A bend, and what is to be done after it."""

    base: Bend
    advertised: Advertised | None
    policy: Policy  # of the newest release

    def bend(self, catalog: Catalog, asker: Asker) -> Catalog:
        """Bend *catalog* as the base does, advertise, and lay the policy over that of the newest release."""
        bent = self.base.bend(catalog, asker)
        if self.advertised:
            bent = self.advertised.bend(bent, asker)
        return bent if self.policy == NOTHING_SAID else with_policy(bent, lambda _: self.policy)


def own_scenario(
    name: str,
    *,
    does: str,
    based_on: Chosen | None = None,
    client_must: str | None = None,
    advertise: Advertised | None = None,
    policy: Policy = NOTHING_SAID,
    faults: tuple[Spec, ...] = (),
    expect: Expectation | None = None,
) -> Scenario:
    """Make a scenario out of *based_on* (else `normal`) and what is said over it; all else is as it is there."""
    based_on = based_on or choose(NORMAL.name, SCENARIOS)
    base = based_on.scenario
    return replace(
        base,
        name=name,
        does=does,
        client_must=client_must or base.client_must,
        bend=_Bundle(base=based_on.bend, advertised=advertise, policy=policy),
        faults=(*based_on.faults, *faults),
        expect=expect or base.expect,
    )
