"""A feed as a file, and the one app that it is about."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.errors import PublishingError
from ota_dev.publishing import Publisher, only_app, write_feed

Put = Callable[..., Path]
MakePublisher = Callable[..., Publisher]


def test_the_only_app_is_what_a_feed_is_about(put: Put, publisher: MakePublisher, dist: Path) -> None:
    put("Acme-Notes-1.0.exe")
    put("Acme-Notes-2.0.exe")

    assert only_app(publisher().publish(), dist).name == "Acme Notes"


def test_a_folder_without_installers_names_the_remedies(put: Put, publisher: MakePublisher, dist: Path) -> None:
    put("README.txt")

    with pytest.raises(PublishingError) as raised:
        only_app(publisher().publish(), dist)

    assert str(raised.value) == (f"{dist} holds no installer to offer: build your app first, or use --dir FOLDER")


def test_a_folder_whose_installers_were_all_skipped_says_why(put: Put, publisher: MakePublisher, dist: Path) -> None:
    put("Acme-1.0.exe", b"")
    put("Acme-2.0.exe", b"")

    with pytest.raises(PublishingError) as raised:
        only_app(publisher().publish(), dist)

    assert str(raised.value) == (
        f"{dist} holds no installer to offer: every installer was skipped:\n"
        "  Acme-1.0.exe: it is empty\n  Acme-2.0.exe: it is empty"
    )


def test_of_many_skipped_installers_only_the_first_are_named(put: Put, publisher: MakePublisher, dist: Path) -> None:
    for number in range(10, 25):
        put(f"Acme-{number}.exe", b"")

    with pytest.raises(PublishingError) as raised:
        only_app(publisher().publish(), dist)

    lines = str(raised.value).splitlines()
    assert lines[1].startswith("  Acme-10.exe: ")
    assert lines[10:] == ["  Acme-19.exe: it is empty", "  and 5 more"]


def test_a_folder_with_several_apps_names_them_and_the_remedy(put: Put, publisher: MakePublisher, dist: Path) -> None:
    put("Acme-Notes-1.0.exe")
    put("Acme-Draw-1.0.exe")

    with pytest.raises(PublishingError) as raised:
        only_app(publisher().publish(), dist)

    assert str(raised.value) == (
        f"{dist} holds several apps (Acme Draw, Acme Notes), and a feed is about one: choose it with --app"
    )


def test_a_feed_is_written(dist: Path) -> None:
    assert write_feed(dist / "appcast.xml", b"<rss/>") is True
    assert (dist / "appcast.xml").read_bytes() == b"<rss/>"


def test_a_feed_that_differs_replaces_the_one_before_and_leaves_nothing_beside_it(dist: Path) -> None:
    path = dist / "appcast.xml"
    path.write_bytes(b"<old/>")
    reader = path.open("rb")

    written = write_feed(path, b"<rss/>")

    with reader:
        assert reader.read() == b"<old/>"
    assert written is True
    assert [(entry.name, entry.read_bytes()) for entry in dist.iterdir()] == [("appcast.xml", b"<rss/>")]


def test_identical_bytes_are_not_written_again(dist: Path) -> None:
    path = dist / "appcast.xml"
    path.write_bytes(b"<rss/>")
    before = path.stat()

    written = write_feed(path, b"<rss/>")

    assert written is False
    assert path.stat() == before


@pytest.mark.parametrize(
    ("name", "reason"),
    [("missing/appcast.xml", "No such file or directory"), (".", "Is a directory"), ("file/x", "Not a directory")],
)
def test_a_feed_that_cannot_be_written_is_named_with_the_reason(dist: Path, put: Put, name: str, reason: str) -> None:
    put("file", b"")

    with pytest.raises(PublishingError) as raised:
        write_feed(dist / name, b"<rss/>")

    assert str(raised.value) == f"{dist / name} cannot be written ({reason}): check the folder"
