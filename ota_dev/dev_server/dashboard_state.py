"""Gathers what the dashboard shows from the rooms that know it. Any thread may call it."""

from collections.abc import Callable
from dataclasses import dataclass

from ota_dev.config import ServerSettings
from ota_dev.dashboard import Expecting, FaultInForce, StalledAnswer, State
from ota_dev.dev_server.server_state import ServerState
from ota_dev.feeds.formats import Feeds
from ota_dev.server.control import Changing

__all__ = ["StateReader"]


@dataclass(frozen=True, kw_only=True, slots=True)
class StateReader:
    """Reads the state of one server whenever it is called."""

    settings: ServerSettings
    state: ServerState
    feeds: Feeds
    changing: Changing
    url: Callable[[], str]  # known once the server listens

    def __call__(self) -> State:
        """Give the state at this moment."""
        state, key, judged = self.state, self.settings.key, self.changing.judged
        current, publication = state.conditions.current, state.live.current
        main, *others = self.feeds.values()
        return State(
            run=state.run,
            url=self.url(),
            folder=str(self.settings.folder),
            feed=main,
            other_feeds=tuple(others),
            publication=publication,
            exchanges=state.journal.exchanges,
            dropped=state.journal.dropped,
            known_scenarios=state.conditions.scenarios,
            scenarios=current.names,
            faults=tuple(
                FaultInForce(spec=str(spec), struck=count, is_of_scenario=spec not in current.fault_specs)
                for spec, count in zip(current.faults.specs, current.faults.counts, strict=True)
            ),
            seed=current.faults.seed,
            ongoing=state.journal.ongoing,
            expecting=Expecting(expectation=judged[0], result=judged[1]) if judged else None,
            stalls=tuple(
                StalledAnswer(number=stall.number, target=stall.target, since=stall.since, sent=stall.sent)
                for stall in state.stalls.current
            ),
            findings=state.findings.current,
            public_key=key.public_key if key else None,
        )
