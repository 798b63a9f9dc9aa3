"""Looks for parts of a secret in what people, logs or other processes see."""

from base64 import b64encode
from collections.abc import Iterator

SHORTEST = 8  # of any encoding; an accident of this length is one in 2**48


def encodings(secret: bytes) -> Iterator[bytes]:
    yield secret
    yield repr(secret)[2:-1].encode()
    yield secret.hex().encode()
    # Base64 of what begins at any place in a group of three.
    for skipped in range(3):
        yield b64encode(secret[skipped:]).rstrip(b"=")[:-1]


def leaks(seen: bytes, secret: bytes) -> list[bytes]:
    return [
        part
        for encoded in encodings(secret)
        for start in range(len(encoded) - SHORTEST + 1)
        if (part := encoded[start : start + SHORTEST]) in seen
    ]
