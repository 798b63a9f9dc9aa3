"""Sizes as people read them."""

import pytest

from ota_dev.catalog.readable_size import readable_size


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (1_250_000, "1.2 MB"),
        (5 * 10**9, "5.0 GB"),
        (2 * 10**12, "2.0 TB"),
    ],
)
def test_sizes_are_decimal(size: int, text: str) -> None:
    assert readable_size(size) == text
