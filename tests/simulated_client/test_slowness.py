"""How slow a download may be."""

from collections.abc import Sequence
from contextlib import nullcontext

import pytest

from ota_dev.errors import FetchingError
from ota_dev.simulated_client.slowness import SlownessCheck

CHUNKS: dict[str, tuple[Sequence[tuple[float, int]], bool]] = {
    "fast enough all the time": ([(5, 500_000), (10, 500_000), (15, 500_000), (30, 1_500_000)], False),
    "slow for less than fifteen seconds": ([(14, 10), (16, 1_600_000)], False),
    "a little too slow for fifteen seconds": ([(5, 500_000), (10, 500_000), (15, 499_999)], True),
    "fast at first, then slow": ([(15, 9_000_000), (30, 100)], True),
}


@pytest.mark.parametrize(("chunks", "is_given_up"), CHUNKS.values(), ids=CHUNKS)
def test_a_download_is_given_up_below_its_least_rate(chunks: Sequence[tuple[float, int]], is_given_up: bool) -> None:
    now = [0.0]
    check = SlownessCheck("https://acme.example/Acme.zip", 100_000, lambda: now[0])

    error = "this client gives up below 100 kB/s over 15 seconds"
    with pytest.raises(FetchingError, match=error) if is_given_up else nullcontext():
        for now[0], size in chunks:
            check.add(size)
