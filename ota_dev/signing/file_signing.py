"""Ed25519 signatures of files, over all their bytes. Reads the files, in a process of its own."""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ota_dev.errors import SigningError
from ota_dev.signing.keys import PrivateKey
from ota_dev.signing.mapped_files import Job, ask_about_files

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
    """Sign files, one after another in one process, and give the results in the order of *paths*.

    A file that cannot be read, or changes meanwhile, costs only its own result. Digests by *algorithms* are made
    beside the signature, and take no time of their own while there are free cores. Whoever stops iterating stops the
    process.

    Raises:
        SigningError: the process cannot be started.
    """
    answers = ask_about_files(Job(seed=key.seed, algorithms=algorithms), paths)
    for path, answer in zip(paths, answers, strict=True):
        if isinstance(answer, SigningError):
            yield UnsignedFile(path=path, error=answer)
        else:
            signature = b64encode(answer.signature).decode()
            yield SignedFile(path=path, size=answer.size, signature=signature, digests=answer.digests)


def sign_file(path: Path, key: PrivateKey, algorithms: Sequence[str] = ()) -> SignedFile:
    """Sign one file as `sign_files` does.

    Raises:
        SigningError: the file cannot be read, or changes meanwhile.
    """
    [result] = sign_files([path], key, algorithms)
    if isinstance(result, UnsignedFile):
        raise result.error
    return result
