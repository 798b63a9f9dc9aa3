"""Digests that somebody waits for: each file is read once, and nobody waits for ever."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest

from ota_dev.publishing import PublishedFile, WantedDigests
from ota_dev.publishing.digesting import Digester
from ota_dev.publishing.learned import Learned
from ota_dev.store import Store

Published = Callable[..., PublishedFile]

CONTENT = b"an installer"
ALGORITHMS = frozenset({"sha256"})
SHA256 = hashlib.sha256(CONTENT).hexdigest()
LIMIT = 10  # seconds; far more than anything here takes


@dataclass(frozen=True, kw_only=True)
class HeldDigester(Digester):
    """A digester that reads when it is let to, and says what."""

    go_on: Event = field(default_factory=Event)
    readings: list[str] = field(default_factory=list)

    def digests_of(
        self, files: Mapping[str, PublishedFile], algorithms: Sequence[str], progress: Callable[[int], None]
    ) -> tuple[dict[str, dict[str, str]], list[str]]:
        self.readings.extend(file.path.name for file in files.values())
        while not self.go_on.wait(0.01):
            progress(1)
        return super().digests_of(files, algorithms, progress)


@pytest.fixture
def digester(dist: Path) -> HeldDigester:
    return HeldDigester(learned=Learned(folder=dist, store=Store.nowhere()))


def test_a_digest_is_read_and_remembered(digester: HeldDigester, published: Published) -> None:
    file = published("Acme-1.0.exe", CONTENT)
    digester.go_on.set()

    with WantedDigests(digester) as wanted:
        digest = wanted.digests_of(file, ALGORITHMS).result(LIMIT)

    assert digest == {"sha256": SHA256}
    assert digester.learned.recall(file, "sha256") == SHA256


def test_who_asks_for_what_is_being_read_waits_for_that_reading(digester: HeldDigester, published: Published) -> None:
    file = published("Acme-1.0.exe", CONTENT)

    with WantedDigests(digester) as wanted:
        answers = [wanted.digests_of(file, ALGORITHMS) for _ in range(5)]
        digester.go_on.set()
        digests = [answer.result(LIMIT) for answer in answers]

    assert digests == [{"sha256": SHA256}] * 5
    assert digester.readings == ["Acme-1.0.exe"]


def test_a_file_that_is_no_longer_what_was_published_has_no_digest(
    digester: HeldDigester, published: Published
) -> None:
    file = published("Acme-1.0.exe", CONTENT)
    digester.go_on.set()
    file.path.write_bytes(b"another one!!")

    with WantedDigests(digester) as wanted:
        assert wanted.digests_of(file, ALGORITHMS).result(LIMIT) == {}


def test_when_it_is_closed_no_file_is_read_to_its_end_and_nobody_waits_any_more(
    digester: HeldDigester, published: Published
) -> None:
    wanted = WantedDigests(digester)
    with wanted:
        waiting = [wanted.digests_of(published(f"Acme-{number}.exe", CONTENT), ALGORITHMS) for number in range(4)]

    late = wanted.digests_of(published("Acme-9.exe", CONTENT), ALGORITHMS)

    assert all(answer.done() for answer in [*waiting, late])
    assert not any(answer.result() for answer in [*waiting, late])
