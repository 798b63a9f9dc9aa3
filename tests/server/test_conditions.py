from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from ota_dev.server.conditions import Validators
from ota_dev.server.messages import Request

MakeRequest = Callable[..., Request]

VALIDATORS = Validators('"abc"', datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
MODIFIED = "Fri, 02 Jan 2026 03:04:05 GMT"
EARLIER = "Fri, 02 Jan 2026 03:04:04 GMT"
LATER = "Fri, 02 Jan 2026 03:04:06 GMT"


def test_the_validators_are_stated_in_headers() -> None:
    assert VALIDATORS.headers == {"ETag": '"abc"', "Last-Modified": MODIFIED}


@pytest.mark.parametrize(
    ("headers", "is_current"),
    [
        pytest.param({}, False, id="no condition"),
        pytest.param({"If_None_Match": '"abc"'}, True, id="the same tag"),
        pytest.param({"If_None_Match": 'W/"abc"'}, True, id="the same tag, weak"),
        pytest.param({"If_None_Match": '"x", "abc"'}, True, id="one of several tags"),
        pytest.param({"If_None_Match": "*"}, True, id="any tag"),
        pytest.param({"If_None_Match": '"x"'}, False, id="another tag"),
        pytest.param({"If_None_Match": "abc"}, False, id="a tag without quotes"),
        pytest.param({"If_None_Match": '"x"', "If_Modified_Since": LATER}, False, id="the tag goes before the date"),
        pytest.param({"If_Modified_Since": MODIFIED}, True, id="not modified since"),
        pytest.param({"If_Modified_Since": EARLIER}, False, id="modified since"),
        pytest.param({"If_Modified_Since": "Friday, 02-Jan-26 03:04:05 GMT"}, True, id="the old form of a date"),
        pytest.param({"If_Modified_Since": "Fri Jan  2 03:04:05 2026"}, True, id="the oldest form of a date"),
        pytest.param({"If_Modified_Since": "yesterday"}, False, id="no date"),
        pytest.param({"If_Modified_Since": "Fri, 99 Jan 99999 99:99:99 GMT"}, False, id="an impossible date"),
    ],
)
def test_a_client_that_has_this_state_is_current(
    request_for: MakeRequest, headers: dict[str, str], is_current: bool
) -> None:
    assert VALIDATORS.client_is_current(request_for("/", **headers)) is is_current


@pytest.mark.parametrize(
    ("condition", "applies"),
    [
        pytest.param('"abc"', True, id="the same tag"),
        pytest.param('W/"abc"', False, id="a weak tag never matches"),
        pytest.param('"old"', False, id="another tag"),
        pytest.param(MODIFIED, True, id="the exact date"),
        pytest.param(LATER, False, id="a later date"),
        pytest.param(EARLIER, False, id="an earlier date"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_a_part_is_sent_only_of_the_state_that_the_client_has(
    request_for: MakeRequest, condition: str, applies: bool
) -> None:
    assert VALIDATORS.range_applies(request_for("/", If_Range=condition)) is applies


@pytest.mark.parametrize(
    ("headers", "fails"),
    [
        pytest.param({"If_Match": '"abc"'}, False, id="the same tag"),
        pytest.param({"If_Match": "*"}, False, id="any tag"),
        pytest.param({"If_Match": 'W/"abc"'}, True, id="a weak tag never matches"),
        pytest.param({"If_Match": '"x"'}, True, id="another tag"),
        pytest.param({"If_Unmodified_Since": MODIFIED}, False, id="unmodified since"),
        pytest.param({"If_Unmodified_Since": EARLIER}, True, id="modified since"),
        pytest.param({"If_Unmodified_Since": "yesterday"}, False, id="no date"),
    ],
)
def test_a_precondition_fails_for_another_state(request_for: MakeRequest, headers: dict[str, str], fails: bool) -> None:
    assert VALIDATORS.precondition_fails(request_for("/", **headers)) is fails
