"""What a client is expected to do, as it is written."""

from datetime import timedelta

import pytest

from ota_dev.catalog.expectations import Expectation, Expected
from ota_dev.errors import UsageError
from ota_dev.scenarios.expectations import parse_expectation


@pytest.mark.parametrize(
    "text",
    [
        *("must-not-download", "must-download-completely", "must-refuse"),
        *("must-retry-within:time=60s", "must-retry-within:time=1500ms"),
    ],
)
def test_an_expectation_is_written_as_it_is_read(text: str) -> None:
    assert str(parse_expectation(text)) == text


def test_a_client_has_a_minute_to_retry_unless_another_time_is_said() -> None:
    assert parse_expectation("must-retry-within") == Expectation(
        of_client=Expected.MUST_RETRY_WITHIN, within=timedelta(minutes=1)
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("must-refuze", "there is no such expectation, did you mean must-refuse?"),
        ("must-refuse:time=3s", "there is no parameter time, it takes none"),
        ("must-retry-within:time=soon", "write a time with its unit"),
    ],
)
def test_what_cannot_be_expected_is_refused(text: str, problem: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_expectation(text)

    assert problem in str(caught.value)
