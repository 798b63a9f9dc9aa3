"""Signature and digest of 1 GiB beside the two SHA-512 passes that Ed25519 has to make, and beside openssl.

OpenSSL, which reads the file into memory first, is what a user would use instead.
"""

import hashlib
import mmap
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.folders import GIB, temporary_folder, write_file
from benchmarks.side_by_side import Verdicts, benchmark, in_turn, paired_ratio, print_table, spread
from ota_dev.signing import KeyFormat, PrivateKey, sign_file, write_private_key

_FLOOR = "two SHA-512 passes, hashlib on a mapped file"
_BOTH = "ota-dev: signature and SHA-256"


def measure(rounds: int, verdicts: Verdicts) -> None:
    """Measure."""
    with temporary_folder() as folder:
        seconds = in_turn(_candidates(write_file(folder / "Acme-Notes.dmg", GIB), folder / "key.pem"), rounds)
    rows = [[name, spread(times), f"{paired_ratio(times, seconds[_FLOOR]):.2f}"] for name, times in seconds.items()]
    print_table(["1 GiB", "s", "x two passes"], rows)
    verdicts.at_most(1.15, paired_ratio(seconds[_BOTH], seconds[_FLOOR]), "signature and digest, x two SHA-512 passes")


def _candidates(installer: Path, key_file: Path) -> dict[str, Callable[[], float]]:
    key = PrivateKey.generate()
    write_private_key(key_file, key, KeyFormat.PEM, replace=False)
    openssl = ["openssl", "pkeyutl", "-sign", "-rawin", "-inkey", str(key_file), "-in", str(installer)]
    return {
        _FLOOR: lambda: _seconds(lambda: _digest_twice(installer)),
        "ota-dev: signature": lambda: _seconds(lambda: sign_file(installer, key)),
        _BOTH: lambda: _seconds(lambda: sign_file(installer, key, ["sha256"])),
        "openssl pkeyutl -sign -rawin": lambda: _seconds(
            lambda: subprocess.run(openssl, check=True, capture_output=True)
        ),
    }


def _digest_twice(path: Path) -> None:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        hashlib.sha512(content).digest()
        hashlib.sha512(content).digest()


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    benchmark(measure, rounds=5, programs=("openssl",))
