import bz2
import io
import lzma
import struct
import zlib
from collections.abc import Callable

import pytest

from ota_dev.errors import InstallerError
from ota_dev.installers.flat_package.xar import MAX_FILES, Xar
from tests.installers.writers.flat_package import xar

CONTENT = b"".join(struct.pack(">I", number // 9) for number in range(5_000))


def archive_of_table(table: bytes) -> io.BytesIO:
    packed = zlib.compress(table)
    return io.BytesIO(struct.pack(">4sHHQQI", b"xar!", 28, 1, len(packed), len(table), 1) + packed)


@pytest.mark.parametrize(
    ("encoding", "encode"),
    [
        pytest.param("application/octet-stream", bytes, id="stored"),
        pytest.param("application/x-gzip", zlib.compress, id="zlib"),
        pytest.param("application/x-bzip2", bz2.compress, id="bzip2"),
        pytest.param("application/x-xz", lzma.compress, id="xz"),
    ],
)
def test_members_are_read_whatever_their_encoding(encoding: str, encode: Callable[[bytes], bytes]) -> None:
    archive = Xar(io.BytesIO(xar({"a/b/c": encode(CONTENT), "d": encode(b"")}, encoding=encoding)))

    assert list(archive.members) == ["d", "a/b/c"]
    assert archive.read("a/b/c", 10_000) == CONTENT[:10_000]
    assert archive.read("d", 10_000) == b""
    assert archive.open("a/b/c").read() == CONTENT


def test_a_member_is_a_file_of_its_own() -> None:
    file = Xar(io.BytesIO(xar({"before": b"before", "member": CONTENT, "after": b"after"}))).open("member")

    assert file.seek(0, 2) == len(CONTENT)
    assert file.seek(-4, 1) == len(CONTENT) - 4
    assert file.read(10) == CONTENT[-4:]
    assert file.seek(3) == 3
    assert file.read(10_000) == CONTENT[3:10_003]


def test_an_unknown_encoding_is_named() -> None:
    archive = Xar(io.BytesIO(xar({"member": b"?"}, encoding="application/x-acme")))

    with pytest.raises(InstallerError, match="application/x-acme"):
        archive.read("member", 10)


def test_a_table_of_senselessly_many_files_is_refused() -> None:
    with pytest.raises(InstallerError, match="more than"):
        Xar(archive_of_table(b"<xar><toc>" + b"<file/>" * (MAX_FILES + 1) + b"</toc></xar>"))


def test_a_table_that_unpacks_to_a_senseless_size_is_refused() -> None:
    with pytest.raises(InstallerError, match="longer than"):
        Xar(archive_of_table(b"<xar>" + b" " * 100_000_000))


@pytest.mark.parametrize(("offset", "length"), [("x", "1"), ("1", ""), ("-1", "1"), ("1", "-1"), ("9" * 5000, "1")])
def test_a_place_that_is_no_number_is_damage(offset: str, length: str) -> None:
    data = f"<data><offset>{offset}</offset><length>{length}</length></data>"

    with pytest.raises(InstallerError, match="damaged"):
        Xar(archive_of_table(f"<xar><toc><file><name>a</name>{data}</file></toc></xar>".encode()))


def test_files_in_files_in_files_end() -> None:
    depth = 40_000
    table = b"<xar><toc>" + b"<file>" * depth + b"</file>" * depth + b"</toc></xar>"

    with pytest.raises(InstallerError, match="more than"):
        Xar(archive_of_table(table))
