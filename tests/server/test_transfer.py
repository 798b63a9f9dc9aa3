import asyncio
import os
import threading
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.catalog.artifacts import FileIdentity
from ota_dev.server import transfer
from ota_dev.server.messages import FileBody, Span
from ota_dev.server.transfer import BodyReader, ContentChangedError

CONTENT = bytes(range(256)) * 40


@pytest.fixture
def body(tmp_path: Path) -> Callable[..., FileBody]:
    """Make a body of a file with `CONTENT`: `body(Span(0, 10), b"between", Span(5, 3))`."""

    def make(*pieces: bytes | Span, flipped: tuple[int, ...] = ()) -> FileBody:
        path = tmp_path / "Acme.dmg"
        path.write_bytes(CONTENT)
        file = path.open("rb", buffering=0)
        return FileBody(file=file, identity=FileIdentity.of(os.fstat(file.fileno())), pieces=pieces, flipped=flipped)

    return make


def read_all(source: bytes | FileBody, size: int) -> list[bytes]:
    async def scenario(disk: Executor) -> list[bytes]:
        reader, blocks = BodyReader(source, disk), list[bytes]()
        while block := await reader.read(size):
            blocks.append(block)
        return blocks

    with ThreadPoolExecutor(1) as disk:
        return asyncio.run(scenario(disk))


def test_a_file_is_read_in_blocks_of_the_size_asked(body: Callable[..., FileBody]) -> None:
    with body(Span(0, len(CONTENT))).file as file:
        source = FileBody(file=file, identity=FileIdentity.of(os.fstat(file.fileno())), pieces=(Span(0, len(CONTENT)),))

        blocks = read_all(source, 4096)

    assert [len(block) for block in blocks] == [4096, 4096, 2048]
    assert b"".join(blocks) == CONTENT


def test_many_small_pieces_are_joined_into_full_blocks(body: Callable[..., FileBody]) -> None:
    source = body(*[piece for first in range(1000) for piece in (b"--", Span(first, 2))])

    blocks = read_all(source, 1024)
    source.close()

    assert [len(block) for block in blocks] == [1024, 1024, 1024, 928]
    assert b"".join(blocks) == b"".join(b"--" + CONTENT[first : first + 2] for first in range(1000))


def test_what_is_not_in_memory_is_read_by_the_threads_of_the_disk(
    body: Callable[..., FileBody], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transfer, "read_cached", lambda *_: None)
    source = body(Span(10, 5000))

    blocks = read_all(source, 4096)
    source.close()

    assert b"".join(blocks) == CONTENT[10:5010]


@pytest.mark.parametrize(
    ("pieces", "sent"),
    [
        pytest.param([Span(0, 8)], bytes([0xFF, 1, 2, 3, 4, 5, 0xF9, 0xF8]), id="the whole file"),
        pytest.param([Span(3, 4)], bytes([3, 4, 5, 0xF9]), id="one range"),
        pytest.param([Span(1, 5)], bytes([1, 2, 3, 4, 5]), id="a range between them"),
        pytest.param(
            [b"\0\6", Span(6, 1), b"\7", Span(0, 1), Span(6, 2)],
            bytes([0, 6, 0xF9, 7, 0xFF, 0xF9, 0xF8]),
            id="several ranges, whose framing stays",
        ),
    ],
)
@pytest.mark.parametrize("size", [1, 3, 4096])
def test_flipped_bytes_are_the_same_ones_of_the_file_in_every_range(
    body: Callable[..., FileBody], pieces: list[bytes | Span], sent: bytes, size: int
) -> None:
    source = body(*pieces, flipped=(0, 6, 7))

    blocks = read_all(source, size)
    source.close()

    assert b"".join(blocks) == sent


@pytest.mark.parametrize("cached", [True, False], ids=["in memory", "on disk"])
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda file: file.write(b"x"), id="overwritten in place"),
        pytest.param(lambda file: file.truncate(5000), id="cut"),
        pytest.param(lambda file: file.truncate(len(CONTENT) + 1), id="grown"),
    ],
)
def test_a_file_whose_bytes_change_is_not_read_on(
    body: Callable[..., FileBody], monkeypatch: pytest.MonkeyPatch, change: Callable[[object], object], cached: bool
) -> None:
    if not cached:
        monkeypatch.setattr(transfer, "read_cached", lambda *_: None)
    source = body(Span(0, len(CONTENT)))
    path = Path(source.file.name)
    with path.open("r+b") as file:
        change(file)
    os.utime(path, ns=(1, 1))

    with pytest.raises(ContentChangedError):
        read_all(source, 4096)
    source.close()


@given(st.lists(st.one_of(st.binary(max_size=30), st.integers(0, 50)), max_size=8), st.integers(1, 40))
def test_however_it_is_cut_a_body_is_read_whole(pieces: list[bytes | int], size: int) -> None:
    spans = [piece if isinstance(piece, bytes) else Span(piece, piece) for piece in pieces]
    expected = b"".join(piece if isinstance(piece, bytes) else CONTENT[piece : piece * 2] for piece in pieces)
    with Path(os.devnull).open("rb", buffering=0) as file, pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            transfer, "read_cached", lambda _, length, position: CONTENT[position : position + min(length, 7)]
        )
        patch.setattr(FileBody, "is_unchanged", lambda _: True)
        source = FileBody(file=file, identity=FileIdentity(0, 0, 0, 0, 0), pieces=tuple(spans))

        blocks = read_all(source, size)

    assert b"".join(blocks) == expected
    assert all(len(block) == size for block in blocks[:-1])


def test_who_gives_up_on_a_slow_disk_waits_until_its_thread_is_done(
    body: Callable[..., FileBody], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_read, has_read = threading.Event(), threading.Event(), list[int]()

    def read_late(_: int, size: int, __: int) -> bytes:
        begun.set()
        may_read.wait(10)
        has_read.append(size)
        return b"x" * size

    async def scenario(disk: Executor) -> list[int]:
        reading = asyncio.create_task(BodyReader(source, disk).read(100))
        await asyncio.to_thread(begun.wait, 10)
        reading.cancel()
        asyncio.get_running_loop().call_soon(may_read.set)
        with pytest.raises(asyncio.CancelledError):
            await reading
        return list(has_read)

    monkeypatch.setattr(transfer, "read_cached", lambda *_: None)
    monkeypatch.setattr(transfer, "read_at", read_late)
    source = body(Span(0, 100))
    with ThreadPoolExecutor(1) as disk:
        finished = asyncio.run(scenario(disk))
    source.close()

    assert finished == [100]
