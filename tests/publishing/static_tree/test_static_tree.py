"""A tree on disk: what is written when, what is removed, and what is never touched."""

import errno
import json
import os
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ota_dev.errors import PublishingError, RefusedFeedError
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.publishing.static_tree import Written
from ota_dev.publishing.static_tree.manifest import MANIFEST
from ota_dev.publishing.static_tree.owned_folder import OwnedFolder

MakeZip = Callable[..., bytes]
WriteTree = Callable[..., Written]
Files = Callable[[Path], dict[str, bytes]]
FEEDS = 7  # of an app for macOS alone


@pytest.fixture
def put(dist: Path, mac_zip: MakeZip) -> Callable[[str], Path]:
    """Put a version of Acme Notes into the folder."""

    def put_version(version: str) -> Path:
        path = dist / f"Acme-Notes-{version}.zip"
        path.write_bytes(mac_zip(version))
        return path

    return put_version


@pytest.fixture
def notes(put: Callable[[str], Path]) -> Path:
    return put("1.3.0")


def states(folder: Path) -> dict[str, tuple[int, int]]:
    entries = ((path, path.stat()) for path in folder.rglob("*") if path.is_file())
    return {path.name: (status.st_ino, status.st_mtime_ns) for path, status in entries}


def test_feeds_and_installers_are_written(write_tree: WriteTree, site: Path, notes: Path, files: Files) -> None:
    written = write_tree()

    held = files(site)
    assert written == Written(feeds=FEEDS, installers=1, new_feeds=FEEDS, new_pages=0, linked=1, copied=0, removed=0)
    assert held[f"downloads/{notes.name}"] == notes.read_bytes()
    assert f'url="https://updates.acme.example/downloads/{notes.name}"'.encode() in held["appcast-macos-aarch64.xml"]
    assert json.loads(held.pop(MANIFEST))["files"] == sorted(held)


def test_an_installer_is_the_same_file_where_that_is_possible(write_tree: WriteTree, site: Path, notes: Path) -> None:
    write_tree()

    assert (site / "downloads" / notes.name).samefile(notes)


@pytest.fixture
def no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(Path, "hardlink_to", refuse)


@pytest.mark.usefixtures("no_links")
def test_an_installer_on_another_disk_is_copied_once(write_tree: WriteTree, site: Path, notes: Path) -> None:
    first = write_tree()
    copy = site / "downloads" / notes.name
    state = copy.stat()
    second = write_tree()

    assert (first.copied, first.linked, second.copied) == (1, 0, 0)
    assert not copy.samefile(notes)
    assert copy.read_bytes() == notes.read_bytes()
    assert copy.stat() == state


@pytest.mark.usefixtures("no_links")
def test_a_copy_is_made_again_when_a_build_keeps_size_and_date(write_tree: WriteTree, site: Path, notes: Path) -> None:
    write_tree()
    date = notes.stat().st_mtime_ns
    rebuilt = notes.read_bytes().replace(b"Acme Notes.app/Contents/MacOS", b"Acme Notes.app/Contents/MacOs")
    notes.write_bytes(rebuilt)
    os.utime(notes, ns=(date, date))

    written = write_tree()

    assert written.copied == 1
    assert (site / "downloads" / notes.name).read_bytes() == rebuilt


def test_what_stays_the_same_is_not_touched(write_tree: WriteTree, site: Path, put: Callable[[str], Path]) -> None:
    put("1.3.0")
    write_tree()
    before = states(site)

    again = write_tree()
    put("1.4.0")
    more = write_tree()

    assert not again
    assert more.linked == 1
    assert states(site)["Acme-Notes-1.3.0.zip"] == before["Acme-Notes-1.3.0.zip"]
    assert states(site)["appcast.xml"] != before["appcast.xml"]


def test_what_is_stale_goes_and_empty_folders_with_it(
    write_tree: WriteTree, site: Path, put: Callable[[str], Path]
) -> None:
    put("1.3.0")
    beta = put("1.4.0")
    policy = beta.with_name(f"{beta.name}.yaml")
    policy.write_text("channel: beta\n")
    write_tree()
    had_beta = (site / "channels" / "beta" / "appcast.xml").exists()
    beta.unlink()
    policy.unlink()

    written = write_tree()

    assert had_beta
    assert written.removed == FEEDS + 1
    assert sorted(path.name for path in (site / "downloads").iterdir()) == ["Acme-Notes-1.3.0.zip"]
    assert not (site / "channels").exists()


