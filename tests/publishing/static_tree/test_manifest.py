"""The list of a tree's files, which anybody may have written."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.errors import PublishingError
from ota_dev.feeds.formats import feed_formats
from ota_dev.publishing.static_tree.manifest import MANIFEST, read_manifest, write_manifest

FEEDS = feed_formats()
PATHS = frozenset({"appcast.xml", "downloads/Föhn ☃.dmg", "channels/beta/appcast.xml.signature"})


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    write_manifest(tmp_path, PATHS)

    assert read_manifest(tmp_path, FEEDS) == PATHS


def test_the_same_list_is_not_written_again(tmp_path: Path) -> None:
    write_manifest(tmp_path, PATHS)
    before = (tmp_path / MANIFEST).stat().st_mtime_ns

    write_manifest(tmp_path, sorted(PATHS, reverse=True))

    assert (tmp_path / MANIFEST).stat().st_mtime_ns == before


def test_a_folder_without_a_list_has_none(tmp_path: Path) -> None:
    assert read_manifest(tmp_path, FEEDS) is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b'{"files": {}}',
        b'{"files": [1]}',
        b'{"files": ["../../home/appcast.xml"]}',
        b'{"files": ["appcast.xml", "/etc/passwd"]}',
        b'{"files": ["README.md"]}',
        b'{"files": [".ota-dev-tree.json"]}',
        b"[" * 200_000,
        b'{"files": ' + b"9" * 10_000 + b"}",
    ],
    ids=lambda content: repr(content[:40]),
)
def test_what_is_no_such_list_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / MANIFEST).write_bytes(content)

    with pytest.raises(PublishingError, match="is not the list that --tree keeps of its files: choose another folder"):
        read_manifest(tmp_path, FEEDS)


def make_link(path: Path) -> None:
    path.symlink_to(path.parent / "elsewhere.json")


def make_terabyte(path: Path) -> None:
    path.touch()
    os.truncate(path, 1 << 40)


@pytest.mark.parametrize(
    "make", [Path.mkdir, make_link, make_terabyte, *([os.mkfifo] if hasattr(os, "mkfifo") else [])]
)
def test_what_is_no_ordinary_file_is_refused_unread(tmp_path: Path, make: Callable[[Path], object]) -> None:
    (tmp_path / "elsewhere.json").write_text(json.dumps({"files": []}))
    make(tmp_path / MANIFEST)

    with pytest.raises(PublishingError, match="is not the list"):
        read_manifest(tmp_path, FEEDS)
