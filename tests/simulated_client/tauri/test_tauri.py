"""Tauri's rules; each as its source of October 2024 has it."""

import json
from base64 import b64encode
from typing import Any

import pytest

from ota_dev.simulated_client.clients import ClientName
from ota_dev.simulated_client.profile import Profile, System
from ota_dev.simulated_client.tauri.address import address
from tests.simulated_client.asking import NOW
from tests.simulated_client.documents import ask_about, rule_of

CLIENT = ClientName.TAURI
URL = "https://acme.example/Acme-setup.exe"
LINES = (
    "untrusted comment: signature from tauri secret key",
    b64encode(b"ED" + bytes(72)).decode(),
    "trusted comment: timestamp:1\tfile:Acme-setup.exe",
    b64encode(bytes(64)).decode(),
)
SIGNATURE = b64encode("\n".join(LINES).encode()).decode()


def static(*, platform: str = "windows-x86_64", other: dict[str, Any] | None = None, **fields: Any) -> str:
    entry = {"url": URL, "signature": SIGNATURE}
    platforms = {platform: entry, **({"darwin-aarch64": other} if other is not None else {})}
    return json.dumps({"version": "1.1.0", "platforms": platforms, **fields})


def dynamic(**fields: Any) -> str:
    return json.dumps({"version": "1.1.0", "url": URL, "signature": SIGNATURE, **fields})


DECIDED: dict[str, tuple[str, dict[str, Any], str]] = {
    "a static feed": (static(), {}, "offered"),
    "a server's answer": (dynamic(), {}, "offered"),
    "a v before the version": (dynamic(version="v1.1.0"), {}, "offered"),
    "the same version in an answer": (dynamic(version="1.0.0"), {}, "newer-than-installed"),
    "another build of it, which is newer": (dynamic(version="1.0.0+1"), {}, "offered"),
    "an older version": (dynamic(version="0.9.0"), {}, "newer-than-installed"),
    "an older version, allowed": (dynamic(version="0.9.0"), {"allows_downgrades": True}, "offered"),
    "name in place of version": (json.dumps({"name": "1.1.0", "url": URL, "signature": SIGNATURE}), {}, "offered"),
    "two numbers": (dynamic(version="1.1"), {}, "document"),
    "another system": (static(), {"system": "linux"}, "platform"),
    "only the entry of a bundle": (static(platform="windows-x86_64-nsis"), {}, "offered"),
    "a relative url": (dynamic(url="Acme.exe"), {}, "document"),
    "no signature": (json.dumps({"version": "1.1.0", "url": URL}), {}, "document"),
    "another platform without a signature": (static(other={"url": URL}), {}, "document"),
    "an empty signature": (dynamic(signature=""), {}, "signature"),
    "the address of a signature": (dynamic(signature=f"{URL}.sig"), {}, "signature"),
    "minisign's text as it is": (dynamic(signature="\n".join(LINES)), {}, "signature"),
    "a signature of Sparkle": (dynamic(signature=b64encode(bytes(64)).decode()), {}, "signature"),
    "a date": (dynamic(pub_date="2026-03-01T00:00:00.5Z"), {}, "offered"),
    "a date without its zone": (dynamic(pub_date="2026-03-01T00:00:00"), {}, "document"),
    "a day": (dynamic(pub_date="2026-03-01"), {}, "document"),
    "notes that are no text": (dynamic(notes=["a"]), {}, "document"),
    "no JSON": ("<html>", {}, "json"),
    "no content": ("", {"status": 204}, "no-content"),
    "an app without a version": (dynamic(), {"installed": "120"}, "installed-version"),
}


@pytest.mark.parametrize(("content", "asked", "rule"), DECIDED.values(), ids=DECIDED)
def test_a_release_is_judged_as_the_client_does(content: str, asked: dict[str, Any], rule: str) -> None:
    assert rule_of(ask_about(CLIENT, content, **asked)) == rule


def test_an_endpoint_is_filled_in() -> None:
    profile = Profile(installed="1.0.0+2", system=System.parse("macos"), now=NOW)
    endpoint = "https://acme.example/{{target}}/{{arch}}/{{current_version}}?b={{bundle_type}}&t=%7B%7Btarget%7D%7D"

    assert address(endpoint, profile) == "https://acme.example/darwin/x86_64/1.0.0%2B2?b=app&t=darwin"
