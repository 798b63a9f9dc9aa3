"""What real clients ask for, word for word as far as is known, and what is in the feed that each is given."""

import asyncio
from collections.abc import Callable
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

from ota_dev.catalog.notes import Note, Notes, NotesFormat
from ota_dev.catalog.policy import Policy
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.publishing import LivePublication, Publication, PublishedFile
from ota_dev.server.application import Application
from ota_dev.server.messages import Request, Response

Ask = Callable[..., Response]

SPARKLE = "{http://www.andymatuschak.org/xml-namespaces/sparkle}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
REQUESTS = {"User_Agent": "python-requests/2.32.5", "Accept": "*/*", "Accept_Encoding": "gzip, deflate"}
APPLE = {"User_Agent": "Acme Notes/1.0 Sparkle/2.9.6", "Accept": "application/rss+xml,*/*;q=0.1"}
WINDOWS = {"User_Agent": "Acme Notes/1.0 WinSparkle/0.9.3 (Win64)", "Accept": "*/*", "Pragma": "no-cache"}
PROFILE = "appName=Acme%20Notes&appVersion=100&cpu64bit=1&ncpu=8&cputype=16777228&lang=de&osVersion=15.1.0&ramMB=16384"
MAC, INTEL_MAC = "Acme-2.0-arm64.dmg", "Acme-2.0-x86_64.dmg"
BETA, BETA_WINDOWS, WINDOWS_INSTALLER, LINUX = "Acme-3.0b1.dmg", "Acme-3.0b1.exe", "Acme-2.0.exe", "Acme-2.0.AppImage"
NOTES = Notes.of(
    Note(language=tag, format=NotesFormat.HTML, text=f"<p>{text}</p>")
    for tag, text in ((None, "Faster"), ("de", "Schneller"), ("zh-CN", "\u66f4\u5feb"))
)
ALL_NOTES = {None, "de", "zh-CN"}


@pytest.fixture
def ask(
    put: Callable[..., PublishedFile],
    publish: Callable[..., Publication],
    request_for: Callable[..., Request],
    live: LivePublication,
    application: Callable[..., Application],
) -> Ask:
    """Ask for the appcast of one app with a release for every system and a beta for two."""
    put(MAC, version="2.0", architecture=Architecture.ARM64, notes=NOTES)
    put(INTEL_MAC, version="2.0", architecture=Architecture.X86_64, notes=NOTES)
    put(WINDOWS_INSTALLER, version="2.0", platform=Platform.WINDOWS, architecture=Architecture.X86_64, notes=NOTES)
    put(LINUX, version="2.0", platform=Platform.LINUX, architecture=Architecture.X86_64, notes=NOTES)
    beta = Policy(channel="dev")
    put(BETA, version="3.0b1", policy=beta, notes=NOTES)
    put(BETA_WINDOWS, version="3.0b1", platform=Platform.WINDOWS, policy=beta, notes=NOTES)
    live.offer(publish())
    made = application(feeds={"appcast": AppcastFeed()})
    return lambda target, **headers: asyncio.run(made.answer(request_for(target, **headers)))


class Asked(NamedTuple):
    """A request, and what the feed then holds."""

    target: str
    headers: dict[str, str]
    installers: list[str]
    channels: set[str | None]  # marks of the items
    languages: set[str | None]  # of all notes in the feed


