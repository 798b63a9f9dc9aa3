"""Which files in a folder may be installers."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.scan import listing as listing_module
from ota_dev.scan.listing import DEEPEST, FolderListing, Listing

Put = Callable[..., Path]


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """Give an installer that is not in the folder."""
    path = tmp_path / "elsewhere" / "Acme-9.0.dmg"
    path.parent.mkdir()
    path.write_bytes(b"an installer")
    return path


def names(listing: Listing) -> list[str]:
    return sorted(candidate.name for candidate in listing.candidates)


def reasons(listing: Listing) -> dict[str, str]:
    return {skipped.name: skipped.reason for skipped in listing.skipped}


def test_a_folder_is_listed_without_its_subfolders(dist: Path, put: Put) -> None:
    put("Acme-1.0.dmg")
    put("old/Acme-0.9.dmg")

    listing = FolderListing(folder=dist).all()

    assert names(listing) == ["Acme-1.0.dmg"]


def test_subfolders_are_listed_when_asked_and_give_relative_names(dist: Path, put: Put) -> None:
    put("Acme-1.0.dmg")
    put("old/mac/Acme-0.9.dmg")

    listing = FolderListing(folder=dist, recursive=True).all()

    assert names(listing) == ["Acme-1.0.dmg", "old/mac/Acme-0.9.dmg"]


def test_a_candidate_is_the_file_in_the_state_in_which_it_was_listed(dist: Path, put: Put) -> None:
    path = put("Acme-1.0.dmg", b"12345")

    (candidate,) = FolderListing(folder=dist).all().candidates

    assert (candidate.path, candidate.identity.size, candidate.kind) == (path, 5, "dmg")


@pytest.mark.parametrize("recursive", [False, True], ids=["flat", "recursive"])
def test_hidden_and_temporary_names_never_count(dist: Path, put: Put, recursive: bool) -> None:
    for name in (".Acme.dmg", "Acme.dmg.part", "Acme.dmg~", ".git/Acme.dmg", "Acme.download/Acme.dmg"):
        put(name)

    listing = FolderListing(folder=dist, recursive=recursive).all()

    assert listing == Listing(entries=5)


def test_files_of_no_installer_kind_are_named_apart_from_installers(dist: Path, put: Put) -> None:
    for name in ("README.txt", "Acme-1.0.dmg.yaml", "VERSION", "folder/notes.md"):
        put(name)

    listing = FolderListing(folder=dist).all()

    assert listing.others == {"README.txt", "Acme-1.0.dmg.yaml", "VERSION"}
    assert (listing.candidates, listing.skipped) == ([], [])


@pytest.mark.parametrize("target", ["Acme-1.0.dmg", "builds/Acme-1.0.dmg"])
def test_a_link_to_a_file_inside_the_folder_counts(dist: Path, put: Put, target: str) -> None:
    put(target, b"12345")
    (dist / "Acme-latest.dmg").symlink_to(target)

    listing = FolderListing(folder=dist).all()

    assert {candidate.name: candidate.identity.size for candidate in listing.candidates}["Acme-latest.dmg"] == 5


def test_a_link_inside_counts_in_a_folder_that_is_itself_a_link(tmp_path: Path, dist: Path, put: Put) -> None:
    put("Acme-1.0.dmg")
    (dist / "Acme-latest.dmg").symlink_to(dist / "Acme-1.0.dmg")
    (tmp_path / "linked").symlink_to(dist)

    listing = FolderListing(folder=tmp_path / "linked").all()

    assert names(listing) == ["Acme-1.0.dmg", "Acme-latest.dmg"]


def test_a_link_out_of_the_folder_is_skipped_and_the_remedies_are_named(dist: Path, outside: Path) -> None:
    (dist / "Acme-9.0.dmg").symlink_to(outside)

    listing = FolderListing(folder=dist).all()

    assert listing.candidates == []
    assert reasons(listing) == {
        "Acme-9.0.dmg": f"it links to {outside}, outside the folder: allow it with --follow-links, or copy it"
    }


def test_a_link_that_leaves_the_folder_in_two_steps_is_skipped_too(dist: Path, outside: Path) -> None:
    (dist / "step").symlink_to(outside.parent)
    (dist / "Acme-9.0.dmg").symlink_to("step/Acme-9.0.dmg")

    assert FolderListing(folder=dist).all().candidates == []


def test_a_link_into_a_folder_whose_name_only_begins_the_same_is_outside(tmp_path: Path, dist: Path) -> None:
    (tmp_path / "dist-old").mkdir()
    (tmp_path / "dist-old" / "Acme-9.0.dmg").write_bytes(b"an installer")
    (dist / "Acme-9.0.dmg").symlink_to("../dist-old/Acme-9.0.dmg")

    assert FolderListing(folder=dist).all().candidates == []


def test_a_link_out_of_the_folder_counts_when_allowed(dist: Path, outside: Path) -> None:
    (dist / "Acme-9.0.dmg").symlink_to(outside)

    assert names(FolderListing(folder=dist, follow_links=True).all()) == ["Acme-9.0.dmg"]


@pytest.mark.parametrize("recursive", [False, True], ids=["flat", "recursive"])
@pytest.mark.parametrize("target", ["nowhere.dmg", "Acme-9.0.dmg"], ids=["to nothing", "to itself"])
def test_a_link_that_leads_nowhere_costs_only_itself(dist: Path, put: Put, target: str, recursive: bool) -> None:
    put("Acme-1.0.dmg")
    (dist / "Acme-9.0.dmg").symlink_to(target)
    (dist / "notes").symlink_to("notes")

    listing = FolderListing(folder=dist, recursive=recursive).all()

    assert names(listing) == ["Acme-1.0.dmg"]
    assert reasons(listing)["Acme-9.0.dmg"].endswith("check the link or the permissions")
    assert listing.others == {"notes"}


def test_a_linked_folder_is_never_entered(dist: Path, put: Put, outside: Path) -> None:
    put("sub/Acme-1.0.dmg")
    (dist / "sub" / "round").symlink_to(dist)
    (dist / "away").symlink_to(outside.parent)

    listing = FolderListing(folder=dist, recursive=True, follow_links=True).all()

    assert names(listing) == ["sub/Acme-1.0.dmg"]


@pytest.mark.parametrize("recursive", [False, True], ids=["flat", "recursive"])
def test_a_folder_named_like_an_installer_is_skipped_with_all_that_is_in_it(
    dist: Path, put: Put, recursive: bool
) -> None:
    put("Acme-1.0.pkg/Contents/Acme-1.0.zip")

    listing = FolderListing(folder=dist, recursive=recursive).all()

    assert reasons(listing) == {"Acme-1.0.pkg": "it is a folder, which no client can download: pack it into one file"}
    assert listing.candidates == []


def test_a_pipe_named_like_an_installer_is_skipped(dist: Path) -> None:
    os.mkfifo(dist / "Acme-1.0.dmg")

    assert reasons(FolderListing(folder=dist).all()) == {
        "Acme-1.0.dmg": "it is no regular file: put the installer itself there"
    }


def test_a_name_that_no_url_can_carry_is_skipped_and_told_to_be_renamed(dist: Path, put: Put) -> None:
    put(os.fsdecode(b"Acme-\xff-1.0.dmg"))

    (reason,) = reasons(FolderListing(folder=dist).all()).values()

    assert reason == "its name is no valid Unicode text, which no URL can carry: rename it"


def test_a_subfolder_that_cannot_be_listed_is_skipped_with_the_reason(
    dist: Path, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("locked/Acme-1.0.dmg")
    put("open/Acme-2.0.dmg")
    refuse(monkeypatch, dist / "locked")

    listing = FolderListing(folder=dist, recursive=True).all()

    assert names(listing) == ["open/Acme-2.0.dmg"]
    assert reasons(listing) == {"locked": "this folder cannot be listed (Permission denied): check its permissions"}


def test_a_folder_that_cannot_be_listed_itself_is_an_error(dist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, dist)

    with pytest.raises(PermissionError):
        FolderListing(folder=dist, recursive=True).all()


def refuse(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Deny access to one folder, as the system would deny it to anybody but root."""
    scandir = os.scandir

    def scan(path: Path) -> object:
        if path == folder:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", scan)


