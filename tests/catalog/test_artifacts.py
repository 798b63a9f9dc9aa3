"""What stays the same while a file's content does, and when the file was last modified."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ota_dev.catalog.artifacts import FileIdentity

IDENTITY = FileIdentity(size=1, modified_ns=1_767_312_000_999_999_999, changed_ns=1, inode=1, device=1)


@pytest.mark.parametrize(
    ("modified_ns", "modified"),
    [
        (IDENTITY.modified_ns, datetime(2026, 1, 2, tzinfo=UTC)),
        (32_503_680_000 * 10**9, datetime(3000, 1, 1, tzinfo=UTC)),
        (253_402_300_800 * 10**9, datetime(9998, 12, 31, tzinfo=UTC)),
        (2**62 * 10**9, datetime(9998, 12, 31, tzinfo=UTC)),
        (-1, datetime(1970, 1, 1, tzinfo=UTC)),
    ],
    ids=["to the second", "beyond what Windows can tell", "the year 10000", "as late as can be", "before 1970"],
)
def test_every_date_that_a_file_system_holds_can_be_told(modified_ns: int, modified: datetime) -> None:
    assert replace(IDENTITY, modified_ns=modified_ns).modified == modified


def test_a_new_name_or_permission_leaves_the_bytes_the_same_and_a_new_date_does_not() -> None:
    assert replace(IDENTITY, changed_ns=2).has_same_bytes_as(IDENTITY)
    assert not replace(IDENTITY, modified_ns=2).has_same_bytes_as(IDENTITY)
