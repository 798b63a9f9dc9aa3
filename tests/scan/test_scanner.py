"""What is in a folder, at one look after another."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.targets import Platform
from ota_dev.errors import ConfigurationError, PublishingError
from ota_dev.scan import listing
from ota_dev.scan.inside import InsideReader
from ota_dev.scan.interface import Scan
from ota_dev.scan.listing import Candidate, FolderListing
from ota_dev.scan.scanner import Scanner
from ota_dev.store import Store

Put = Callable[..., Path]
MakeScanner = Callable[..., Scanner]
MacZip = Callable[..., bytes]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store" / "learned.sqlite3") as store:
        yield store


def versions(scan: Scan) -> dict[str, str]:
    return {found.artifact.download_name: found.artifact.short_version.text for found in scan.installers}


def reasons(scan: Scan) -> dict[str, str]:
    return {skipped.name: skipped.reason for skipped in scan.skipped}


def test_a_scan_gives_installers_in_the_order_of_their_names_and_counts_the_rest(
    put: Put, scanner: MakeScanner, mac_zip: MacZip
) -> None:
    put("Acme-2.0.exe")
    put("Acme-1.0.exe")
    put("Acme-Notes.zip", mac_zip("1.3.0"))
    put("README.txt")

    scan = scanner().scan()

    assert list(versions(scan).items()) == [
        ("Acme-1.0.exe", "1.0"),
        ("Acme-2.0.exe", "2.0"),
        ("Acme-Notes.zip", "1.3.0"),
    ]
    assert scan.skipped == ()
    assert scan.other_files == 1


def test_a_found_installer_is_the_file_in_the_state_in_which_it_was_read(put: Put, scanner: MakeScanner) -> None:
    path = put("Acme-1.0.exe", b"12345")

    (found,) = scanner().scan().installers

    assert (found.path, found.identity.size, found.artifact.size) == (path, 5, 5)


def test_an_empty_folder_has_nothing_in_it(scanner: MakeScanner) -> None:
    assert scanner().scan() == Scan()


def test_subfolders_are_looked_at_when_asked(put: Put, scanner: MakeScanner) -> None:
    put("Acme-2.0.exe")
    put("old/Acme-1.0.exe")

    assert list(versions(scanner().scan())) == ["Acme-2.0.exe"]
    assert list(versions(scanner(recursive=True).scan())) == ["Acme-2.0.exe", "old/Acme-1.0.exe"]


def test_what_listing_and_reading_and_placing_leave_out_is_all_told(
    put: Put, scanner: MakeScanner, mac_zip: MacZip, dist: Path
) -> None:
    (dist / "linked-1.0.exe").symlink_to("nowhere")
    put("cut-1.0.zip", mac_zip("1.0")[:-30])
    put("no-system-1.0.zip", b"PK\x05\x06" + bytes(18))
    put("no-version.exe")
    put("bad-sidecar-1.0.exe")
    put("bad-sidecar-1.0.exe.yaml", "oss: windows")

    scan = scanner().scan()

    assert scan.installers == ()
    assert list(reasons(scan)) == [
        "bad-sidecar-1.0.exe",
        "cut-1.0.zip",
        "linked-1.0.exe",
        "no-system-1.0.zip",
        "no-version.exe",
    ]


@pytest.mark.parametrize("sidecar", ["Acme-1.0.zip.yaml", "Acme-1.0.yaml", "latest/Acme-1.0.yaml"])
def test_a_sidecar_beside_an_installer_counts_under_both_names(put: Put, scanner: MakeScanner, sidecar: str) -> None:
    folder = "latest/" if "/" in sidecar else ""
    put(f"{folder}Acme-1.0.zip", b"PK\x05\x06" + bytes(18))
    put(sidecar, "os: linux\n")

    (found,) = scanner(recursive=True).scan().installers

    assert found.artifact.platform is Platform.LINUX


def test_the_sidecar_with_the_whole_name_counts_before_the_one_of_the_base_name(put: Put, scanner: MakeScanner) -> None:
    put("Acme-1.0.exe")
    put("Acme-1.0.msi")
    put("Acme-1.0.exe.yaml", 'short_version: "2.0"')
    put("Acme-1.0.yaml", 'short_version: "3.0"')

    assert versions(scanner().scan()) == {"Acme-1.0.exe": "2.0", "Acme-1.0.msi": "3.0"}


def test_a_sidecar_that_cannot_be_used_holds_its_installer_back_and_says_why(
    put: Put, scanner: MakeScanner, dist: Path
) -> None:
    put("Acme-1.0.exe")
    put("Acme-2.0.exe")
    put("Acme-2.0.exe.yaml", "version: 2.10")

    scan = scanner().scan()

    assert versions(scan) == {"Acme-1.0.exe": "1.0"}
    assert reasons(scan) == {
        "Acme-2.0.exe": (
            f"{dist / 'Acme-2.0.exe.yaml'}, line 1: version: write it in quotes, YAML reads it as the float 2.1"
        )
    }


def test_a_sidecar_that_leads_nowhere_is_told(put: Put, scanner: MakeScanner, dist: Path) -> None:
    put("Acme-1.0.exe")
    (dist / "Acme-1.0.exe.yaml").symlink_to("nowhere")

    assert "Acme-1.0.exe.yaml cannot be read" in reasons(scanner().scan())["Acme-1.0.exe"]


def test_a_folder_named_like_a_sidecar_is_none(put: Put, scanner: MakeScanner) -> None:
    put("Acme-1.0.exe")
    put("Acme-1.0.exe.yaml/notes.txt")

    assert versions(scanner().scan()) == {"Acme-1.0.exe": "1.0"}


def test_an_installer_whose_sidecar_would_have_too_long_a_name_is_found(put: Put, scanner: MakeScanner) -> None:
    name = f"{'Acme' * 61}-1.0.exe"  # 252 of the 255 bytes that file systems allow
    put(name)

    assert versions(scanner().scan()) == {name: "1.0"}


@pytest.mark.parametrize("place", ["VERSION", "../VERSION"], ids=["in the folder", "beside the folder"])
def test_an_installer_that_says_no_version_gets_that_of_the_version_file(
    put: Put, scanner: MakeScanner, place: str
) -> None:
    put("Acme.exe")
    put("Acme-2.0.exe")
    put(place, "1.3.0\n")

    assert versions(scanner().scan()) == {"Acme-2.0.exe": "2.0", "Acme.exe": "1.3.0"}


def test_a_version_file_that_was_asked_for_counts_before_the_one_found(
    put: Put, scanner: MakeScanner, tmp_path: Path
) -> None:
    put("Acme.exe")
    put("VERSION", "1.3.0")
    asked_for = tmp_path / "BUILD"
    asked_for.write_text("1.4.0")

    assert versions(scanner(version_from=asked_for).scan()) == {"Acme.exe": "1.4.0"}


def test_a_version_file_that_was_asked_for_must_be_usable(put: Put, scanner: MakeScanner, tmp_path: Path) -> None:
    put("Acme-1.0.exe")

    with pytest.raises(ConfigurationError, match="BUILD cannot be read"):
        scanner(version_from=tmp_path / "BUILD").scan()


def test_a_version_file_that_holds_no_version_is_told_to_those_who_need_one(
    put: Put, scanner: MakeScanner, dist: Path
) -> None:
    put("Acme.exe")
    put("Acme-2.0.exe")
    put("VERSION", "version = 1.3.0")

    scan = scanner().scan()

    assert versions(scan) == {"Acme-2.0.exe": "2.0"}
    assert reasons(scan)["Acme.exe"].startswith(f"{dist / 'VERSION'}, line 1: 'version = 1.3.0' is no version")


def test_a_damaged_installer_costs_only_itself(put: Put, scanner: MakeScanner, mac_zip: MacZip) -> None:
    put("Acme-1.0-macos.zip", mac_zip("1.0").replace(b"<plist", b"<plost"))
    put("Acme-2.0-macos.zip", mac_zip("2.0"))

    scan = scanner().scan()

    warnings = {found.artifact.download_name: found.artifact.facts.warnings for found in scan.installers}
    assert versions(scan) == {"Acme-1.0-macos.zip": "1.0", "Acme-2.0-macos.zip": "2.0"}
    assert warnings["Acme-2.0-macos.zip"] == ()
    assert warnings["Acme-1.0-macos.zip"][0].endswith("only its file name is used")


def test_a_zip_that_is_cut_short_is_held_back_until_it_is_whole(
    put: Put, scanner: MakeScanner, mac_zip: MacZip
) -> None:
    whole = mac_zip("1.3.0", size=10_000)
    path = put("Acme-1.3.0.zip", whole[:5_000])
    again = scanner()

    before = again.scan()
    path.write_bytes(whole)
    after = again.scan(frozenset({path}))

    assert "it is cut short" in reasons(before)["Acme-1.3.0.zip"]
    assert versions(after) == {"Acme-1.3.0.zip": "1.3.0"}
    assert after.skipped == ()


def test_an_installer_that_is_being_written_is_offered_once_its_writer_is_done(put: Put, scanner: MakeScanner) -> None:
    path = put("Acme-1.0.exe")
    again = scanner()

    with path.open("ab"):
        before = again.scan()
    after = again.scan(frozenset({path}))

    assert "it is still being written" in reasons(before)["Acme-1.0.exe"]
    assert versions(after) == {"Acme-1.0.exe": "1.0"}


def test_an_installer_that_cannot_be_opened_costs_only_itself(
    put: Put, scanner: MakeScanner, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = put("Acme-1.0.exe")
    put("Acme-2.0.exe")
    open_file = Path.open

    def refuse(path: Path, *arguments: Any) -> Any:
        if path == locked:
            raise PermissionError(13, "Permission denied")
        return open_file(path, *arguments)

    monkeypatch.setattr(Path, "open", refuse)

    scan = scanner().scan()

    assert versions(scan) == {"Acme-2.0.exe": "2.0"}
    assert reasons(scan) == {"Acme-1.0.exe": "it cannot be read (Permission denied): check its permissions"}


def test_a_missing_folder_is_an_error_that_names_the_remedy(scanner: MakeScanner, dist: Path) -> None:
    dist.rmdir()

    with pytest.raises(PublishingError) as raised:
        scanner().scan()

    assert str(raised.value) == (
        f"{dist} cannot be listed (No such file or directory): build your app, or use --dir FOLDER"
    )


def test_a_folder_larger_than_any_of_installers_is_an_error_that_names_the_remedy(
    put: Put, scanner: MakeScanner, dist: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "LARGEST_FOLDER", 1)
    put("Acme-1.0.exe")
    put("Acme-2.0.exe")

    with pytest.raises(PublishingError, match=f"{dist} holds over 100,000 files: use --dir FOLDER"):
        scanner().scan()


def test_installers_are_read_once_in_the_life_of_a_scanner(put: Put, scanner: MakeScanner, reads: list[str]) -> None:
    put("Acme-1.0.exe")
    again = scanner()

    assert again.scan() == again.scan()
    assert reads == ["Acme-1.0.exe"]


def test_facts_are_remembered_from_one_scanner_to_the_next(
    put: Put, scanner: MakeScanner, reads: list[str], store: Store, mac_zip: MacZip
) -> None:
    put("Acme-Notes.zip", mac_zip("1.3.0"))
    put("Acme-2.0.exe")
    before = scanner(store=store).scan()
    reads.clear()

    after = scanner(store=store).scan()

    assert after == before
    assert reads == []


def test_a_replaced_installer_of_the_same_name_and_size_is_read_again(
    put: Put, scanner: MakeScanner, reads: list[str], store: Store, mac_zip: MacZip
) -> None:
    path = put("Acme-Notes.zip", mac_zip("1.3.0"))
    put("Acme-2.0.exe")
    before = scanner(store=store).scan()
    reads.clear()
    put("new", mac_zip("1.4.0")).replace(path)

    after = scanner(store=store).scan()

    assert [found.identity.size for found in after.installers] == [found.identity.size for found in before.installers]
    assert versions(after) == {"Acme-2.0.exe": "2.0", "Acme-Notes.zip": "1.4.0"}
    assert reads == ["Acme-Notes.zip"]


def test_what_was_read_before_an_interruption_is_remembered(
    put: Put, scanner: MakeScanner, store: Store, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put("Acme-1.0.exe")
    interrupted = scanner(store=store)
    read = interrupted.inside.read

    def read_one(candidate: Candidate) -> Facts:
        if reads:
            raise KeyboardInterrupt
        return read(candidate)

    put("Acme-2.0.exe")
    monkeypatch.setattr(interrupted.inside, "read", read_one)
    with pytest.raises(KeyboardInterrupt):
        interrupted.scan()

    scanner(store=store).scan()

    assert sorted(reads) == ["Acme-1.0.exe", "Acme-2.0.exe"]


def test_deltas_are_found_beside_the_installers_and_are_none(put: Put, scanner: MakeScanner) -> None:
    put("Acme-1.0.exe")
    path = put("Acme Notes130-120.delta", b"12345")

    scan = scanner().scan()

    assert list(versions(scan)) == ["Acme-1.0.exe"]
    assert [(delta.name, delta.path, delta.identity.size) for delta in scan.deltas] == [(path.name, path, 5)]
    assert scan.other_files == 0


def test_a_delta_that_comes_changes_or_goes_shows_at_the_next_look(put: Put, scanner: MakeScanner) -> None:
    looking = scanner()
    looking.scan()
    path = put("Acme130-120.delta", b"1")

    sizes = []
    for content in (b"12", b"123", None):
        path.unlink() if content is None else path.write_bytes(content)
        sizes.append([delta.identity.size for delta in looking.scan(frozenset({path})).deltas])

    assert sizes == [[2], [3], []]


def test_a_delta_that_cannot_be_served_has_a_reason(put: Put, scanner: MakeScanner, dist: Path, tmp_path: Path) -> None:
    put("empty.delta", b"")
    (tmp_path / "outside.delta").write_bytes(b"delta")
    (dist / "linked.delta").symlink_to(tmp_path / "outside.delta")
    (dist / "folder.delta").mkdir()

    scan = scanner().scan()

    assert scan.deltas == ()
    assert list(reasons(scan)) == ["empty.delta", "linked.delta"]
    assert reasons(scan)["empty.delta"] == "it is empty"
    assert "outside the folder" in reasons(scan)["linked.delta"]


CONCERNS = {
    "Acme-1.0.exe": True,
    "Acme-1.0.exe.yaml": True,
    "Acme Notes130-120.delta": True,
    "VERSION": True,
    "README.txt": False,
    "appcast.xml": False,
    ".Acme-1.0.exe": False,
    "Acme-1.0.exe.part": False,
    "old/VERSION": False,
}


@pytest.mark.parametrize(("name", "concerns"), CONCERNS.items())
def test_only_what_can_change_the_offer_concerns_a_scanner(
    scanner: MakeScanner, dist: Path, name: str, concerns: bool
) -> None:
    assert scanner().concerns(dist / name) is concerns


def test_the_version_file_that_was_asked_for_concerns_a_scanner_however_its_path_is_written(
    scanner: MakeScanner, dist: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(dist.parent)
    asking = scanner(version_from=Path("dist", "BUILD"))

    assert asking.concerns(dist / "BUILD")
    assert not asking.concerns(dist / "VERSION")


def test_another_look_reads_and_lists_only_what_changed(
    put: Put, scanner: MakeScanner, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(10):
        put(f"Acme-{number}.0.exe")
    again = scanner()
    again.scan()
    reads.clear()
    monkeypatch.delattr(os, "scandir")

    scan = again.scan(frozenset({put("Acme-10.0.exe"), put("Acme-3.0.exe", b"another installer")}))

    assert len(scan.installers) == 11
    assert sorted(reads) == ["Acme-10.0.exe", "Acme-3.0.exe"]


def test_a_sidecar_that_changes_does_not_make_its_installer_be_read_again(
    put: Put, scanner: MakeScanner, reads: list[str]
) -> None:
    put("Acme-1.0.exe")
    again = scanner()
    again.scan()

    scan = again.scan(frozenset({put("Acme-1.0.yaml", 'short_version: "1.1"')}))

    assert versions(scan) == {"Acme-1.0.exe": "1.1"}
    assert reads == ["Acme-1.0.exe"]


def test_a_sidecar_that_came_with_its_installer_counts_before_it_is_told_of(put: Put, scanner: MakeScanner) -> None:
    again = scanner()
    again.scan()
    put("Acme-1.0.exe.yaml", 'short_version: "1.1"')

    scan = again.scan(frozenset({put("Acme-1.0.exe")}))

    assert versions(scan) == {"Acme-1.0.exe": "1.1"}


def test_what_changed_outside_the_folder_is_none_of_its_business(
    put: Put, scanner: MakeScanner, tmp_path: Path
) -> None:
    put("Acme-1.0.exe")
    again = scanner()
    before = again.scan()
    (tmp_path / "Acme-2.0.exe").write_bytes(b"text")

    assert again.scan(frozenset({tmp_path / "Acme-2.0.exe"})) == before


def test_the_first_look_is_at_everything_whatever_changed(put: Put, scanner: MakeScanner) -> None:
    changed = put("Acme-1.0.exe")
    put("Acme-2.0.exe")

    assert len(scanner().scan(frozenset({changed})).installers) == 2


def test_after_a_look_that_failed_the_next_is_at_everything(put: Put, scanner: MakeScanner, dist: Path) -> None:
    changed = put("Acme-1.0.exe")
    put("Acme-2.0.exe")
    again = scanner()
    again.scan()
    dist.rename(dist.parent / "away")
    with pytest.raises(PublishingError):
        again.scan()
    (dist.parent / "away").rename(dist)
    put("Acme-3.0.exe")

    scan = again.scan(frozenset({changed}))

    assert list(versions(scan)) == ["Acme-1.0.exe", "Acme-2.0.exe", "Acme-3.0.exe"]


# By name, what may come to be there; every step adds, replaces or removes one of them.
CONTENTS: dict[str, list[str | None]] = {
    "Acme-1.0.exe": [None, "text", "text again", ""],
    "Acme.exe": [None, "text", "text again"],  # needs a version file or a sidecar
    "Acme-2.0.zip": [None, "PK\x05\x06" + "\0" * 18, "PK\x03\x04"],  # needs a sidecar; the other is cut short
    "sub/Acme-3.0.exe": [None, "text"],
    "Acme-1.0.exe.yaml": [None, 'short_version: "1.1"', "version: 1.1"],
    "Acme-1.0.yaml": [None, 'short_version: "1.2"'],
    "Acme.yaml": [None, 'version: "7"', "app: Acme Draw"],
    "Acme-2.0.zip.yaml": [None, "os: linux", "os: beos"],
    "sub/Acme-3.0.yaml": [None, "arch: arm64"],
    "VERSION": [None, "1.3.0", "no version"],
}
STEP = st.sampled_from(sorted(CONTENTS)).flatmap(lambda name: st.tuples(st.just(name), st.sampled_from(CONTENTS[name])))
BURSTS = st.lists(st.lists(STEP, min_size=1, max_size=4), min_size=1, max_size=8)


@given(bursts=BURSTS, recursive=st.booleans())
def test_looking_only_at_what_changed_finds_what_looking_at_everything_finds(
    bursts: list[list[tuple[str, str | None]]], recursive: bool
) -> None:
    with tempfile.TemporaryDirectory() as root:
        folder = Path(root, "dist")
        (folder / "sub").mkdir(parents=True)
        again = new_scanner(folder, recursive=recursive)
        again.scan()
        for burst in bursts:
            changed = {change(folder / name, content) for name, content in burst}

            scan = again.scan(frozenset(filter(again.concerns, changed)))

            assert scan == new_scanner(folder, recursive=recursive).scan()


def new_scanner(folder: Path, *, recursive: bool) -> Scanner:
    lister = FolderListing(folder=folder, recursive=recursive)
    return Scanner(listing=lister, inside=InsideReader(folder=folder, store=Store.nowhere()))


def change(path: Path, content: str | None) -> Path:
    if content is None:
        path.unlink(missing_ok=True)
    else:
        path.write_text(content)
    return path
