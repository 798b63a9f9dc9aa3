import base64
import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.errors import InstallerError
from ota_dev.installers.containers.apple_compression.lzfse import decode_lzfse
from tests.installers.writers.compression import lzfse

PROSE = "".join(f"{n}: Acme Notes {n * n % 97} keeps what you wrote{'.' * (n % 7)}\n" for n in range(150)).encode()

# Written by the reference encoder, lzfse 1.0: the whole in an LZFSE block, and its first 600 bytes in one of LZVN.
ENCODED_PROSE = base64.b64decode(
    "YnZ4MqcYAAB0ASALACsBAHmlTpHrjAJApQAAAD8UoADHt3dbBAAAREBEgBye7A8AhgAAwM0JDNoRD8bDsG7G2Tg72GOtXjwDAAAAAAAAAAA8PA"
    "AAAAAA3AIAAPAt8Az8H3/Ba/AX/AWvwV/wHLwIBYACAAAUAAAAAEq5hEIpN6XzpkwKAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AIBbPrx9dQjBB+aHC4PqVr1pjOko08HAGDssqS5uHSDM6JPr9kB0g4ZhR/BgN8J9KBw2kAQiKJ37VFm1VSrl0aWYvzofpoeWwiN5uAAd4KQTY9"
    "N5z7LVwQAmhM1EKWnCAW8el3HxpCl+Y7d+B7uHq/dvcWGkku4yzt/0EsS7siw1wM6oLjvFHVLIBwg6aGGgPOqDFeym0sP4Kbr1/olWNvlOke/M"
    "zkzpE/l93v56wnheAQAAAAAAAAAAAAAQE0JFln330JGASlJXttPsEeMvQNKM9C7goUQsF7BYIR5bKy6IhyQGZkg2MYMX4T7PNkMEq5BLCuEggG"
    "OCdMXt+B8alN5hfGBrZTggHjEDE6JF2TMLpBMxjvhhrDEmtAfgEukwHjSDDUZHsLvngPCA3Rx/8QESGhfoAWU/kt2RaX+O0ZGJ53gcGvBemBtd"
    "BBwuB4cS+2VHGR42oPfQKZat3fs+ro3HqBRVw9A6WZAZskoPTA3N+/flhmkwYTaChr4TohE7n0fYV/Rd/OQ0ycH2o5QVQfkHbuic0nevvT/i8o"
    "NQhB1wv+K7ipMHRpjWxeCaS+3qQqddCqISWwAfP2QHhq0kHESOQAYQGp5IM3mYl3BBusoDQRPOhIERbrSgcG7iBJWi/hEoHU+HZ+1DcGokvpIk"
    "j6C4oxUtHSveiPgOCEPK10v45W6mXgeWnzVBsZrVkfgUy+sgKTpekPLxLRdWsmQgUDpGfGft+y+8btUWoI6CWqT0gcOwKLXxADPU4EBpeMxnLY"
    "t2LiSusicnRZKT3oMd79LDWPiFJqgUnRVQCu7HrOmzvg+r6TwIokJTBklQ1cNhdHUBJUjyJiKDAMvSEqk5biSh0JPgvBi5aLpI+IcSbKlPdwDV"
    "Q+3c9epSvJqo0x8KQRfdPVridnhA2GRySMmqOqDe6Eq9WxieKFWP7tjJ0WGE9FEFFvZ2HKR8fek7feDqXdK6B1e6nkVRXpUjZf+uYCHPlpDS/1"
    "RfKYMm+3ZJb0FKv4Yx/6kOF/mah3vPP+AhQzwQkof0Qn1c4XH1G+q9j1q6AMuWsoNVSAT/3Ix3w7s04Bh3UOASE7tCLOEM8FXwVPh3ORhXXAXh"
    "SmsgqA9idngk"
)
ENCODED_START = base64.b64decode(
    "YnZ4blgCAAC5AAAA4BEwOiBBY21lIE5vdGVzIDAga2VlcHMgd2hhdCB5b3Ugd3IAGJglCjH3bjH9yCYuCjL5bjT+yCcuCjP5bjn/yHUuCjT6aC"
    "k28ADIKi4KNfmeMjXwA8grLgo2+Z4zNvAEyCwuCjf5aKo0/pgmCjj3aPc2/5gnCjn3aUQ4/8mRLgox+mihM/AAmZUKMfhpcDLwAAgrOZr1aCs3"
    "8AEALDmf9JgsNzLwBAAtOaT0MCzjaGF0BgAAAAAAAABidngk"
)
LZFSE_BLOCK = ENCODED_PROSE.removesuffix(b"bvx$")


def test_a_block_of_the_reference_encoder_is_decoded() -> None:
    assert ENCODED_PROSE.startswith(b"bvx2")
    assert decode_lzfse(ENCODED_PROSE, len(PROSE)) == PROSE


def test_a_block_that_the_reference_encoder_wrote_as_lzvn_is_decoded() -> None:
    assert ENCODED_START.startswith(b"bvxn")
    assert decode_lzfse(ENCODED_START, 600) == PROSE[:600]


def test_blocks_of_every_kind_follow_each_other() -> None:
    assert decode_lzfse(LZFSE_BLOCK + lzfse(b"and more"), 10_000) == PROSE + b"and more"


@pytest.mark.parametrize("encoded", [ENCODED_PROSE, ENCODED_START], ids=["LZFSE", "LZVN"])
@pytest.mark.parametrize("limit", [0, 1, 7, 599])
def test_decoding_stops_at_the_limit(encoded: bytes, limit: int) -> None:
    assert decode_lzfse(encoded, limit) == PROSE[:limit]


@given(st.binary(max_size=2000))
def test_what_is_written_is_read(data: bytes) -> None:
    assert decode_lzfse(lzfse(data), len(data) + 1) == data


@pytest.mark.parametrize("size", [0, 3, 20, 31, 32, 200, 600, len(LZFSE_BLOCK) - 1])
def test_a_stream_that_is_cut_short_is_damaged(size: int) -> None:
    with pytest.raises(InstallerError, match="damaged"):
        decode_lzfse(ENCODED_PROSE[:size], len(PROSE))


def test_an_unknown_block_is_damaged() -> None:
    with pytest.raises(InstallerError, match="no such block"):
        decode_lzfse(b"bvx9" + bytes(100), 100)


def test_a_block_that_says_more_than_it_holds_is_damaged() -> None:
    forged = bytearray(ENCODED_PROSE)
    struct.pack_into("<I", forged, 4, len(PROSE) + 1)

    with pytest.raises(InstallerError, match="another size"):
        decode_lzfse(bytes(forged), 10_000)


def test_a_stream_of_senselessly_many_blocks_is_refused() -> None:
    with pytest.raises(InstallerError, match="more LZFSE blocks"):
        decode_lzfse((b"bvx-" + bytes(4)) * 1000, 100)


def test_a_match_from_before_the_beginning_is_damaged() -> None:
    match_at_distance_1 = b"\x00\x01"
    stream = b"bvxn" + struct.pack("<II", 3, len(match_at_distance_1)) + match_at_distance_1

    with pytest.raises(InstallerError, match="before its beginning"):
        decode_lzfse(stream, 3)


@given(st.data())
def test_every_damaged_stream_ends_in_bytes_or_a_reason(data: st.DataObject) -> None:
    damaged = bytearray(ENCODED_PROSE)
    for _ in range(3):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))

    with suppress(InstallerError):
        assert len(decode_lzfse(bytes(damaged), len(PROSE))) <= len(PROSE)
