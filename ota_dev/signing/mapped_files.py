"""Asks a short-lived process to sign or verify files that it maps into memory. Reads those files, in that process.

The private key goes to the process through a pipe: it never stands in arguments, the environment or a process title.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from ota_dev.errors import SigningError
from ota_dev.hashing import explain_unreadable
from ota_dev.signing.key_sources import PRIVATE_KEY_VARIABLE
from ota_dev.signing.secret import Secret

__all__ = ["Answer", "Job", "ask_about_files"]

_WORKER = Path(__file__).with_name("mapping_worker.py")


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """What to do with each file: sign it with *seed*, else verify *signature* with *public_key*."""

    seed: Secret | None = None
    public_key: bytes = b""
    signature: bytes = b""
    algorithms: Sequence[str] = ()  # of digests that are wanted, too


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What was found out about one file."""

    size: int  # bytes
    signature: bytes = b""  # if it was to be signed
    is_signed: bool = False  # if it was to be verified
    digests: Mapping[str, bytes]


def ask_about_files(job: Job, paths: Sequence[Path]) -> Generator[Answer | SigningError, None, None]:
    """Do a job on files, one after another, and give an answer or an error for each, in the order of *paths*.

    One process does them all; another goes on where a file killed it. Whoever stops iterating stops the process.

    Raises:
        SigningError: the process cannot be started.
    """
    left = list(paths)
    while left:
        with _start(job, left) as worker:
            for line in _whole_lines(worker):
                yield _read_answer(left.pop(0), json.loads(line))
            code = worker.wait()
        if left:
            yield SigningError(_explain_death(left.pop(0), code))


@contextmanager
def _start(job: Job, paths: Sequence[Path]) -> Iterator[subprocess.Popen[bytes]]:
    # The same import path as here, and nothing before it, so that the script's own folder hides no module.
    environment = {name: value for name, value in os.environ.items() if name != PRIVATE_KEY_VARIABLE}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    command = [sys.executable, "-P", str(_WORKER)]
    try:
        worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
    except OSError as error:
        raise SigningError(f"{sys.executable} cannot be started to sign files: {error.strerror or error}") from error
    with worker:
        try:
            _hand_over(job, paths, worker)
            yield worker
        finally:
            worker.kill()


def _hand_over(job: Job, paths: Sequence[Path], worker: subprocess.Popen[bytes]) -> None:
    description = {
        "public_key": job.public_key.hex(),
        "signature": job.signature.hex(),
        "algorithms": list(job.algorithms),
        "paths": [os.fspath(path) for path in paths],
    }
    with suppress(BrokenPipeError), _stream(worker.stdin) as stdin:
        stdin.write(job.seed.reveal().hex().encode() if job.seed else b"")
        stdin.write(b"\n")
        stdin.write(json.dumps(description).encode())


def _whole_lines(worker: subprocess.Popen[bytes]) -> Iterator[bytes]:
    for line in _stream(worker.stdout):
        if line.endswith(b"\n"):  # the last line of a process that was killed may be cut
            yield line


def _stream(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise AssertionError("the process was started with pipes")
    return stream


def _read_answer(path: Path, found: dict[str, Any]) -> Answer | SigningError:
    if "error" in found:
        return SigningError(explain_unreadable(path, OSError(*found["error"])))
    if "changed" in found:
        return SigningError(f"{path} changed while it was read: try again when it is complete")
    return Answer(
        size=found["size"],
        signature=bytes.fromhex(found.get("signature", "")),
        is_signed=found.get("is_signed", False),
        digests={name: bytes.fromhex(digest) for name, digest in found["digests"].items()},
    )


def _explain_death(path: Path, code: int) -> str:
    if code < 0:
        reason = f"was ended by {signal.Signals(-code).name}: the file was cut short meanwhile, or its disk fails"
    else:
        reason = f"ended with code {code}"
    return f"{path} could not be read to its end, for the process that read it {reason}"
