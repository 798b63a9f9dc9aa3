"""Real Mac apps on disk, the real tools that pack installers, and the damage that their readers must survive."""

import io
import random
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType, NoneType
from typing import Any, BinaryIO

import pytest

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.errors import InstallerError
from tests.installers.damage import damaged
from tests.installers.recipes import mac_apps
from tests.installers.recipes.archives import pack_folder
from tests.installers.recipes.mac_apps import ARM64, X86_64, executable


@pytest.fixture
def truth() -> Facts:
    """Give the facts about the app that `write_app` writes unless told otherwise."""
    plist_facts = {
        "name": "Acme Notes",
        "identifier": "com.acme.notes",
        "version": "130",
        "short_version": "1.3.0",
        "platform": Platform.MACOS,
        "minimum_os": "12.0",
        "public_key": "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lsQ=",
        "feed_url": "https://updates.acme.example/appcast.xml",
    }
    sources = {**dict.fromkeys(plist_facts, "Info.plist"), "architectures": "Mach-O header"}
    known: dict[str, Any] = {**plist_facts, "architectures": (Architecture.X86_64, Architecture.ARM64)}
    return Facts(**known, sources=MappingProxyType(sources))


@pytest.fixture
def universal_executable() -> bytes:
    """Give the start of a fat Mach-O file with a slice for x86_64 and one for arm64, each with its own header."""
    return executable(X86_64, ARM64)


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """Give the folder whose content `pack` packs."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    return folder


@pytest.fixture
def write_app(shelf: Path) -> Callable[..., Path]:
    """Give a function that writes an app onto the shelf; *changes* go into its Info.plist, and `None` removes a key."""

    def write(path: str = "Acme Notes.app", *, binary: bool = False, **changes: object) -> Path:
        return mac_apps.write_app(shelf / path, binary=binary, changes=changes)

    return write


@pytest.fixture
def pack(shelf: Path, tmp_path: Path) -> Callable[[str], Path]:
    """Give a function that packs the shelf with the real `zip` or `tar`, by the suffix that it is given."""
    return lambda suffix: pack_folder(shelf, tmp_path / f"Acme-Notes-1.3.0{suffix}", suffix)


SEED = 20_261_123
COPIES = 3000
LIMIT = 1  # second of processor time; most copies take less than a thousandth of it

SurvivesDamage = Callable[..., Counter[type]]


@pytest.fixture
def survives_damage(tmp_path: Path) -> SurvivesDamage:
    """Check that reading any damaged copy of an installer ends in facts or in a reason, soon, and count the outcomes.

    Whatever did neither is kept, beside what it is a copy of.
    """

    def check(read: Callable[[BinaryIO], object], whole: bytes, *, copies: int = COPIES) -> Counter[type]:
        chance = random.Random(SEED)
        outcomes: Counter[type] = Counter()
        for number in range(copies):
            copy = damaged(whole, chance)
            started = time.process_time()
            outcome = _outcome(read, copy)
            seconds = time.process_time() - started
            if not isinstance(outcome, Facts | InstallerError | NoneType) or seconds > LIMIT:
                (tmp_path / "whole").write_bytes(whole)
                (tmp_path / "damaged").write_bytes(copy)
                pytest.fail(f"copy {number} of seed {SEED} ended in {outcome!r} after {seconds:.1f} s, see {tmp_path}")
            outcomes[type(outcome)] += 1
        return outcomes

    return check


def _outcome(read: Callable[[BinaryIO], object], copy: bytes) -> object:
    try:
        return read(io.BytesIO(copy))
    except Exception as error:
        return error
