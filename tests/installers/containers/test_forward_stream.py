import bz2
import gzip
import io
import lzma
from collections.abc import Callable
from itertools import count

import pytest

from ota_dev.errors import IncompleteInstallerError, InstallerError
from ota_dev.installers.containers import forward_stream
from ota_dev.installers.containers.forward_stream import open_stream

TEXT = b"".join(b"line %d\n" % number for number in range(100_000))

Compress = Callable[[bytes], bytes]
COMPRESSIONS = [
    pytest.param(bytes, id="none"),
    pytest.param(gzip.compress, id="gzip"),
    pytest.param(bz2.compress, id="bzip2"),
    pytest.param(lzma.compress, id="xz"),
    pytest.param(lambda data: lzma.compress(data, lzma.FORMAT_ALONE), id="lzma"),
]


@pytest.mark.parametrize("compress", COMPRESSIONS)
def test_a_stream_gives_the_content_in_its_order(compress: Compress) -> None:
    stream = open_stream(io.BytesIO(compress(TEXT)))

    start = stream.read(1000)
    stream.skip(500_000)
    middle, place = stream.read(300_000), stream.position
    rest = stream.read(len(TEXT))

    assert (start, middle) == (TEXT[:1000], TEXT[501_000:801_000])
    assert place == 801_000
    assert rest == TEXT[801_000:]
    assert stream.read(1) == b""


@pytest.mark.parametrize("compress", COMPRESSIONS)
def test_skipping_beyond_the_end_says_that_it_is_cut_short(compress: Compress) -> None:
    stream = open_stream(io.BytesIO(compress(TEXT)))

    with pytest.raises(IncompleteInstallerError, match="cut short"):
        stream.skip(len(TEXT) + 1)


@pytest.mark.parametrize("compress", COMPRESSIONS[1:4])
def test_several_compressed_streams_are_one_content(compress: Compress) -> None:
    packed = compress(TEXT[:300_000]) + compress(b"") + compress(TEXT[300_000:]) + bytes(512)

    assert open_stream(io.BytesIO(packed)).read(2 * len(TEXT)) == TEXT


def test_unpacking_stops_at_the_limit_of_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forward_stream, "MAX_UNPACKED", 8 * 1024**2)
    stream = open_stream(io.BytesIO(gzip.compress(bytes(9 * 1024**2))))

    with pytest.raises(InstallerError, match="unpacks to more than 8 MiB"):
        stream.finish()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(gzip.compress(bytes(70 * 256 * 1024)), id="a bomb"),
        pytest.param(bz2.compress(b"") * 70, id="crumbs"),
    ],
)
def test_unpacking_stops_at_the_limit_of_time(content: bytes) -> None:
    seconds = count()
    stream = open_stream(io.BytesIO(content), clock=lambda: next(seconds))

    with pytest.raises(InstallerError, match="takes more than 60 seconds"):
        stream.finish()


def test_a_stream_that_asks_for_senseless_memory_is_refused() -> None:
    packed = bytearray(lzma.compress(TEXT, lzma.FORMAT_ALONE))
    packed[1:5] = (512 * 1024**2).to_bytes(4, "little")  # the window that unpacking needs

    with pytest.raises(InstallerError, match="Memory usage limit"):
        open_stream(io.BytesIO(packed)).read(1)
