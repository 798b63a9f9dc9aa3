import pytest

from ota_dev.errors import InstallerError
from ota_dev.installers.containers.apple_compression.lzvn import decode_lzvn

ABC = b"\xe3abc"  # three literals
END = b"\x06" + bytes(7)


def decoded(data: bytes, end: int = 1000) -> bytes:
    output = bytearray()
    decode_lzvn(memoryview(data), output, end)
    return bytes(output)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(ABC, b"abc", id="few literals"),
        pytest.param(b"\xe0\x01" + b"x" * 17, b"x" * 17, id="many literals"),
        pytest.param(ABC + b"\x48\x03x", b"abcxbcxb", id="a short distance, with a literal"),
        pytest.param(ABC + b"\x0f\x03\x00", b"abcabca", id="a long distance"),
        pytest.param(ABC + b"\xa9\x0d\x00x", b"abcxbcxbcxbc", id="a medium distance, with a literal"),
        pytest.param(ABC + b"\x00\x03\x46x", b"abcabcxbcx", id="the distance before, with a literal"),
        pytest.param(ABC + b"\x00\x03\xf2", b"abcabcab", id="the distance before, few bytes"),
        pytest.param(ABC + b"\x00\x03\xf0\x01", b"abcabc" + b"abc" * 5 + b"ab", id="the distance before, many bytes"),
        pytest.param(ABC + b"\x0e\x16" + ABC, b"abcabc", id="operations that do nothing"),
        pytest.param(ABC + END + ABC, b"abc", id="the end"),
    ],
)
def test_each_operation_is_decoded(data: bytes, expected: bytes) -> None:
    assert decoded(data) == expected


def test_a_match_may_reach_back_into_what_was_there_before() -> None:
    output = bytearray(b"abc")

    decode_lzvn(memoryview(b"\x00\x03"), output, 6)

    assert output == b"abcabc"


def test_decoding_stops_at_the_end_that_is_given() -> None:
    assert decoded(ABC + b"\x00\x03" + b"\xf0\xff" * 1000, end=10) == b"abcabcabca"


@pytest.mark.parametrize("code", [0x1E, 0x3E, 0x70, 0x7F, 0xD0, 0xDF])
def test_an_operation_that_does_not_exist_is_damaged(code: int) -> None:
    with pytest.raises(InstallerError, match="no such operation"):
        decoded(ABC + bytes([code]))


def test_operations_that_do_nothing_end() -> None:
    assert decoded(b"\x0e" * 10_000_000) == b""
