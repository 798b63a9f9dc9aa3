import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.feeds.addresses import FeedAddress, installer_beside_feeds
from ota_dev.feeds.formats import feed_formats
from ota_dev.feeds.interface import FeedName

FEEDS = feed_formats()


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/appcast.xml", ("appcast.xml", None, None)),
        ("/channels/beta/appcast.xml", ("appcast.xml", None, "beta")),
        ("/dev/channels/dev/appcast-macos.xml", ("appcast-macos.xml", None, "dev")),
        ("/a/b/c/channels/dev/appcast.xml", ("appcast.xml", None, "dev")),
        ("/channels/channels/channels/appcast.xml", ("appcast.xml", None, "channels")),
        ("/apps/notes/appcast.xml", ("appcast.xml", "notes", None)),
        ("/apps/notes/channels/beta/appcast-macos.xml", ("appcast-macos.xml", "notes", "beta")),
        ("/apps/notes/dev/channels/dev/appcast.xml", ("appcast.xml", "notes", "dev")),
        ("/appcast.xml/", None),
        ("/appcast-a/b.xml", None),
        ("/dev/appcast.xml", None),
        ("/channels/appcast.xml", None),
        ("/apps/notes", None),
        ("/apps/notes/more/appcast.xml", None),
        ("//appcast.xml", None),
        ("", None),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_feed_is_recognised_by_the_end_of_its_path(
    path: str, address: tuple[str, str | None, str | None] | None
) -> None:
    read = FeedAddress.read(path, FEEDS)

    assert (read and (read.name, read.app, read.folder_channel)) == address


PART = st.text("abcxyz019_", min_size=1, max_size=6)
MAYBE = st.none() | PART


@given(app=MAYBE, channel=MAYBE)
def test_every_address_is_read_back_from_its_path(app: str | None, channel: str | None) -> None:
    address = FeedAddress("appcast", "appcast.xml", FeedName(), app, channel)

    assert FeedAddress.read(f"/{address.path}", FEEDS) == address


@given(path=st.text(st.sampled_from("/-.apchnelstx"), max_size=60) | st.text(max_size=30))
def test_no_path_is_too_odd_to_be_read(path: str) -> None:
    FeedAddress.read(path, FEEDS)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/Acme-1.3.0-full.nupkg", "Acme-1.3.0-full.nupkg"),
        ("/Acme-1.3.0-delta.nupkg", "Acme-1.3.0-delta.nupkg"),
        ("/apps/notes/Acme.dmg", "Acme.dmg"),
        ("/dev/channels/beta/Acme.dmg", "Acme.dmg"),
        ("/dev/Acme.dmg", None),
        ("/Acme.txt", None),
        ("/", None),
    ],
)
def test_an_installer_is_found_in_the_folders_of_feeds(path: str, name: str | None) -> None:
    assert installer_beside_feeds(path) == name


@given(path=st.text(max_size=60))
def test_no_path_of_an_installer_is_too_odd(path: str) -> None:
    assert "/" not in (installer_beside_feeds(path) or "")
