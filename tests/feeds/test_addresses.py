import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.feeds.addresses import FeedAddress

FILES = ("appcast.xml", "latest.yml")


def at(file: str = "appcast.xml", **parts: str) -> FeedAddress:
    return FeedAddress(file, **parts)


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/appcast.xml", at()),
        ("/latest.yml", at("latest.yml")),
        ("/appcast-macos.xml", at(system="macos")),
        ("/appcast-windows-x86-64.xml", at(system="windows", architecture="x86-64")),
        ("/appcast.zh-CN.xml", at(language="zh-CN")),
        ("/appcast-macos-aarch64.zh-CN.xml", at(system="macos", architecture="aarch64", language="zh-CN")),
        ("/channels/beta/appcast.xml", at(channel="beta")),
        ("/dev/channels/dev/appcast-macos.xml", at(channel="dev", system="macos")),
        ("/a/b/c/channels/dev/appcast.xml", at(channel="dev")),
        ("/channels/channels/channels/appcast.xml", at(channel="channels")),
        ("/apps/notes/appcast.xml", at(app="notes")),
        ("/apps/notes/channels/beta/appcast-macos.xml", at(app="notes", channel="beta", system="macos")),
        ("/apps/notes/dev/channels/dev/appcast.xml", at(app="notes", channel="dev")),
        ("/appcast-.xml", at(system="")),
        ("/appcast-macos-.xml", at(system="macos", architecture="")),
        ("/appcast..xml", at(language="")),
        ("/appcast.xml/", None),
        ("/appcastmacos.xml", None),
        ("/appcast-macos.yml", None),
        ("/appcast-a/b.xml", None),
        ("/dev/appcast.xml", None),
        ("/channels/appcast.xml", None),
        ("/apps/notes", None),
        ("/apps/notes/more/appcast.xml", None),
        ("/appcast", None),
        ("//appcast.xml", None),
        ("/APPCAST.XML", None),
        ("", None),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_feed_is_recognised_by_the_end_of_its_path(path: str, address: FeedAddress | None) -> None:
    assert FeedAddress.read(path, FILES) == address


PART = st.text("abcxyz019_", min_size=1, max_size=6)
MAYBE = st.none() | PART


@given(st.builds(FeedAddress, st.sampled_from(FILES), MAYBE, MAYBE, PART, MAYBE, MAYBE))
def test_every_address_is_read_back_from_its_path(address: FeedAddress) -> None:
    assert FeedAddress.read(f"/{address.path}", FILES) == address


@given(path=st.text(st.sampled_from("/-.apchnelstx"), max_size=60) | st.text(max_size=30))
def test_no_path_is_too_odd_to_be_read(path: str) -> None:
    FeedAddress.read(path, FILES)
