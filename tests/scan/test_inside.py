"""What installers say of themselves: read once, whole, and remembered."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ota_dev.catalog.artifacts import FileIdentity
from ota_dev.catalog.facts import Facts
from ota_dev.errors import IncompleteInstallerError, InstallerError
from ota_dev.scan.inside import FACTS, InsideReader
from ota_dev.scan.listing import Candidate
from ota_dev.store import Store

Put = Callable[..., Path]
MakeCandidate = Callable[[Path], Candidate]
MakeReader = Callable[..., InsideReader]
MacZip = Callable[..., bytes]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store" / "learned.sqlite3") as store:
        yield store


@pytest.fixture
def installer(put: Put, mac_zip: MacZip) -> Path:
    return put("Acme-Notes.zip", mac_zip("1.3.0"))


def test_an_installer_says_what_it_is(installer: Path, candidate: MakeCandidate, reader: MakeReader) -> None:
    facts = reader().read(candidate(installer))

    assert (facts.name, facts.short_version) == ("Acme Notes", "1.3.0")


def test_an_installer_is_read_only_once(
    installer: Path, candidate: MakeCandidate, reader: MakeReader, reads: list[str]
) -> None:
    inside = reader()

    first, second = inside.read(candidate(installer)), inside.read(candidate(installer))

    assert first == second
    assert reads == ["Acme-Notes.zip"]


def test_what_was_read_is_remembered_in_the_store(
    installer: Path, candidate: MakeCandidate, reader: MakeReader, reads: list[str], store: Store
) -> None:
    before = reader(store)
    known = before.read(candidate(installer))
    before.save()

    facts = reader(store).read(candidate(installer))

    assert facts == known
    assert reads == ["Acme-Notes.zip"]


def test_what_was_read_goes_into_the_store_at_once_and_only_once(
    put: Put, candidate: MakeCandidate, reader: MakeReader, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[list[Path]] = []
    monkeypatch.setattr(store, "remember_all", lambda rows: written.append([path for path, _, _ in rows]))
    inside = reader(store)
    paths = [put("Acme-1.0.exe"), put("Acme-2.0.exe")]

    for path in paths:
        inside.read(candidate(path))
    inside.save()
    inside.save()

    assert written == [paths, []]


def test_an_installer_replaced_by_another_of_the_same_size_and_date_is_read_again(
    installer: Path, candidate: MakeCandidate, reader: MakeReader, mac_zip: MacZip, put: Put
) -> None:
    inside = reader()
    before = candidate(installer)
    inside.read(before)
    replacement = put("elsewhere", mac_zip("1.4.0"))
    os.utime(replacement, ns=(before.identity.modified_ns, before.identity.modified_ns))
    replacement.replace(installer)

    facts = inside.read(candidate(installer))

    assert candidate(installer).identity.size == before.identity.size
    assert facts.short_version == "1.4.0"


@pytest.mark.parametrize(
    "garbage",
    ["", "{", "[]", "7", "{}", '{"sources": {}, "warnings": [], "colour": "blue"}', '{"platform": "beos"}'],
)
def test_what_another_version_of_this_program_remembered_is_read_anew(
    installer: Path, candidate: MakeCandidate, reader: MakeReader, store: Store, garbage: str
) -> None:
    store.remember(installer, FileIdentity.of(installer.stat()), {FACTS: garbage})

    assert reader(store).read(candidate(installer)).short_version == "1.3.0"


def test_an_installer_that_cannot_be_understood_keeps_its_name_and_gets_a_warning(
    put: Put, candidate: MakeCandidate, reader: MakeReader, mac_zip: MacZip
) -> None:
    damaged = put("Acme-1.0.zip", mac_zip("1.0").replace(b"<plist", b"<plost"))

    facts = reader().read(candidate(damaged))

    assert facts.known() == {}
    (warning,) = facts.warnings
    assert warning.startswith("what is inside this zip cannot be read")
    assert warning.endswith("; only its file name is used")


def test_that_an_installer_cannot_be_understood_is_remembered(put: Put, candidate: MakeCandidate, dist: Path) -> None:
    reads: list[Path] = []

    def fail(path: Path) -> Facts:
        reads.append(path)
        raise InstallerError("it is odd")

    inside = InsideReader(folder=dist, store=Store.nowhere(), read_installer=fail)
    odd = candidate(put("Acme-1.0.zip"))

    first, second = inside.read(odd), inside.read(odd)

    assert first == second == Facts(warnings=("it is odd; only its file name is used",))
    assert reads == [odd.path]


@pytest.mark.parametrize(
    ("content", "reason"),
    {"empty": (b"", "it is empty"), "cut short": (b"PK\x03\x04rest", "it is cut short")}.values(),
    ids=["empty", "cut short"],
)
def test_an_installer_that_is_not_whole_is_no_installer_yet(
    put: Put, candidate: MakeCandidate, reader: MakeReader, content: bytes, reason: str
) -> None:
    with pytest.raises(IncompleteInstallerError, match=reason):
        reader().read(candidate(put("Acme-1.0.zip", content)))


def test_an_installer_that_was_not_whole_is_read_again(
    put: Put, candidate: MakeCandidate, reader: MakeReader, mac_zip: MacZip
) -> None:
    whole = mac_zip("1.3.0")
    inside = reader()
    with pytest.raises(IncompleteInstallerError):
        inside.read(candidate(put("Acme.zip", whole[:-30])))

    facts = inside.read(candidate(put("Acme.zip", whole)))

    assert facts.short_version == "1.3.0"


def test_an_installer_that_is_being_written_is_not_read(
    installer: Path, candidate: MakeCandidate, reader: MakeReader, reads: list[str]
) -> None:
    with installer.open("ab"), pytest.raises(IncompleteInstallerError, match="it is still being written"):
        reader().read(candidate(installer))

    assert reads == []


def test_an_installer_that_changes_while_it_is_read_is_not_believed(
    installer: Path, candidate: MakeCandidate, dist: Path
) -> None:
    def read_slowly(path: Path) -> Facts:
        path.write_bytes(b"something else")
        return Facts.read_from("inside", short_version="1.0")

    inside = InsideReader(folder=dist, store=Store.nowhere(), read_installer=read_slowly)

    with pytest.raises(IncompleteInstallerError, match="it changed while it was read"):
        inside.read(candidate(installer))


def test_an_installer_that_changed_since_it_was_listed_is_not_believed(
    installer: Path, candidate: MakeCandidate, reader: MakeReader
) -> None:
    listed = candidate(installer)
    installer.write_bytes(b"something else")

    with pytest.raises(IncompleteInstallerError, match="it changed while it was read"):
        reader().read(listed)


def test_an_installer_that_cannot_be_opened_is_an_error_and_not_known_by_its_name(
    installer: Path, candidate: MakeCandidate, reader: MakeReader, reads: list[str]
) -> None:
    listed = candidate(installer)
    installer.unlink()

    with pytest.raises(FileNotFoundError):
        reader().read(listed)

    assert reads == []
