"""Which kind of feed a document is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.simulated_client.clients import ClientName, client_named, clients_of
from ota_dev.simulated_client.feed_kinds import FeedKind, kind_by_name, recognise

KINDS: dict[str, tuple[bytes, FeedKind | None]] = {
    "an appcast": (b"\xef\xbb\xbf<?xml version='1.0'?><rss/>", FeedKind.APPCAST),
    "a web page": (b"<!DOCTYPE html><html>", None),
    "electron-updater's YAML": (b"version: 1.0.0\npath: a.exe", FeedKind.ELECTRON_UPDATER),
    "the same in JSON": (b'{"version": "1.0.0", "files": []}', FeedKind.ELECTRON_UPDATER),
    "Velopack's": (b'{"assets": []}', FeedKind.VELOPACK),
    "Tauri's static": (b'{"version": "1.0.0", "platforms": {}}', FeedKind.TAURI),
    "Tauri's without a signature": (b'{"version": "1.0.0", "url": "x"}', FeedKind.TAURI),
    "Tauri's, broken": (b'{"version": "1.0.0", "platforms": {', FeedKind.TAURI),
    "NetSparkle's": (b'{"title": "Acme", "items": []}', FeedKind.NETSPARKLE_JSON),
    "Squirrel.Mac's": (b'{"url": "https://acme.example/a.zip", "name": "1.0.0"}', FeedKind.SQUIRREL_MAC),
    "Squirrel.Mac's static": (b'{"currentRelease": "1.0.0", "releases": []}', FeedKind.SQUIRREL_MAC),
    "RELEASES": (b"0123456789012345678901234567890123456789 A-1.0.0-full.nupkg 5", FeedKind.SQUIRREL_WINDOWS),
    "any text": (b"hello", None),
}


@pytest.mark.parametrize(("content", "kind"), KINDS.values(), ids=KINDS)
def test_a_document_is_recognised_by_what_stands_in_it(content: bytes, kind: FeedKind | None) -> None:
    assert recognise(content) is kind


NAMES = {
    "https://acme.example/latest-mac.yml?noCache=1": FeedKind.ELECTRON_UPDATER,
    "dist/releases.win.json": FeedKind.VELOPACK,
    "RELEASES": FeedKind.SQUIRREL_WINDOWS,
    "https://acme.example/{{target}}/{{current_version}}": FeedKind.TAURI,
    "appcast.xml": FeedKind.APPCAST,
    "http://[": None,
}


@pytest.mark.parametrize(("name", "kind"), NAMES.items())
def test_what_says_nothing_is_recognised_by_its_name(name: str, kind: FeedKind | None) -> None:
    assert kind_by_name(name) is kind
    assert recognise(b"", name) is kind


@given(st.one_of(st.binary(max_size=200), st.recursive(st.none(), st.lists).map(str).map(str.encode)))
def test_any_bytes_are_of_some_kind_or_of_none(content: bytes) -> None:
    assert recognise(content) in {None, *FeedKind}


@pytest.mark.parametrize("name", ClientName)
def test_the_clients_of_a_kind_are_those_that_say_so(name: ClientName) -> None:
    client = client_named(name)

    assert name in {reader.name for reader in clients_of(client.reads)}
