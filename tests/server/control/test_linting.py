"""What is wrong with the feeds on offer, as scripts and pages read it."""

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from typing import Any

import pytest

from ota_dev.lint import CurrentFindings, PublishedFindings
from ota_dev.server.control.events import Events

Call = Callable[..., tuple[int, Any]]


def test_findings_are_those_of_the_publication_that_was_linted_last(call: Call, findings: CurrentFindings) -> None:
    status, answer = call("GET", "findings")
    findings.replace(PublishedFindings(revision=2))

    assert (status, answer["revision"], answer["left_out"]) == (200, 1, 0)
    assert [(each["feed"], each["code"], each["line"]) for each in answer["findings"]] == [
        ("appcast.xml", "feed-empty", None)
    ]
    assert call("GET", "findings") == (200, {"revision": 2, "findings": [], "left_out": 0})


@pytest.mark.usefixtures("control")
def test_events_tell_when_other_things_are_found(findings: CurrentFindings, events: Events) -> None:
    async def first_event() -> bytes:
        async with aclosing(events.stream()) as stream:
            await anext(stream)
            findings.replace(PublishedFindings(revision=2, findings=findings.current.findings))
            findings.replace(PublishedFindings(revision=3))
            return await anext(stream)

    told = asyncio.run(first_event())

    assert b'event: changed\ndata: {"what": "findings"}' in told
    assert b"-1\n" in told, "the same findings of another publication are no news"
