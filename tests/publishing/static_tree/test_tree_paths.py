"""Which paths a tree may have."""

import os
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.errors import PublishingError
from ota_dev.feeds.formats import feed_formats
from ota_dev.publishing.static_tree.tree_paths import is_tree_path, require_safe

FEEDS = feed_formats()
HOSTILE = [
    "../appcast.xml",
    "downloads/../../x",
    "downloads/..",
    "downloads/.. /x",
    "downloads/./x",
    "downloads//x",
    "downloads/",
    "/downloads/x",
    "downloads\\..\\..\\x",
    "downloads/C:x",
    "C:/downloads/x",
    "downloads/.htaccess",
    "downloads/x.",
    "downloads/x ",
    "downloads/what?.dmg",
    "downloads/<Acme>.dmg",
    "downloads/NUL",
    "downloads/com1.dmg",
    "downloads/LPT¹.dmg",
    "channels/aux/appcast.xml",
    "notes/Con .html",
    "downloads/a\nb",
    "downloads/a\0b",
    "downloads/\ud800",
    f"downloads/{'x' * 2_000}",
    "channels/../appcast.xml",
    "",
]


@pytest.mark.parametrize("path", HOSTILE, ids=ascii)
def test_what_could_lead_elsewhere_is_refused(path: str) -> None:
    with pytest.raises(PublishingError, match="cannot be laid out on every system: rename"):
        require_safe([path])

    assert not is_tree_path(path, FEEDS)


@pytest.mark.parametrize(
    "path",
    [
        "appcast.xml",
        "appcast-macos-arm64.zh-CN.xml",
        "appcast.xml.signature",
        "channels/beta/appcast.xml",
        "apps/föhn/channels/1.0_rc-2/appcast-linux.xml.signature",
        "downloads/Acme Notes 1.3.0 (arm64).dmg",
        "downloads/nightly/Acme..exe",
        "channels/auxiliary/appcast.xml",
        "downloads/console.dmg",
        "downloads/Acme.nul",
        "downloads/com10.dmg",
        "notes/Acme-1.3.0.dmg.de.html",
    ],
)
def test_what_a_tree_holds_is_safe(path: str) -> None:
    require_safe([path])

    assert is_tree_path(path, FEEDS)


@pytest.mark.parametrize(
    "path",
    [
        *("README.md", "index.html", "downloads", "dev/appcast.xml", "latest.yaml", "CNAME"),
        *("ota-dev.yaml", "docker-compose.yml"),
    ],
)
def test_what_no_tree_holds_is_not_believed_to_be_part_of_one(path: str) -> None:
    assert not is_tree_path(path, FEEDS)


@pytest.mark.parametrize(
    ("one", "other"),
    [("channels/beta/appcast.xml", "channels/Beta/appcast.xml"), ("downloads/f\u00f6.exe", "downloads/fo\u0308.exe")],
    ids=["case", "composition"],
)
def test_two_names_that_some_systems_take_for_one_are_refused(one: str, other: str) -> None:
    with pytest.raises(PublishingError, match="are one file on some systems: rename one of them"):
        require_safe([one, other])


@given(st.text(st.sampled_from([*"ab./\\: ~", "\x00"]), max_size=12))
def test_a_path_of_a_tree_stays_below_the_folder_on_every_system(text: str) -> None:
    if is_tree_path(path := f"downloads/{text}", FEEDS):
        assert os.path.normpath(path) == path
        assert PurePosixPath("/tree", path).is_relative_to("/tree/downloads")
        assert PureWindowsPath("C:/tree", path).parts[:3] == ("C:\\", "tree", "downloads")
        assert not {"..", "."} & {*PureWindowsPath(path).parts}
