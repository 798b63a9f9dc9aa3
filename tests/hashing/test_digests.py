import hashlib
import io
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.hashing import ALGORITHMS, Algorithm, digest_stream

MIB = 1024 * 1024


class FailingStream(io.BytesIO):
    """Gives a few whole blocks, then fails as a drive does that was pulled out."""

    blocks = 3

    def read(self, size: int | None = -1, /) -> bytes:
        self.blocks -= 1
        if self.blocks < 0:
            raise OSError("the drive is gone")
        return b"x" * (size or 0)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("size", [0, 1, 256 * 1024, MIB + 1], ids=["empty", "one byte", "one block", "several blocks"])
def test_a_digest_is_the_one_that_hashlib_gives_for_the_whole(algorithm: str, size: int) -> None:
    data = bytes(range(251)) * (size // 251 + 1)

    digests = digest_stream(io.BytesIO(data[:size]), [algorithm])

    assert digests == {algorithm: hashlib.new(algorithm, data[:size]).digest()}


@given(st.sets(st.sampled_from(ALGORITHMS), min_size=2, max_size=4), st.integers(0, MIB))
def test_several_digests_of_one_reading_are_those_of_several_readings(algorithms: set[str], size: int) -> None:
    data = b"ota" * size

    together = digest_stream(io.BytesIO(data), sorted(algorithms))

    assert together == {name: digest_stream(io.BytesIO(data), [name])[name] for name in algorithms}
    assert list(together) == sorted(algorithms)


def test_progress_adds_up_to_the_size_however_many_digests_are_asked() -> None:
    advances: list[int] = []

    digest_stream(io.BytesIO(b"x" * (MIB + 5)), ["sha256", "md5", "sha1"], advances.append)

    assert sum(advances) == MIB + 5
    assert len(advances) > 1


def test_a_stream_that_fails_ends_the_threads_of_its_digests() -> None:
    before = threading.active_count()

    with pytest.raises(OSError, match="the drive is gone"):
        digest_stream(FailingStream(), ["sha256", "sha512"])

    assert threading.active_count() == before


def test_what_progress_raises_ends_the_reading() -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    source = io.BytesIO(b"x" * MIB)

    with pytest.raises(KeyboardInterrupt):
        digest_stream(source, ["sha256"], stop)

    assert source.tell() < MIB


@pytest.mark.parametrize("algorithm", Algorithm)
def test_an_algorithm_knows_the_length_of_its_digests(algorithm: Algorithm) -> None:
    digest = digest_stream(io.BytesIO(), [algorithm])[algorithm]

    assert len(digest) == algorithm.digest_size
