import random
from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.catalog.facts import Facts
from ota_dev.errors import IncompleteInstallerError, InstallerError
from ota_dev.installers.reading import read_installer

SEED = 20_261_123
MUTATIONS = 300


def mutated(whole: bytes, chance: random.Random) -> bytes:
    """Damage *whole* in one to four places, in one of the ways that files are damaged and forged."""
    data = bytearray(whole)
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(data))
        end = min(len(data), start + chance.choice([1, 2, 4, 8, 64, 512]))
        match chance.choice(["flip", "fill", "zero", "cut", "repeat", "remove"]):
            case "flip":
                data[start] ^= 1 << chance.randrange(8)
            case "fill":
                data[start:end] = b"\xff" * (end - start)
            case "zero":
                data[start:end] = bytes(end - start)
            case "cut" if start:
                del data[start:]
            case "repeat":
                data[start:start] = data[start:end]
            case "remove" if len(data) > end - start:
                del data[start:end]
    return bytes(data)


def outcome(path: Path) -> type[Facts | InstallerError]:
    try:
        return type(read_installer(path))
    except InstallerError as error:
        return type(error)


@pytest.mark.parametrize("binary", [False, True], ids=["XML", "binary"])
@pytest.mark.parametrize("suffix", [".zip", ".tar", ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.lzma", ".tar.zst"])
def test_every_mutation_ends_in_facts_or_a_reason(
    write_app: Callable[..., Path], pack: Callable[[str], Path], tmp_path: Path, suffix: str, binary: bool
) -> None:
    write_app(binary=binary)
    whole = pack(suffix).read_bytes()
    chance = random.Random(SEED)
    target = tmp_path / "mutated"

    outcomes = set()
    for _ in range(MUTATIONS):
        target.write_bytes(mutated(whole, chance))
        outcomes.add(outcome(target))

    assert outcomes == {Facts, InstallerError, IncompleteInstallerError}, f"seed {SEED}"