def test_what_lies_too_deep_is_skipped_with_a_remedy(dist: Path, put: Put) -> None:
    put("d/" * DEEPEST + "Acme-1.0.dmg")
    put("d/" * (DEEPEST + 2) + "Acme-2.0.dmg")

    listing = FolderListing(folder=dist, recursive=True).all()

    assert names(listing) == ["d/" * DEEPEST + "Acme-1.0.dmg"]
    assert reasons(listing) == {
        "/".join("d" * (DEEPEST + 1)): (
            "it lies more than 16 folders deep: use --dir with a folder nearer to the installers"
        )
    }


@pytest.mark.parametrize("name", ["Acme-{}.dmg", "{}.txt", ".{}", "folder-{}/x"])
def test_a_folder_with_more_entries_than_any_folder_of_installers_is_not_listed_to_its_end(
    dist: Path, put: Put, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(listing_module, "LARGEST_FOLDER", 3)
    for number in range(5):
        put(name.format(number))

    listing = FolderListing(folder=dist, recursive=True).all()

    assert (listing.is_complete, listing.entries) == (False, 3)


@pytest.fixture
def motley(dist: Path, put: Put, outside: Path) -> list[str]:
    """Fill the folder with a bit of everything, and give the names of it all, seen by a listing or not."""
    for name in (
        *("Acme-1.0.dmg", "Acme-2.0.dmg.part", ".Acme-3.0.dmg", "VERSION", "Acme-1.0.yaml", "plain/Acme-4.0.msi"),
        *("plain/readme.txt", ".hidden/Acme-5.0.msi", "Acme.pkg/Contents/Acme-6.0.zip", "Acme.part/Acme-7.0.exe"),
        *("d/" * DEEPEST + "Acme-8.0.exe", "d/" * (DEEPEST + 1) + "Acme-9.0.exe"),
    ):
        put(name)
    (dist / "inside.dmg").symlink_to("Acme-1.0.dmg")
    (dist / "outside.dmg").symlink_to(outside)
    (dist / "loop.dmg").symlink_to("loop.dmg")
    (dist / "loop.yaml").symlink_to("loop.yaml")
    (dist / "linked").symlink_to("plain")
    os.mkfifo(dist / "pipe.dmg")
    found = [path.relative_to(dist).as_posix() for path in dist.rglob("*")]
    return [*found, "linked/Acme-4.0.msi", "gone.dmg", "gone/gone.dmg", "Acme-1.0.dmg/no-folder.dmg"]


@pytest.mark.parametrize("recursive", [False, True], ids=["flat", "recursive"])
@pytest.mark.parametrize("follow_links", [False, True], ids=["links inside", "all links"])
def test_listing_file_by_file_gives_what_listing_the_folder_gives(
    dist: Path, motley: list[str], recursive: bool, follow_links: bool
) -> None:
    lister = FolderListing(folder=dist, recursive=recursive, follow_links=follow_links)

    whole, pieces = lister.all(), lister.some(motley)

    too_deep = "/".join("d" * (DEEPEST + 1))
    assert names(pieces) == names(whole)
    assert pieces.others == whole.others
    assert reasons(pieces) == {name: reason for name, reason in reasons(whole).items() if name != too_deep}
