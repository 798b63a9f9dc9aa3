"""Velopack's rules; each as the real client was seen to have it."""

import json
from typing import Any

import pytest

from ota_dev.simulated_client.clients import ClientName
from ota_dev.simulated_client.profile import Profile, System
from ota_dev.simulated_client.velopack.address import address
from tests.simulated_client.asking import NOW
from tests.simulated_client.documents import FOLDER, ask_about, rule_of

CLIENT = ClientName.VELOPACK


def asset(**fields: Any) -> dict[str, Any]:
    usual = {"PackageId": "Acme", "Version": "1.1.0", "Type": "Full", "FileName": "A.nupkg", "Size": 5, "SHA256": "AB"}
    return {name: value for name, value in {**usual, **fields}.items() if value is not None}


def feed(*assets: dict[str, Any]) -> str:
    return json.dumps({"Assets": assets}, indent=1)


DECIDED: dict[str, tuple[str, dict[str, Any], str]] = {
    "a newer version": (feed(asset()), {}, "offered"),
    "the same version": (feed(asset(Version="1.0.0")), {}, "newer-than-installed"),
    "an older version": (feed(asset(Version="0.9.0")), {}, "newer-than-installed"),
    "an older version, allowed": (feed(asset(Version="0.9.0")), {"allows_downgrades": True}, "offered"),
    "the same version, downgrades allowed": (
        feed(asset(Version="1.0.0")), {"allows_downgrades": True}, "newer-than-installed"
    ),
    "names in another case": (feed({key.lower(): value for key, value in asset().items()}), {}, "offered"),
    "no semantic version": (feed(asset(Version="1.1")), {}, "version"),
    "a delta": (feed(asset(Type="Delta")), {}, "type"),
    "no type": (feed(asset(Type=None)), {}, "type"),
    "no size": (feed(asset(Size=None)), {}, "size"),
    "no digest": (feed(asset(SHA256=None)), {}, "digest"),
    "a SHA-1 alone": (feed(asset(SHA256=None, SHA1="CD")), {}, "offered"),
    "no list": ("{}", {}, "json"),
    "no JSON": ("{", {}, "json"),
    "a comma too many": ('{"Assets":[],}', {}, "json"),
    "an app without a version": (feed(asset()), {"installed": "120"}, "installed-version"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "asked", "rule"), DECIDED.values(), ids=DECIDED)
def test_a_package_is_judged_as_the_client_does(content: str, asked: dict[str, Any], rule: str) -> None:
    assert rule_of(ask_about(CLIENT, content, **asked)) == rule


def test_the_newest_full_package_is_offered_and_each_asset_has_its_line() -> None:
    decision = ask_about(CLIENT, feed(asset(), asset(Version="1.3.0", FileName="B.nupkg"), asset(Version="x")))

    assert decision.offered
    assert (decision.offered.version, decision.offered.url) == ("1.3.0", f"{FOLDER}B.nupkg")
    assert [item.verdict.value for item in decision.items] == ["eligible", "offered", "refused"]
    assert [item.line for item in decision.items] == [3, 11, 19]


def test_it_says_its_version_and_asks_for_the_file_of_its_channel() -> None:
    profile = Profile(installed="1.0.0+2", system=System.parse("macos"), now=NOW)

    assert address(FOLDER, profile) == f"{FOLDER}releases.osx.json?localVersion=1.0.0%2B2&id=ota-dev-check"
    assert address(f"{FOLDER}releases.win.json?id=Acme", profile).endswith("win.json?id=Acme&localVersion=1.0.0%2B2")