def test_a_file_of_the_users_stays_beside_the_tree(
    write_tree: WriteTree, site: Path, put: Callable[[str], Path]
) -> None:
    gone = put("1.3.0")
    write_tree()
    own = [site / "index.html", site / "downloads" / "manual.pdf"]
    for path in own:
        path.write_bytes(b"mine")
    gone.unlink()
    put("1.4.0")

    write_tree()

    assert [path.read_bytes() for path in own] == [b"mine", b"mine"]


@pytest.mark.usefixtures("notes")
def test_feeds_alone_link_to_the_same_places(write_tree: WriteTree, site: Path, files: Files) -> None:
    write_tree()
    whole = files(site)

    written = write_tree(has_installers=False)

    assert (written.new_feeds, written.removed) == (0, 1)
    assert not (site / "downloads").exists()
    assert files(site)["appcast.xml"] == whole["appcast.xml"]


@pytest.mark.usefixtures("notes")
def test_each_feed_has_its_signature_beside_it(write_tree: WriteTree, site: Path, files: Files) -> None:
    write_tree(sign=lambda content: f"signature of {len(content)} bytes")

    held = files(site)
    feeds = [path for path in held if path.endswith(".xml")]
    assert len(feeds) == FEEDS
    assert all(held[f"{path}.signature"] == f"signature of {len(held[path])} bytes".encode() for path in feeds)


