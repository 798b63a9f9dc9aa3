"""electron-updater's rules; each as its source in 6.8.10 has it."""

from base64 import b64encode
from typing import Any

import pytest

from ota_dev.catalog.targets import Architecture
from ota_dev.simulated_client.clients import ClientName
from ota_dev.simulated_client.electron_updater.address import address, feed_name
from ota_dev.simulated_client.profile import Profile, System
from tests.simulated_client.asking import NOW
from tests.simulated_client.documents import FOLDER, ask_about, rule_of

SHA512 = b64encode(bytes(64)).decode()
CLIENT = ClientName.ELECTRON_UPDATER


def release(*lines: str, version: str = "1.1.0", files: tuple[str, ...] = ("Acme-1.1.0.exe",)) -> str:
    entries = [f'  - {{url: "{name}", sha512: {SHA512}, size: 5}}' for name in files]
    return "\n".join([f"version: {version}", *(["files:", *entries] if entries else []), *lines])


DECIDED: dict[str, tuple[str, dict[str, Any], str]] = {
    "a newer version": (release(), {}, "offered"),
    "the same version": (release(version="1.0.0"), {}, "newer-than-installed"),
    "another build of it": (release(version="1.0.0+5"), {}, "newer-than-installed"),
    "an older version": (release(version="0.9.0"), {}, "newer-than-installed"),
    "an older version, allowed": (release(version="0.9.0"), {"allows_downgrades": True}, "offered"),
    "an older version on a channel": (release(version="0.9.0"), {"channels": frozenset({"beta"})}, "offered"),
    "a v before it": (release(version="v1.1.0"), {}, "offered"),
    "two numbers, which YAML reads as one": (release(version="1.1"), {}, "version"),
    "two numbers as a text": (release(version="'1.1'"), {}, "version"),
    "no version": ("files: []", {}, "version"),
    "no files": (release(files=()), {}, "files"),
    "a path alone, as old builders write": (f"version: 1.1.0\npath: Acme.exe\nsha512: {SHA512}", {}, "offered"),
    "no digest": ("version: 1.1.0\nfiles: [{url: Acme.exe}]", {}, "checksum"),
    "sha2 alone": (f"version: 1.1.0\nfiles: [{{url: Acme.exe, sha2: {'ab' * 32}}}]", {}, "offered"),
    "only a dmg for a Mac": (release(files=("Acme.dmg",)), {"system": "macos"}, "usable-file"),
    "an arm64 zip for an Intel Mac": (release(files=("Acme-arm64.zip",)), {"system": "macos"}, "usable-file"),
    "half of the users, first": (release("stagingPercentage: 50"), {"group": 3}, "offered"),
    "half of the users, second": (release("stagingPercentage: 50"), {"group": 4}, "staging"),
    "none of the users": (release("stagingPercentage: 0"), {}, "staging"),
    "a share that is no number": (release("stagingPercentage: half"), {"group": 6}, "offered"),
    "an older kernel": (release("minimumSystemVersion: 23.1.0"), {"system": "macos-13.0"}, "minimum-system-version"),
    "a new enough kernel": (release("minimumSystemVersion: 23.1.0", files=()), {"system": "macos-14.2"}, "files"),
    "the system's own version": (release("minimumSystemVersion: 15.0.0", files=()), {"system": "macos-14.2"}, "files"),
    "Windows 11 as 11.0.0": (
        release("minimumSystemVersion: 11.0.0"), {"system": "windows-11"}, "minimum-system-version"
    ),
    "a minimum of two numbers": (release("minimumSystemVersion: '99.0'"), {"system": "windows-11"}, "offered"),
    "no YAML": ("version: [", {}, "yaml"),
    "a key twice": ("version: 1.1.0\nversion: 1.2.0", {}, "yaml"),
    "nothing": ("", {}, "yaml"),
    "an app without a version": (release(), {"installed": "120"}, "installed-version"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "asked", "rule"), DECIDED.values(), ids=DECIDED)
def test_a_release_is_judged_as_the_client_does(content: str, asked: dict[str, Any], rule: str) -> None:
    assert rule_of(ask_about(CLIENT, content, **asked)) == rule


ARM = {"architecture": Architecture.ARM64}
CHOSEN: dict[str, tuple[tuple[str, ...], dict[str, Any], str]] = {
    "the exe": (("A.zip", "A.exe"), {}, "A.exe"),
    "the architecture's exe": (("A-arm64.exe", "A-x64.exe"), {}, "A-x64.exe"),
    "the first where none is named": (("A.exe", "B.exe"), {}, "A.exe"),
    "no exe at all, so the first": (("A.msi", "A.zip"), {}, "A.msi"),
    "Apple silicon, its own": (("A.zip", "A-arm64.zip"), {"system": "macos", **ARM}, "A-arm64.zip"),
    "Apple silicon, the only one": (("A.zip",), {"system": "macos", **ARM}, "A.zip"),
    "Intel, not that for arm64": (("A-arm64.zip", "A.zip"), {"system": "macos"}, "A.zip"),
    "Linux, the AppImage before the deb": (("A.deb", "A.AppImage"), {"system": "linux"}, "A.AppImage"),
}


@pytest.mark.parametrize(("files", "asked", "chosen"), CHOSEN.values(), ids=CHOSEN)
def test_a_file_is_chosen_by_its_name(files: tuple[str, ...], asked: dict[str, Any], chosen: str) -> None:
    offered = ask_about(CLIENT, release(files=files), **asked).offered

    assert offered
    assert offered.url == f"{FOLDER}{chosen}"


def test_a_query_of_the_folder_takes_the_place_of_the_files_own() -> None:
    offered = ask_about(CLIENT, release(files=("A.exe?own=1",)), url=f"{FOLDER}latest.yml?token=t").offered

    assert offered
    assert offered.url == f"{FOLDER}A.exe?token=t"


NAMED: dict[str, tuple[str, Architecture, frozenset[str], str]] = {
    "Windows": ("windows", Architecture.ARM64, frozenset(), "latest.yml"),
    "a Mac": ("macos", Architecture.ARM64, frozenset(), "latest-mac.yml"),
    "Linux": ("linux", Architecture.X86_64, frozenset(), "latest-linux.yml"),
    "Linux on arm64": ("linux", Architecture.ARM64, frozenset(), "latest-linux-arm64.yml"),
    "a channel": ("macos", Architecture.X86_64, frozenset({"beta"}), "beta-mac.yml"),
}


@pytest.mark.parametrize(("system", "architecture", "channels", "name"), NAMED.values(), ids=NAMED)
def test_the_file_is_named_by_channel_system_and_architecture(
    system: str, architecture: Architecture, channels: frozenset[str], name: str
) -> None:
    profile = Profile(
        installed="1.0.0", system=System.parse(system), now=NOW, architecture=architecture, channels=channels
    )

    assert feed_name(profile) == name
    assert address(FOLDER, profile).startswith(f"{FOLDER}{name}?noCache=")
    assert address(f"{FOLDER}other.yml?a=1", profile) == f"{FOLDER}other.yml?a=1"
