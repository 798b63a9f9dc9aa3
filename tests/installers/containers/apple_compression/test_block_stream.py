import io
import lzma
import struct
import zlib
from collections.abc import Callable

import pytest

from ota_dev.errors import IncompleteInstallerError, InstallerError
from ota_dev.installers.containers.apple_compression.block_stream import BlockStream
from tests.installers.writers.compression import blocks, lzfse, lzvn

DATA = b"".join(struct.pack(">I", number // 16) for number in range(50_000))


def deflate(data: bytes) -> bytes:
    compressor = zlib.compressobj(wbits=-15)
    return compressor.compress(data) + compressor.flush()


def stream_of(data: bytes, magic: bytes = b"pbzz", encode: Callable[[bytes], bytes] = zlib.compress) -> io.BytesIO:
    return io.BytesIO(blocks(magic, encode, data))


@pytest.mark.parametrize(
    ("magic", "encode"),
    [
        pytest.param(b"pbzz", zlib.compress, id="zlib"),
        pytest.param(b"pbzz", deflate, id="deflate without a frame"),
        pytest.param(b"pbzx", lzma.compress, id="xz"),
        pytest.param(b"pbze", lzfse, id="LZFSE"),
        pytest.param(b"pbze", bytes, id="stored"),
    ],
)
def test_the_blocks_give_the_stream(magic: bytes, encode: Callable[[bytes], bytes]) -> None:
    stream = BlockStream(stream_of(DATA, magic, encode))

    assert stream.read(len(DATA) + 1) == DATA
    assert stream.position == len(DATA)


@pytest.mark.parametrize("place", [0, 1, 65_535, 65_536, 65_537, 131_072, 199_999])
def test_reading_goes_on_after_what_was_skipped(place: int) -> None:
    stream = BlockStream(stream_of(DATA))
    stream.read(1)
    stream.skip(max(place - 1, 0))

    assert stream.read(10) == DATA[max(place, 1) :][:10]


def test_a_block_that_is_skipped_is_not_unpacked() -> None:
    damaged = bytearray(stream_of(DATA).getvalue())
    damaged[40:60] = b"\xff" * 20
    stream = BlockStream(io.BytesIO(damaged))

    stream.skip(65_536)

    assert stream.read(4) == DATA[65_536:65_540]


@pytest.mark.parametrize("method", ["read", "skip", "finish"])
@pytest.mark.parametrize("missing", [1, 100])
def test_a_stream_that_ends_within_a_block_is_cut_short(method: str, missing: int) -> None:
    stream = BlockStream(io.BytesIO(stream_of(DATA).getvalue()[:-missing]))

    with pytest.raises(IncompleteInstallerError, match="cut short"):
        stream.finish() if method == "finish" else getattr(stream, method)(len(DATA))


def test_a_stream_that_ends_within_the_head_of_a_block_is_cut_short() -> None:
    with pytest.raises(IncompleteInstallerError, match="cut short"):
        BlockStream(io.BytesIO(stream_of(b"").getvalue() + bytes(8))).read(1)


def test_skipping_beyond_the_end_shows_that_the_stream_is_cut_short() -> None:
    with pytest.raises(IncompleteInstallerError, match="cut short"):
        BlockStream(stream_of(DATA)).skip(len(DATA) + 1)


@pytest.mark.parametrize(
    ("size", "packed"),
    [
        pytest.param(2**40, b"x", id="senselessly large"),
        pytest.param(2, b"xxx", id="larger than what it unpacks to"),
    ],
)
def test_a_block_of_senseless_size_is_refused(size: int, packed: bytes) -> None:
    stream = b"pbzz" + bytes(8) + struct.pack(">QQ", size, len(packed)) + packed

    with pytest.raises(InstallerError, match="senseless size"):
        BlockStream(io.BytesIO(stream)).read(1)


def test_a_block_that_unpacks_to_less_than_it_says_is_damaged() -> None:
    packed = zlib.compress(b"short")
    stream = b"pbzz" + bytes(8) + struct.pack(">QQ", 1000, len(packed)) + packed

    with pytest.raises(InstallerError, match="less than it should"):
        BlockStream(io.BytesIO(stream)).read(1)


def test_a_bomb_of_empty_blocks_is_refused() -> None:
    with pytest.raises(InstallerError, match="more than 50,000 blocks"):
        BlockStream(io.BytesIO(b"pbzz" + bytes(8) + bytes(16) * 60_000)).read(1)


def test_a_stream_that_takes_too_long_is_given_up() -> None:
    ticks = iter([0.0, 1.0, 1_000.0])
    stream = BlockStream(stream_of(DATA), clock=lambda: next(ticks))

    with pytest.raises(InstallerError, match="too long"):
        stream.read(len(DATA))


def test_an_unknown_compression_is_named() -> None:
    with pytest.raises(InstallerError, match="pbz4"):
        BlockStream(io.BytesIO(b"pbz4" + bytes(100)))


def test_lzvn_alone_is_no_stream_of_lzfse() -> None:
    with pytest.raises(InstallerError, match="no such block"):
        BlockStream(stream_of(bytes(1000), b"pbze", lambda data: lzvn(data)[:900])).read(1)
