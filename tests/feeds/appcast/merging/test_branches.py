from collections.abc import Callable

import pytest

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.releases import App
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.feeds.appcast.merging import merge
from ota_dev.feeds.appcast.reading import SPARKLE_NAMESPACE, read_appcast
from ota_dev.feeds.interface import Links

Builder = Callable[..., Artifact]

NOTHING = AppcastFeed().render(App(key="acmenotes", name="Acme Notes"), Links("https://cdn.example/"))


def feed(*items: str) -> bytes:
    return f"<rss xmlns:sparkle='{SPARKLE_NAMESPACE}'><channel>{''.join(items)}</channel></rss>".encode()


def item(version: str, requirement: str = "", value: str = "", *, os: str = "macos", arch: str = "") -> str:
    element = f"<sparkle:{requirement}>{value}</sparkle:{requirement}>" if requirement else ""
    return (
        f"<item>{element}<enclosure url='{version}.zip' sparkle:version='{version}' sparkle:os='{os}' "
        f"sparkle:arch='{arch}'/></item>"
    )


def versions(merged: bytes) -> list[str]:
    return [item.version for item in read_appcast(merged).items]


@pytest.mark.parametrize(
    ("maximum", "left"),
    [
        (1, ["10"]),
        (2, ["10", "9"]),
        (3, ["10", "9", "8"]),
        (4, ["10", "9", "8"]),
        (0, ["10", "9", "8"]),
        (-1, ["10", "9", "8"]),
    ],
)
def test_only_so_many_versions_stay_and_none_leaves_without_a_limit(maximum: int, left: list[str]) -> None:
    assert versions(merge(feed(item("10"), item("9"), item("8")), NOTHING, maximum_versions=maximum).feed) == left


def test_every_item_stays_unless_a_limit_is_given() -> None:
    existing = feed(*(item(str(build)) for build in range(50)))

    assert merge(existing, NOTHING).feed == existing


@pytest.mark.parametrize(
    "requirement",
    [
        "minimumUpdateVersion",
        "minimumSystemVersion",
        "maximumSystemVersion",
        "minimumAutoupdateVersion",
        "hardwareRequirements",
    ],
)
def test_each_requirement_makes_a_branch_of_its_own(requirement: str) -> None:
    items = [
        item("4"),
        item("3"),
        item("2", requirement, "11"),
        item("1", requirement, "11"),
        item("0", requirement, "10"),
    ]

    assert versions(merge(feed(*items), NOTHING, maximum_versions=1).feed) == ["4", "2", "0"]


def test_each_target_is_a_branch_of_its_own() -> None:
    items = [item("3"), item("2", os="windows"), item("2", arch="arm64"), item("1"), item("1", os="windows")]

    merged = merge(feed(*items), NOTHING, maximum_versions=1).feed

    assert merged == feed(*items[:3])


def test_what_has_no_mark_is_for_macos() -> None:
    items = [item("3"), item("2", os=""), item("1", os="")]

    assert versions(merge(feed(*items), NOTHING, maximum_versions=2).feed) == ["3", "2"]


def test_two_items_of_one_version_count_as_one() -> None:
    items = [item("2"), item("2"), item("1"), item("0")]

    assert versions(merge(feed(*items), NOTHING, maximum_versions=2).feed) == ["2", "2", "1"]


@pytest.mark.parametrize(
    ("channel", "left"),
    [
        pytest.param(["12", "11", "10"], ["12", "11"], id="ahead of the default channel: as many as any"),
        pytest.param(["8", "7", "6"], ["8"], id="behind it: one"),
    ],
)
def test_a_channel_behind_the_default_channel_keeps_one(channel: list[str], left: list[str]) -> None:
    betas = [item(version, "channel", "beta") for version in channel]

    merged = merge(feed(item("9"), *betas), NOTHING, maximum_versions=2).feed

    assert versions(merged) == ["9", *left]


def test_a_channel_that_sparkle_does_not_accept_is_the_default_one() -> None:
    items = [item("3"), item("2", "channel", "all users"), item("1", "channel", "")]

    assert versions(merge(feed(*items), NOTHING, maximum_versions=2).feed) == ["3", "2"]


def test_an_item_without_a_version_stays() -> None:
    news = "<item><title>News</title><link>https://acme.example</link></item>"

    assert merge(feed(item("2"), news, item("1")), NOTHING, maximum_versions=1).feed == feed(item("2"), news)


def test_an_item_stays_while_one_of_its_enclosures_is_new_enough() -> None:
    both = item("1").replace("</item>", "<enclosure url='1.exe' sparkle:version='1' sparkle:os='windows'/></item>")
    items = [item("2"), both]

    assert versions(merge(feed(*items), NOTHING, maximum_versions=1).feed) == ["2", "1"]


def test_an_old_installer_in_the_folder_does_not_come_back(artifact: Builder) -> None:
    app = App.of("acmenotes", "Acme Notes", (artifact(f"{build}.zip", short_version=build) for build in "123"))
    current = AppcastFeed().render(app, Links("https://cdn.example/"))

    merged = merge(feed(item("2"), item("1")), current, maximum_versions=2)

    assert versions(merged.feed) == ["3", "2"]
    assert merged.notices == ("not among the newest 2 of their branch, and left out: 1 for macos",)


def test_an_item_moved_to_another_branch_by_hand_stays_while_its_installer_is_new_enough(artifact: Builder) -> None:
    app = App.of("acmenotes", "Acme Notes", (artifact(f"{build}.zip", short_version=build) for build in "123"))
    current = AppcastFeed().render(app, Links("https://cdn.example/"))
    existing = feed(item("3"), item("2", "channel", "beta"), item("1", "channel", "beta"))

    merged = merge(existing, current, maximum_versions=3)

    assert versions(merged.feed) == ["3", "2", "1"]
    assert merged.feed.count(b"<sparkle:channel>beta</sparkle:channel>") == 2


def test_an_installer_that_is_too_old_takes_over_no_other_item(artifact: Builder) -> None:
    """It might otherwise pass for an item whose architecture is told only there."""
    app = App.of("acmenotes", "Acme Notes", (artifact(f"{build}.zip", short_version=build) for build in "12"))
    current = AppcastFeed().render(app, Links("https://cdn.example/"))
    intel = item("1", arch="x86_64")

    merged = merge(feed(item("1"), intel), current, maximum_versions=1)

    assert intel.encode() in merged.feed
    assert merge(merged.feed, current, maximum_versions=1).feed == merged.feed


def test_many_left_out_are_counted() -> None:
    merged = merge(feed(*(item(str(build)) for build in range(20, 0, -1))), NOTHING, maximum_versions=1)

    (notice,) = merged.notices
    assert notice.endswith("11 for macos, 10 for macos and 9 more")
