from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ota_dev.catalog.versions import Version
from ota_dev.journal import Client, Exchange, describe_offer

EXCHANGE = Exchange(
    started=datetime(2026, 1, 2, tzinfo=UTC),
    peer="127.0.0.1",
    method="GET",
    target="/downloads/Acme-1.0.dmg",
    client=Client(),
    status=200,
    expected=1000,
    sent=410,
    duration=timedelta(seconds=1),
)


def test_completion_is_the_part_of_the_body_that_was_sent() -> None:
    assert EXCHANGE.completion == 0.41


def test_an_answer_without_a_body_is_complete() -> None:
    assert replace(EXCHANGE, expected=0, sent=0).completion == 1.0


@pytest.mark.parametrize(
    ("installed", "newest", "text"),
    [
        ("1.2.0", "1.3.0", "offered 1.3.0 to 1.2.0"),
        ("1.3.0", "1.3.0", "nothing newer than 1.3.0"),
        ("1.4.0", "1.3.0", "nothing newer than 1.4.0"),
        ("1.9.0", "1.10.0", "offered 1.10.0 to 1.9.0"),
        (None, "1.3.0", "offered 1.3.0"),
        ("1.2.0", None, "nothing on offer"),
    ],
)
def test_the_offer_is_said_from_the_clients_point_of_view(installed: str | None, newest: str | None, text: str) -> None:
    client = Client(family="Sparkle", version=installed)

    assert describe_offer(client, Version(newest) if newest else None) == text