CLIENTS = {
    "a hand-written client on a Mac, in its development environment": Asked(
        "/dev/channels/dev/appcast-macos-aarch64.xml", REQUESTS, [BETA, MAC], {None}, ALL_NOTES
    ),
    "the same in Chinese": Asked(
        "/dev/channels/dev/appcast-macos-aarch64.zh-CN.xml", REQUESTS, [BETA, MAC], {None}, {"zh-CN"}
    ),
    "the same on an Intel Mac": Asked(
        "/dev/channels/dev/appcast-macos-amd64.xml", REQUESTS, [BETA, INTEL_MAC], {None}, ALL_NOTES
    ),
    "the same on Windows": Asked(
        "/dev/channels/dev/appcast-windows-amd64.xml", REQUESTS, [BETA_WINDOWS, WINDOWS_INSTALLER], {None}, {None}
    ),
    "the same on Windows in Chinese": Asked(
        "/dev/channels/dev/appcast-windows-amd64.zh-CN.xml",
        REQUESTS,
        [BETA_WINDOWS, WINDOWS_INSTALLER],
        {None},
        {"zh-CN"},
    ),
    "the same on Windows on ARM, where only what says no architecture fits": Asked(
        "/dev/channels/dev/appcast-windows-aarch64.xml", REQUESTS, [BETA_WINDOWS], {None}, {None}
    ),
    "a hand-written client of the staging environment, whose channel holds nothing of its own": Asked(
        "/staging/channels/stable/appcast-windows-amd64.xml", REQUESTS, [WINDOWS_INSTALLER], {None}, {None}
    ),
    "a hand-written client of the production environment": Asked(
        "/production/channels/stable/appcast-macos-aarch64.zh-CN.xml", REQUESTS, [MAC], {None}, {"zh-CN"}
    ),
    "Sparkle, which chooses channel and language itself": Asked(
        "/appcast.xml", APPLE, [BETA, INTEL_MAC, MAC, WINDOWS_INSTALLER, LINUX], {None, "dev"}, ALL_NOTES
    ),
    "Sparkle with its system profile, whose parameters are not ours": Asked(
        f"/appcast-macos.xml?{PROFILE}", APPLE, [BETA, INTEL_MAC, MAC], {None, "dev"}, ALL_NOTES
    ),
    "Sparkle on a German Mac, whose system says so": Asked(
        "/appcast-macos.xml",
        {**APPLE, "Accept_Language": "de-DE,de;q=0.9"},
        [BETA, INTEL_MAC, MAC],
        {None, "dev"},
        {"de"},
    ),
    "Sparkle of an app that asks for one language of which there are no notes": Asked(
        "/appcast-macos.fr.xml", APPLE, [BETA, INTEL_MAC, MAC], {None, "dev"}, {None}
    ),
    "WinSparkle, which knows no channels": Asked("/appcast-windows.xml", WINDOWS, [WINDOWS_INSTALLER], {None}, {None}),
    "WinSparkle of a beta": Asked(
        "/channels/dev/appcast-windows-x64.xml", WINDOWS, [BETA_WINDOWS, WINDOWS_INSTALLER], {None}, {None}
    ),
    "NetSparkle, which says nothing of itself": Asked("/appcast.xml?os=linux", {}, [LINUX], {None}, {None}),
    "a test that pins what is newest": Asked(
        "/appcast.xml?os=win&channel=dev&newest=2.0&version=1.0", {}, [WINDOWS_INSTALLER], {None}, {None}
    ),
}


@pytest.mark.parametrize("asked", CLIENTS.values(), ids=CLIENTS)
def test_every_client_gets_what_it_asks_for(ask: Ask, asked: Asked) -> None:
    response = ask(asked.target, **asked.headers)

    assert response.status == 200
    assert response.all_headers["Content-Type"] == "application/xml; charset=utf-8"
    assert isinstance(response.body, bytes)
    items = ElementTree.fromstring(response.body).findall("channel/item")  # noqa: S314  # the feed is ours
    urls = [item[-1].attrib["url"] for item in items]
    assert sorted(urls) == sorted(f"http://127.0.0.1:8080/downloads/{name}" for name in asked.installers)
    assert {item.findtext(f"{SPARKLE}channel") for item in items} == asked.channels
    assert {note.get(LANGUAGE) for item in items for note in item.findall("description")} == asked.languages


def test_the_log_names_no_version_that_the_feed_hides(ask: Ask) -> None:
    assert ask("/appcast-windows.xml", **WINDOWS).offered == "offered 2.0 to 1.0"
    assert ask("/appcast.xml", **WINDOWS).offered == "offered 2.0 to 1.0"
    assert ask("/channels/dev/appcast.xml", **WINDOWS).offered == "offered 3.0b1 to 1.0"
