"""Ed25519 signatures of files, over all their bytes. Reads the files, large ones in a process of its own."""

import hashlib
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ota_dev.errors import SigningError
from ota_dev.signing.keys import PrivateKey
from ota_dev.signing.mapped_files import Answer, Job, ask_about_files
from ota_dev.signing.signatures import sign_bytes
from ota_dev.signing.small_files import is_small, read_small

__all__ = ["SignedFile", "UnsignedFile", "sign_file", "sign_files"]


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedFile:
    """A file that was read to its end, and its signature."""

    path: Path
    size: int  # bytes that were signed
    signature: str  # base64 of 64 bytes
    digests: Mapping[str, bytes]  # by algorithm, in the order asked


@dataclass(frozen=True, kw_only=True, slots=True)
class UnsignedFile:
    """A file that could not be signed, and why."""

    path: Path
    error: SigningError


def sign_files(
    paths: Sequence[Path], key: PrivateKey, algorithms: Sequence[str] = ()
) -> Iterator[SignedFile | UnsignedFile]:
    """Sign files, one after another, and give the results in the order of *paths*; one process does all large ones.

    A file that cannot be read, or changes meanwhile, costs only its own result. Digests by *algorithms* are made
    beside the signature, and take no time of their own while there are free cores. Whoever stops iterating stops the
    process.

    Raises:
        SigningError: the process cannot be started.
    """
    job = Job(seed=key.seed, algorithms=algorithms)
    small = [is_small(path) for path in paths]
    large = [path for path, is_small_one in zip(paths, small, strict=True) if not is_small_one]
    with closing(ask_about_files(job, large)) as answers:
        for path, is_small_one in zip(paths, small, strict=True):
            if not is_small_one:
                yield _result(path, next(answers))
            elif (content := read_small(path)) is not None:
                yield _signed_content(path, content, key, algorithms)
            else:
                yield from (_result(path, answer) for answer in ask_about_files(job, [path]))


def sign_file(path: Path, key: PrivateKey, algorithms: Sequence[str] = ()) -> SignedFile:
    """Sign one file as `sign_files` does.

    Raises:
        SigningError: the file cannot be read, or changes meanwhile.
    """
    [result] = sign_files([path], key, algorithms)
    if isinstance(result, UnsignedFile):
        raise result.error
    return result


def _result(path: Path, answer: Answer | SigningError) -> SignedFile | UnsignedFile:
    if isinstance(answer, SigningError):
        return UnsignedFile(path=path, error=answer)
    signature = b64encode(answer.signature).decode()
    return SignedFile(path=path, size=answer.size, signature=signature, digests=answer.digests)


def _signed_content(path: Path, content: bytes, key: PrivateKey, algorithms: Sequence[str]) -> SignedFile:
    digests = {name: hashlib.new(name, content, usedforsecurity=False).digest() for name in algorithms}
    return SignedFile(path=path, size=len(content), signature=sign_bytes(content, key), digests=digests)
