"""Gathers what the dashboard shows from the rooms that know it. Any thread may call it."""

from collections.abc import Callable
from dataclasses import dataclass

from ota_dev.dashboard import Expecting, FaultInForce, StalledAnswer, State
from ota_dev.feeds.formats import Feeds
from ota_dev.journal import Journal
from ota_dev.lint import CurrentFindings
from ota_dev.publishing import LivePublication
from ota_dev.server.control import Changing
from ota_dev.server.in_force import Conditions
from ota_dev.server.stalls import Stalls

__all__ = ["StateReader"]


@dataclass(frozen=True, kw_only=True, slots=True)
class StateReader:
    """Reads the state of one server whenever it is called."""

    run: str  # tells this run of the server from every other
    url: Callable[[], str]  # known once the server listens
    folder: str
    feeds: Feeds
    live: LivePublication
    journal: Journal
    conditions: Conditions
    changing: Changing
    stalls: Stalls
    findings: CurrentFindings
    public_key: str | None

    def __call__(self) -> State:
        """Give the state at this moment."""
        current, judged = self.conditions.current, self.changing.judged
        main, *others = self.feeds.values()
        return State(
            run=self.run,
            url=self.url(),
            folder=self.folder,
            feed=main,
            other_feeds=tuple(others),
            publication=self.live.current,
            exchanges=self.journal.exchanges,
            dropped=self.journal.dropped,
            known_scenarios=self.conditions.scenarios,
            scenarios=current.names,
            faults=tuple(
                FaultInForce(spec=str(spec), struck=count, is_of_scenario=spec not in current.fault_specs)
                for spec, count in zip(current.faults.specs, current.faults.counts, strict=True)
            ),
            seed=current.faults.seed,
            ongoing=self.journal.ongoing,
            expecting=Expecting(expectation=judged[0], result=judged[1]) if judged else None,
            stalls=tuple(
                StalledAnswer(number=stall.number, target=stall.target, since=stall.since, sent=stall.sent)
                for stall in self.stalls.current
            ),
            findings=self.findings.current,
            public_key=self.public_key,
        )
