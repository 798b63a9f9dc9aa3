"""The process that maps files into memory and signs or verifies them there; started as a script by `mapped_files`.

A file that is cut short while it is mapped kills this process instead of the one that asked. It imports nothing of
ota-dev, since starting is most of its life. Reads one job from standard input, first the line with the private key,
and the files that the job names; writes one line of JSON for each file.
"""

import errno
import hashlib
import json
import mmap
import os
import signal
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from typing import BinaryIO, TypeAlias

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

__all__ = ["main"]

_Work: TypeAlias = Callable[[memoryview], dict[str, object]]


def main() -> None:
    """Do one job and end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asked decides what Ctrl-C means, and ends this process
    _leave_no_memory_behind()
    seed = bytes.fromhex(sys.stdin.buffer.readline().decode())
    job = json.load(sys.stdin.buffer)
    work = _signing(seed) if seed else _verifying(bytes.fromhex(job["public_key"]), bytes.fromhex(job["signature"]))
    for path in job["paths"]:
        print(json.dumps(_answer(path, work, job["algorithms"])), flush=True)


def _leave_no_memory_behind() -> None:
    # Being killed for a file that shrank would write this memory to a core file, and the key with it. A limit of one
    # byte, unlike zero, is also obeyed where core_pattern is a program (Linux, fs/coredump.c). Windows has no such
    # limit and writes no such files.
    with suppress(ImportError):
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_CORE, (1, 1))


def _signing(seed: bytes) -> _Work:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    return lambda content: {"signature": key.sign(content).hex()}


def _verifying(public_key: bytes, signature: bytes) -> _Work:
    key = Ed25519PublicKey.from_public_bytes(public_key)

    def verify(content: memoryview) -> dict[str, object]:
        try:
            key.verify(signature, content)
        except InvalidSignature:
            return {"is_signed": False}
        return {"is_signed": True}

    return verify


def _answer(path: str, work: _Work, algorithms: list[str]) -> dict[str, object]:
    try:
        with _open(path) as file:
            before = os.fstat(file.fileno())
            with _mapped(file, before.st_size) as content:
                digesting = _Digesting(content, algorithms)
                found = work(content)
                digests = digesting.wait()
            after = os.fstat(file.fileno())
    except OSError as error:
        return {"error": [error.errno, error.strerror]}
    except ValueError:  # it shrank before it was mapped
        return {"changed": True}
    # Signing reads the content twice. Two signatures of which only the second readings differ would give away the key,
    # so nothing is said of a file that did not hold still.
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        return {"changed": True}
    return {**found, "size": before.st_size, "digests": digests}


def _open(path: str) -> BinaryIO:
    # Opening a pipe would wait for its other end.
    if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116 # pathlib takes a tenth of the time to start
        raise OSError(errno.EINVAL, "it is no regular file")
    return open(path, "rb")  # noqa: PTH123 # as above


@contextmanager
def _mapped(file: BinaryIO, size: int) -> Iterator[memoryview]:
    if not size:  # an empty file cannot be mapped
        yield memoryview(b"")
        return
    with mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ) as mapped, memoryview(mapped) as content:
        yield content


class _Digesting:
    """The digests of mapped content, each in a thread of its own: on free cores they take no time beside signing."""

    def __init__(self, content: memoryview, algorithms: list[str]) -> None:
        self._hashers = {name: hashlib.new(name, usedforsecurity=False) for name in algorithms}
        self._threads = [Thread(target=hasher.update, args=(content,)) for hasher in self._hashers.values()]
        for thread in self._threads:
            thread.start()

    def wait(self) -> dict[str, str]:
        for thread in self._threads:
            thread.join()
        return {name: hasher.hexdigest() for name, hasher in self._hashers.items()}


if __name__ == "__main__":
    main()
