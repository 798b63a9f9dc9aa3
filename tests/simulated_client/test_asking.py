"""Who asks, out of what users write."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.errors import UsageError
from ota_dev.simulated_client.asking import on_their_systems, read_architecture, read_moment
from ota_dev.simulated_client.clients import clients_of
from ota_dev.simulated_client.feed_kinds import FeedKind
from ota_dev.simulated_client.profile import Profile, System
from tests.simulated_client.asking import NOW


def profile(platform: Platform) -> Profile:
    return Profile(installed="1.0", system=System(platform=platform), now=NOW)


def test_without_a_system_each_client_is_on_its_own_or_on_this_one() -> None:
    askers, absent = on_their_systems(clients_of(FeedKind.APPCAST), profile(Platform.UNKNOWN), Platform.LINUX)

    assert {client.name: each.system.platform for client, each in askers} == {
        "sparkle": Platform.MACOS,
        "winsparkle": Platform.WINDOWS,
        "netsparkle": Platform.WINDOWS,
        "generic": Platform.LINUX,
    }
    assert absent == []


def test_clients_that_do_not_run_on_the_system_are_named() -> None:
    askers, absent = on_their_systems(clients_of(FeedKind.APPCAST), profile(Platform.WINDOWS), Platform.LINUX)

    assert [client.name for client, _ in askers] == ["winsparkle", "netsparkle", "generic"]
    assert [client.name for client in absent] == ["sparkle"]


def test_values_are_read_in_any_usual_spelling() -> None:
    assert read_architecture("aarch64", "arch") is Architecture.ARM64
    assert read_moment("2026-03-01T09:00:00+01:00", "at") == datetime(2026, 3, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize("read", [read_architecture, read_moment], ids=["architecture", "moment"])
def test_what_cannot_be_read_is_named_as_the_user_calls_it(read: Callable[[str, str], object]) -> None:
    with pytest.raises(UsageError, match=r"^--this: "):
        read("z80", "--this")
