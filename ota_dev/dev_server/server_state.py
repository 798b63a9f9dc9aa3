"""What changes while a server runs, and its parts share: what is on offer, in force, seen, found, wrong and told.

Any thread may use it. It holds no rule and reads nothing.
"""

import secrets
from dataclasses import dataclass, field
from typing import Self

from ota_dev.config import ServerSettings
from ota_dev.dev_server.problems import Problems
from ota_dev.journal import Journal
from ota_dev.lint import CurrentFindings
from ota_dev.publishing import LivePublication
from ota_dev.server.control import Events
from ota_dev.server.in_force import Conditions
from ota_dev.server.stalls import Stalls

__all__ = ["ServerState"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ServerState:
    """The state of one run of a server."""

    run: str  # tells it from every other run
    events: Events
    conditions: Conditions
    live: LivePublication = field(default_factory=LivePublication)
    journal: Journal = field(default_factory=Journal)
    problems: Problems = field(default_factory=Problems)
    findings: CurrentFindings = field(default_factory=CurrentFindings)  # in the feeds on offer
    stalls: Stalls = field(default_factory=Stalls)

    @classmethod
    def beginning(cls, settings: ServerSettings) -> Self:
        """Begin with nothing but the scenarios and faults that *settings* put in force.

        Raises:
            UsageError: one of them cannot be used, or not on this server.
        """
        run = secrets.token_hex(4)
        conditions = Conditions(
            settings.scenarios,
            seed=settings.seed,
            has_key=settings.key is not None,
            has_tls=settings.tls_cert is not None,
        )
        conditions.choose(settings.in_force)
        return cls(run=run, events=Events(run), conditions=conditions)
