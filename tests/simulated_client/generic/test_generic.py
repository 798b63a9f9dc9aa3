"""What a hand-written client reads, refuses and chooses."""

from typing import Any

import pytest

from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.simulated_client.clients import ClientName
from ota_dev.simulated_client.profile import System
from tests.simulated_client.asking import FILE, ask, feed_of, item_of, verdicts


def marked(**marks: str) -> str:
    return item_of("2.0", attributes=" ".join(f'sparkle:{name}="{value}"' for name, value in marks.items()))


RULES: dict[str, tuple[str, dict[str, Any], str]] = {
    "without marks": (item_of("2.0"), {}, "offered"),
    "with the version as an element only": (
        f'<sparkle:version>2.0</sparkle:version><enclosure url="{FILE}"/>',
        {},
        "refused: version",
    ),
    "without an enclosure": ("<sparkle:version>2.0</sparkle:version>", {}, "refused: version"),
    "without a url": ('<enclosure sparkle:version="2.0"/>', {}, "refused: enclosure-url"),
    "marked for this system": (marked(os="macos"), {}, "offered"),
    "marked for another system": (marked(os="windows"), {}, "refused: os-mark"),
    "marked with the architecture too": (
        marked(os="windows-x64"),
        {"system": System(platform=Platform.WINDOWS)},
        "refused: os-mark",
    ),
    "for this architecture, in any of its names": (marked(arch="arm64e"), {}, "offered"),
    "for another architecture": (marked(arch="amd64"), {}, "refused: arch-mark"),
    "for x64 on x86_64": (marked(arch="x64"), {"architecture": Architecture.X86_64}, "offered"),
    "on a channel, which it ignores": (item_of("2.0", "<sparkle:channel>beta</sparkle:channel>"), {}, "offered"),
    "with a v before the version": (item_of("v2.0"), {}, "refused: newer-than-installed"),
    "newer by the fourth number only": (item_of("1.0.0.1"), {}, "refused: newer-than-installed"),
}


@pytest.mark.parametrize(("item", "profile", "verdict"), RULES.values(), ids=RULES)
def test_an_item(item: str, profile: dict[str, Any], verdict: str) -> None:
    assert verdicts(ask(ClientName.GENERIC, feed_of(item), **profile)) == [verdict]


@pytest.mark.parametrize(
    ("item", "platform", "warning"),
    [
        (item_of("2.0"), Platform.MACOS, ""),
        (item_of("2.0", url="Acme.dmg"), Platform.MACOS, "is not absolute: the download fails"),
        (item_of("2.0", url="https://acme.example/Acme.AppImage"), Platform.MACOS, "ends in none of"),
        (item_of("2.0"), Platform.LINUX, "asks /api/check instead"),
    ],
    ids=["nothing", "a relative url", "a kind of file that it does not know", "Linux"],
)
def test_what_will_go_wrong_afterwards_is_a_warning(item: str, platform: Platform, warning: str) -> None:
    decision = ask(ClientName.GENERIC, feed_of(item), system=System(platform=platform))

    assert decision.offered
    assert warning in " ".join(decision.warnings)
    assert bool(warning) == bool(decision.warnings)
