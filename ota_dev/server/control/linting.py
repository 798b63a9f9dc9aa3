"""The route that shows what is wrong with the feeds on offer; events tell when that changes. It changes nothing."""

from ota_dev.lint import CurrentFindings, described
from ota_dev.server.control.events import Events
from ota_dev.server.control.interface import Routes
from ota_dev.server.messages import Request, Response

__all__ = ["Linting"]


class Linting:
    """Show the findings of the publication that was linted last."""

    def __init__(self, findings: CurrentFindings, events: Events) -> None:
        self._findings = findings
        findings.subscribe(lambda: events.add("changed", {"what": "findings"}))

    @property
    def routes(self) -> Routes:
        """Give the route."""
        return {("GET", "findings"): self._current}

    async def _current(self, _: Request) -> Response:
        current = self._findings.current
        answer = {
            "revision": current.revision,
            "findings": [{"feed": found.feed, **described(found.finding)} for found in current.findings],
            "left_out": current.left_out,
        }
        return Response.json(200, answer)
