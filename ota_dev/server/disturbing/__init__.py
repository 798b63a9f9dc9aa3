"""What faults do to one exchange: requests and responses bent as values. The adapter performs what is described.

asked = asked_by(request, resource)
struck = faults_in_force.for_request(asked)
request = bend_request(request, struck)
...                                        # answered, from a catalog bent with `promises_of(struck)`
response = disturb(response, request, struck)
"""

from ota_dev.server.disturbing.requests import asked_by, bend_request, breaks_answer, breaks_feed, promises_of
from ota_dev.server.disturbing.responses import FAULT_HEADER, disturb

__all__ = ["FAULT_HEADER", "asked_by", "bend_request", "breaks_answer", "breaks_feed", "disturb", "promises_of"]
