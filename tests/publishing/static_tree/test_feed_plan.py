"""Which feeds a static host needs, under which paths."""

from collections.abc import Callable
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.catalog.narrowing import Narrowing
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.errors import PublishingError
from ota_dev.feeds.addresses import FeedAddress
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.publishing.static_tree import feed_plan, plan_feeds
from tests.publishing.static_tree.conftest import build_app

MakeApp = Callable[..., App]
MAC = (Platform.MACOS, Architecture.UNIVERSAL)
WINDOWS = (Platform.WINDOWS, Architecture.X86_64)
LINUX_ON_ARM = (Platform.LINUX, Architecture.ARM)


def paths(*apps: App, **options: tuple[str, ...]) -> list[str]:
    return list(chain.from_iterable(feed.paths for feed in plan_feeds(apps, [AppcastFeed()], **options)))


def test_a_universal_installer_is_found_under_every_spelling_that_clients_use(app: MakeApp) -> None:
    assert paths(app(MAC)) == [
        "appcast.xml",
        "appcast-macos.xml",
        "appcast-macos-arm64.xml",
        "appcast-macos-aarch64.xml",
        "appcast-macos-x86_64.xml",
        "appcast-macos-amd64.xml",
        "appcast-macos-x64.xml",
        "appcast-macos-universal.xml",
    ]


def test_of_an_unknown_architecture_there_is_no_feed_of_its_own(app: MakeApp) -> None:
    assert not [path for path in paths(app((Platform.MACOS, Architecture.UNKNOWN))) if "unknown" in path]


def test_only_systems_on_offer_are_laid_out(app: MakeApp) -> None:
    assert not [path for path in paths(app(WINDOWS)) if "macos" in path or "linux" in path]


def test_a_client_without_an_installer_for_its_architecture_finds_a_feed_all_the_same(app: MakeApp) -> None:
    on_offer = paths(app(WINDOWS, LINUX_ON_ARM))

    assert {"appcast-windows-arm64.xml", "appcast-windows-x86.xml", "appcast-linux-amd64.xml"} < {*on_offer}
    assert "appcast-linux-arm.xml" in on_offer


def test_several_apps_each_have_a_folder(app: MakeApp) -> None:
    both = paths(app(MAC, key="draw"), app(MAC, key="notes"))

    assert both == [f"apps/{key}/{path}" for key in ("draw", "notes") for path in paths(app(MAC))]


def test_each_language_with_notes_and_each_channel_with_installers_has_all_of_them(app: MakeApp) -> None:
    plain = paths(app(MAC))
    german = [path.replace(".xml", ".de.xml") for path in plain]

    laid_out = paths(app(MAC, channel="beta", languages="de"))

    assert laid_out == [*plain, *german, *(f"channels/beta/{path}" for path in (*plain, *german))]


def test_channels_and_languages_that_clients_ask_for_are_laid_out_though_nothing_is_there(app: MakeApp) -> None:
    asked = paths(app(MAC, channel="beta"), channels=("stable", "beta"), languages=("zh-CN",))

    assert "channels/stable/appcast-macos-aarch64.zh-CN.xml" in asked
    assert len(asked) == len(set(asked)) == 8 * 2 * 3


def test_both_spellings_are_one_narrowing(app: MakeApp) -> None:
    planned = {
        feed.paths: feed.question.narrowing for feed in plan_feeds([app(MAC)], [AppcastFeed()], channels=("stable",))
    }

    assert planned["channels/stable/appcast-macos-arm64.xml", "channels/stable/appcast-macos-aarch64.xml"] == Narrowing(
        platform=Platform.MACOS, architecture=Architecture.ARM64, channel="stable"
    )


def test_more_feeds_than_anybody_wants_are_refused(app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_plan, "MOST_FEEDS", 8)

    plan_feeds([app(MAC)], [AppcastFeed()])
    with pytest.raises(PublishingError, match="more than 8 feeds"):
        plan_feeds([app(MAC)], [AppcastFeed()], channels=("stable",))


APPS = st.builds(
    lambda key, targets, channel, languages: build_app(*targets, key=key, channel=channel, languages=languages),
    st.sampled_from(["draw", "notes"]),
    st.lists(
        st.tuples(st.sampled_from([Platform.MACOS, Platform.WINDOWS, Platform.LINUX]), st.sampled_from(Architecture)),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from([None, "beta", "channels"]),
    st.sampled_from(["", "de", "de zh-CN"]),
)


@given(st.lists(APPS, min_size=1, max_size=2, unique_by=lambda app: app.key), st.sampled_from([(), ("stable",)]))
def test_every_path_is_the_address_of_its_own_narrowing(apps: list[App], channels: tuple[str, ...]) -> None:
    seen: set[str] = set()
    for feed in plan_feeds(apps, [AppcastFeed()], channels=channels):
        for path in feed.paths:
            address = FeedAddress.read(f"/{path}", {"appcast": AppcastFeed()})
            assert address
            assert path not in seen
            assert address.app == (feed.app.key if len(apps) > 1 else None)
            assert feed.question.narrowing == Narrowing(
                platform=Platform.parse(address.said.system) if address.said.system else None,
                architecture=Architecture.parse(address.said.architecture) if address.said.architecture else None,
                channel=address.channel,
                languages=(address.said.language,) if address.said.language else None,
            )
            seen.add(path)
