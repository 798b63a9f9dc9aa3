r"""The lines of checksum files, as `sha256sum` (coreutils 9) writes and `sha256sum -c` reads them. Pure values.

Written is `HEX  NAME` where the length of the digest tells the algorithm, and the tagged form `SHA256 (NAME) = HEX`
where it does not (BLAKE2, SHA-3) or where several digests of a file stand together. In a name, a backslash, a line feed
and a carriage return become `\\`, `\n` and `\r`, and then the line starts with a backslash.

Read are both, as the tools that people have write them: with `*` for binary, upper-case or base64 digests, CRLF line
ends, empty lines and `#` comments, and the tags of BSD and OpenSSL.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ota_dev.hashing.digests import Algorithm

__all__ = ["Checksum", "format_checksum", "format_digest", "parse_checksums", "quote_name"]

_TAGS = {
    Algorithm.MD5: "MD5",
    Algorithm.SHA1: "SHA1",
    Algorithm.SHA224: "SHA224",
    Algorithm.SHA256: "SHA256",
    Algorithm.SHA384: "SHA384",
    Algorithm.SHA512: "SHA512",
    Algorithm.BLAKE2B: "BLAKE2b",
    Algorithm.BLAKE2S: "BLAKE2s",
    Algorithm.SHA3_224: "SHA3-224",
    Algorithm.SHA3_256: "SHA3-256",
    Algorithm.SHA3_384: "SHA3-384",
    Algorithm.SHA3_512: "SHA3-512",
}
# OpenSSL 3 has names of its own for some.
_ALGORITHM_OF_TAG = {tag.lower(): algorithm for algorithm, tag in _TAGS.items()} | {
    "sha2-224": Algorithm.SHA224,
    "sha2-256": Algorithm.SHA256,
    "sha2-384": Algorithm.SHA384,
    "sha2-512": Algorithm.SHA512,
    "blake2b-512": Algorithm.BLAKE2B,
    "blake2s-256": Algorithm.BLAKE2S,
}
# An untagged digest of so many bytes is taken to be of this algorithm, as everyone does.
_ALGORITHM_OF_SIZE = {
    16: Algorithm.MD5,
    20: Algorithm.SHA1,
    28: Algorithm.SHA224,
    32: Algorithm.SHA256,
    48: Algorithm.SHA384,
    64: Algorithm.SHA512,
}
_UNTAGGED_ALGORITHMS = frozenset(_ALGORITHM_OF_SIZE.values())

# The last parenthesis and equals sign end a name, so that it may have its own. No digest is longer than 128 characters;
# without the bounds, a hostile line would take quadratic time. Compiled on first use: most runs only write.
_TAGGED = r"(?s)(?P<tag>[\w-]{1,20}) ?\((?P<name>.+)\) ?= ?(?P<digest>\S{1,128})"
_UNTAGGED = r"(?s)(?P<digest>\S{1,128}) [ *]?+(?P<name>.+)"
_HEX = r"(?:[0-9A-Fa-f]{2})+"

_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}
_CHARACTERS = {escape: character for character, escape in _ESCAPES.items()}
_ESCAPED_NAME = r"(?:[^\\]|\\[\\nr])+"


@dataclass(frozen=True, kw_only=True, slots=True)
class Checksum:
    """What one line says: the file of this name has this digest."""

    name: str
    algorithm: Algorithm
    digest: bytes


def format_digest(digest: bytes, *, base64: bool = False) -> str:
    """Write a digest in lower-case hex, or in base64."""
    return binascii.b2a_base64(digest, newline=False).decode() if base64 else digest.hex()


def format_checksum(checksum: Checksum, *, tagged: bool = False, base64: bool = False) -> str:
    """Write one line, without its end; *tagged* where another digest of the same file stands beside it."""
    name = _escape(checksum.name)
    start = "" if name == checksum.name else "\\"
    digest = format_digest(checksum.digest, base64=base64)
    if tagged or checksum.algorithm not in _UNTAGGED_ALGORITHMS:
        return f"{start}{_TAGS[checksum.algorithm]} ({name}) = {digest}"
    return f"{start}{digest}  {name}"


def quote_name(name: str) -> str:
    """Give *name* on one line, with the escapes of a checksum line; then it starts with a backslash, too."""
    escaped = _escape(name)
    return name if escaped == name else f"\\{escaped}"


def parse_checksums(text: str, algorithm: Algorithm | None = None) -> Iterator[tuple[int, Checksum | None]]:
    """Read a checksum file: the number of each line that says something, and what; `None` where it is no checksum.

    *algorithm* is that of the lines without a tag; if it is not given, the length of the digest decides.
    """
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        content = line.removesuffix("\r")
        if content and not content.startswith("#"):
            yield number, _parse_line(content, algorithm)


def _parse_line(line: str, algorithm: Algorithm | None) -> Checksum | None:
    content = line.removeprefix("\\")
    if match := re.fullmatch(_TAGGED, content):
        algorithm = _ALGORITHM_OF_TAG.get(match["tag"].lower())
        digest = _decode_digest(match["digest"])
    elif match := re.fullmatch(_UNTAGGED, content):
        digest = _decode_digest(match["digest"])
        algorithm = algorithm or _ALGORITHM_OF_SIZE.get(len(digest))
    else:
        return None
    name = match["name"] if content == line else _unescape(match["name"])
    if algorithm is None or len(digest) != algorithm.digest_size or not name or "\0" in name:
        return None
    return Checksum(name=name, algorithm=algorithm, digest=digest)


def _decode_digest(text: str) -> bytes:
    """Decode hex or base64; what is neither gives no bytes."""
    # Only a SHA-384 in base64 is as long as another digest in hex, and it never consists of hex digits alone.
    if re.fullmatch(_HEX, text):
        return bytes.fromhex(text)
    try:
        return binascii.a2b_base64(text, strict_mode=True)
    except ValueError:
        return b""


def _escape(name: str) -> str:
    return re.sub(r"[\\\n\r]", lambda match: _ESCAPES[match[0]], name)


def _unescape(name: str) -> str | None:
    if not re.fullmatch(_ESCAPED_NAME, name):
        return None
    return re.sub(r"\\.", lambda match: _CHARACTERS[match[0]], name)
