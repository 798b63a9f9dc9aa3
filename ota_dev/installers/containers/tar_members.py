"""The members of a tar archive, one after the other, from a stream that is read once.

Reads ustar, GNU and pax headers; the content of a member is the caller's to read. Not `tarfile`, except for a single
header: it takes what it cannot read for the end of the archive, so that a cut one looks whole, and reads extensions of
any size into memory.
"""

import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ota_dev.errors import IncompleteInstallerError, InstallerError
from ota_dev.installers.containers.forward_stream import ForwardStream

__all__ = ["TarMember", "begins_tar", "tar_members"]

MAX_HEADERS = 400_000  # a member has one or two
MAX_EXTENSION_SIZE = 1024 * 1024  # bytes
MAX_PATH_LENGTH = 4096

_BLOCK = 512
_FIELDS_OF_GNU_TYPES = {tarfile.GNUTYPE_LONGNAME: "path", tarfile.GNUTYPE_LONGLINK: "linkpath"}
_EXTENSION_TYPES = (*_FIELDS_OF_GNU_TYPES, tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE)
_PAX_KEYWORDS = (b"path", b"linkpath", b"size")
_MAX_DIGITS = 20  # of a length


@dataclass(frozen=True, kw_only=True, slots=True)
class TarMember:
    """One member, by its header; `size` is that of a plain file's content in bytes, and 0 for all else."""

    path: str
    is_file: bool
    size: int
    symbolic_link: str | None = None  # target, from the member's folder
    hard_link: str | None = None  # path of the earlier member that it is another name of


def begins_tar(head: bytes) -> bool:
    """Tell by its checksum whether *head* begins with a tar header."""
    try:
        tarfile.TarInfo.frombuf(head[:_BLOCK], "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True


def tar_members(stream: ForwardStream) -> Iterator[TarMember]:
    """Give the members in their order; a stream that does not begin as a tar archive has none.

    While a member is at hand, the stream stands at the start of its content, of which up to `size` may be read.

    Raises:
        IncompleteInstallerError: the stream ends before the mark that ends every archive.
        InstallerError: a header is damaged, or there are senselessly many.
    """
    extensions: dict[str, str] = {}
    for index in range(MAX_HEADERS):
        block = stream.read(_BLOCK)
        if index == 0 and not begins_tar(block):
            return
        _require(block, _BLOCK)
        if block == bytes(_BLOCK):
            stream.finish()
            return
        header = _header(block)
        _skip_sparse_map(header, block, stream)
        end = stream.position + _stored_size(header, extensions)
        if header.type in _EXTENSION_TYPES:
            extensions |= _extensions(header, stream)
        elif header.type != tarfile.XGLTYPE:
            yield _member(header, extensions)
            extensions = {}
        stream.skip(end - stream.position)
    raise InstallerError(f"it has more than {MAX_HEADERS:,} headers of members")


def _require(data: bytes, size: int) -> bytes:
    if len(data) < size:
        raise IncompleteInstallerError("it is cut short: the mark that ends a tar archive is missing")
    return data


def _header(block: bytes) -> tarfile.TarInfo:
    try:
        header = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except tarfile.HeaderError as error:
        raise InstallerError(f"one of its tar headers is damaged: {error}") from error
    if header.size < 0:
        raise InstallerError("one of its tar headers is damaged: negative size")
    return header


def _skip_sparse_map(header: tarfile.TarInfo, block: bytes, stream: ForwardStream) -> None:
    """Pass over the blocks that say where the holes of a sparse file are, which its size does not count."""
    goes_on = header.type == tarfile.GNUTYPE_SPARSE and block[482]
    while goes_on:
        goes_on = _require(stream.read(_BLOCK), _BLOCK)[504]


def _stored_size(header: tarfile.TarInfo, extensions: Mapping[str, str]) -> int:
    """Give the size in bytes of what follows the header, in whole blocks."""
    size = header.size
    if header.type not in _EXTENSION_TYPES:
        size = _size(header, extensions)
    return -(-size // _BLOCK) * _BLOCK


def _size(header: tarfile.TarInfo, extensions: Mapping[str, str]) -> int:
    # As in tarfile: links, folders and devices have no content, whatever their size says.
    if header.type in tarfile.SUPPORTED_TYPES and not header.isreg():
        return 0
    said = extensions.get("size", "")
    return int(said) if said.isdigit() else header.size


def _member(header: tarfile.TarInfo, extensions: Mapping[str, str]) -> TarMember:
    path = extensions.get("path", header.name)
    if len(path) > MAX_PATH_LENGTH:
        raise InstallerError(f"it has a path of more than {MAX_PATH_LENGTH:,} characters")
    link = extensions.get("linkpath", header.linkname)[:MAX_PATH_LENGTH]
    # The content of a sparse file is its map and its pieces, not what the file would hold.
    is_file = header.isreg() and not header.issparse()
    return TarMember(
        path=path,
        is_file=is_file,
        size=_size(header, extensions) if is_file else 0,
        symbolic_link=link if header.issym() else None,
        hard_link=link if header.islnk() else None,
    )


def _extensions(header: tarfile.TarInfo, stream: ForwardStream) -> dict[str, str]:
    """Read what stands before a member because its own header has no room for it."""
    if header.size > MAX_EXTENSION_SIZE:
        raise InstallerError("one of its tar headers is of senseless size")
    data = _require(stream.read(header.size), header.size)
    field = _FIELDS_OF_GNU_TYPES.get(header.type)
    return {field: _text(data.split(b"\0", 1)[0])} if field else dict(_pax_records(data))


def _pax_records(data: bytes) -> Iterator[tuple[str, str]]:
    """Give the records that matter here; each is `LENGTH KEYWORD=VALUE` and a newline, and its length counts itself."""
    start = 0
    while start < len(data):
        digits, _, _ = data[start : start + _MAX_DIGITS].partition(b" ")
        end = start + int(digits) if digits.isdigit() else 0
        if not start + len(digits) < end <= len(data):
            raise InstallerError("one of its tar headers is damaged: bad length of a record")
        keyword, _, value = data[start + len(digits) + 1 : end - 1].partition(b"=")
        if keyword in _PAX_KEYWORDS:
            yield keyword.decode(), _text(value)
        start = end


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")