def test_a_feed_is_written_once_its_installers_are_there(
    write_tree: WriteTree, site: Path, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    write = OwnedFolder.write

    def look(self: OwnedFolder, path: str, content: bytes) -> bool:
        seen.append((site / "downloads" / notes.name).exists())
        return write(self, path, content)

    monkeypatch.setattr(OwnedFolder, "write", look)
    write_tree()

    assert seen
    assert all(seen)


def test_what_is_stale_is_there_until_the_feeds_are_written(
    write_tree: WriteTree, site: Path, put: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    old = put("1.3.0")
    write_tree()
    old.unlink()
    put("1.4.0")

    def fail(*_: object) -> bool:
        raise PublishingError("stopped halfway")

    with monkeypatch.context() as halfway:
        halfway.setattr(OwnedFolder, "write", fail)
        with pytest.raises(PublishingError, match="stopped halfway"):
            write_tree()
    halfway_there = sorted(path.name for path in (site / "downloads").iterdir())
    write_tree()

    assert halfway_there == ["Acme-Notes-1.3.0.zip", "Acme-Notes-1.4.0.zip"]
    assert [path.name for path in (site / "downloads").iterdir()] == ["Acme-Notes-1.4.0.zip"]


def test_a_feed_that_is_refused_leaves_the_tree_as_it_was(
    write_tree: WriteTree, site: Path, put: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, files: Files
) -> None:
    put("1.3.0")
    write_tree()
    before = files(site)
    put("1.4.0")

    def refuse(*_: object) -> bytes:
        raise RefusedFeedError("the feed has errors")

    monkeypatch.setattr(AppcastFeed, "render", refuse)
    with pytest.raises(RefusedFeedError):
        write_tree()

    assert files(site) == before


@pytest.mark.usefixtures("notes")
def test_a_folder_with_files_that_we_did_not_write_is_refused(write_tree: WriteTree, site: Path, files: Files) -> None:
    site.mkdir()
    (site / "index.html").write_bytes(b"mine")

    with pytest.raises(PublishingError) as raised:
        write_tree()

    assert str(raised.value) == (
        f"{site} holds files that --tree did not write (there is no {MANIFEST} in it): choose a folder that is new or "
        "empty"
    )
    assert files(site) == {"index.html": b"mine"}


@pytest.mark.usefixtures("notes")
def test_an_empty_folder_will_do(write_tree: WriteTree, site: Path) -> None:
    site.mkdir()

    assert write_tree()


@pytest.mark.parametrize(
    "make",
    [
        lambda place: place.write_bytes(b"mine"),
        lambda place: place.mkdir(),
        lambda place: place.symlink_to(place.parent.parent / "appcast.xml"),
        lambda place: place.symlink_to("nowhere"),
    ],
    ids=["a file", "a folder", "a link", "a broken link"],
)
def test_what_the_user_put_where_the_tree_wants_to_write_is_named_and_stays(
    write_tree: WriteTree, site: Path, put: Callable[[str], Path], make: Callable[[Path], object], files: Files
) -> None:
    put("1.3.0")
    write_tree()
    place = site / "downloads" / put("1.4.0").name
    make(place)
    before = files(site)

    with pytest.raises(PublishingError) as raised:
        write_tree()

    assert str(raised.value).startswith(f"{place} is in the way, and --tree did not write it: move it away")
    assert files(site) == before


@pytest.mark.usefixtures("notes")
def test_a_link_in_the_place_of_one_of_our_files_is_not_written_through(
    write_tree: WriteTree, site: Path, tmp_path: Path
) -> None:
    write_tree()
    precious = tmp_path / "precious"
    precious.write_bytes(b"mine")
    (site / "appcast.xml").unlink()
    (site / "appcast.xml").symlink_to(precious)

    with pytest.raises(PublishingError, match="is in the way"):
        write_tree()

    assert precious.read_bytes() == b"mine"


@pytest.mark.usefixtures("notes")
def test_nothing_is_removed_behind_a_link_that_leads_out_of_the_tree(
    write_tree: WriteTree, site: Path, tmp_path: Path
) -> None:
    write_tree()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "appcast.xml").write_bytes(b"mine")
    (site / "channels").mkdir()
    (site / "channels" / "beta").symlink_to(elsewhere, target_is_directory=True)
    manifest = site / MANIFEST
    manifest.write_text(json.dumps({"files": ["channels/beta/appcast.xml"]}))

    with pytest.raises(PublishingError, match="leads out of"):
        write_tree()

    assert (elsewhere / "appcast.xml").read_bytes() == b"mine"


@pytest.mark.usefixtures("notes")
def test_a_folder_that_a_manifest_calls_a_file_stays(write_tree: WriteTree, site: Path) -> None:
    write_tree()
    (site / "notes").mkdir()
    (site / "notes" / "folder").mkdir()
    manifest = json.loads((site / MANIFEST).read_text())
    (site / MANIFEST).write_text(json.dumps({"files": [*manifest["files"], "notes/folder", "notes/gone.html"]}))

    assert write_tree().removed == 0
    assert (site / "notes" / "folder").is_dir()


def test_an_installer_that_changed_since_it_was_published_is_not_put_there(
    write_tree: WriteTree, site: Path, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(target: Path, source: Path) -> None:
        os.link(source, target)
        notes.write_bytes(b"half a build")

    monkeypatch.setattr(Path, "hardlink_to", link)

    with pytest.raises(PublishingError, match=f"{notes.name} changed while the tree was written"):
        write_tree()

    assert not list(site.glob("*.xml"))


@pytest.mark.usefixtures("notes")
def test_a_folder_that_cannot_be_written_is_one_sentence(write_tree: WriteTree, site: Path) -> None:
    site.write_bytes(b"a file")

    with pytest.raises(PublishingError, match="site cannot be written"):
        write_tree()


def test_nothing_written_is_nothing_to_tell() -> None:
    nothing = Written(feeds=6, installers=1, new_feeds=0, new_pages=0, linked=0, copied=0, removed=0)

    assert not nothing
    assert all(replace(nothing, **{change: 1}) for change in ("new_feeds", "new_pages", "linked", "copied", "removed"))


def test_files_of_the_tree_are_open_to_whoever_serves_them(write_tree: WriteTree, site: Path, notes: Path) -> None:
    write_tree()
    (site / "ordinary").touch()

    assert stat.S_IMODE((site / "appcast.xml").stat().st_mode) == stat.S_IMODE((site / "ordinary").stat().st_mode)
    assert stat.S_IMODE((site / "downloads" / notes.name).stat().st_mode) == stat.S_IMODE(notes.stat().st_mode)
