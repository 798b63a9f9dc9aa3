import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.errors import InstallerError
from ota_dev.installers.containers.apple_compression.adc import decode_adc
from tests.installers.writers.compression import adc


@pytest.mark.parametrize(
    ("encoded", "decoded"),
    [
        pytest.param(b"\x82abc", b"abc", id="literals"),
        pytest.param(b"\x82abc" + b"\x08\x02", b"abcabcab", id="a short match that repeats itself"),
        pytest.param(b"\x82abc" + b"\x42\x00\x00", b"abccccccc", id="a long match"),
    ],
)
def test_each_operation_is_decoded(encoded: bytes, decoded: bytes) -> None:
    assert decode_adc(encoded, 100) == decoded


@given(st.binary(max_size=500) | st.integers(0, 500).map(bytes))
def test_what_is_written_is_read(data: bytes) -> None:
    assert decode_adc(adc(data), len(data) + 1) == data


def test_decoding_stops_at_the_limit() -> None:
    assert decode_adc(b"\x80a" + b"\x7f\x00\x00" * 1000, 10) == b"a" * 10


def test_data_that_ends_within_a_match_is_damaged() -> None:
    with pytest.raises(InstallerError, match="within a match"):
        decode_adc(b"\x80a\x40\x00", 100)


def test_a_match_from_before_the_beginning_is_damaged() -> None:
    with pytest.raises(InstallerError, match="before its beginning"):
        decode_adc(b"\x80a\x00\x01", 100)
