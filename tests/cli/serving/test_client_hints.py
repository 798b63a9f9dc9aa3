"""A hint about each family of clients, once; and one when no client comes."""

import queue
import re
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ota_dev.cli.serving.client_hints import ClientHints, hint_at_silence
from ota_dev.client_setup import Target
from ota_dev.journal import Exchange, Journal
from ota_dev.journal.clients import recognise
from ota_dev.translations import Translations

ENGLISH = Translations.of("en")
TARGET = Target(server_url="http://127.0.0.1:8080")
SENTENCE = "nobody has asked yet"
LIMIT = 10  # seconds; far more than anything here takes
NEVER = timedelta(hours=1)
EXCHANGE = Exchange(
    started=datetime(2026, 1, 2, tzinfo=UTC),
    peer="127.0.0.1",
    method="GET",
    target="/appcast.xml",
    client=recognise(""),
    status=200,
    expected=1,
    sent=1,
    duration=timedelta(),
)


def asked(user_agent: str, target: str = "/appcast.xml") -> Exchange:
    return replace(EXCHANGE, client=recognise(user_agent), target=target)


@pytest.mark.parametrize(
    ("exchange", "part"),
    [
        (
            asked("Acme Notes/1.2.0 Sparkle/2.9.0"),
            "Check for Updates",
        ),
        (asked("Acme Notes/1.2.0 WinSparkle/0.9.3 (Win64)"), "win_sparkle_check_update_with_ui"),
        (asked("", "/appcast.xml.signature?os=windows"), "--sign"),
        (asked("python-requests/2.32.5"), "no update"),
        (asked("Python-urllib/3.12"), "no update"),
        (asked("electron-builder"), "which version"),
        (asked("tauri-plugin-updater/2.9.0"), "404"),
        (asked("Velopack/1.2.161"), "NotInstalledException"),
        (asked("curl/8.5.0"), "ota-dev check http://127.0.0.1:8080/appcast.xml"),
    ],
    ids=["Sparkle", "WinSparkle", "NetSparkle", "requests", "urllib", "Electron", "Tauri", "Velopack", "curl"],
)
def test_each_family_has_its_hint_once(exchange: Exchange, part: str) -> None:
    hints = ClientHints(ENGLISH)

    assert part in hints.about(exchange, TARGET)[0]
    assert hints.about(exchange, TARGET) == ()


@pytest.mark.parametrize("user_agent", ["Mozilla/5.0 (X11)", "", "Acme/1.0", "{feed.__class__}"])
def test_of_others_nothing_is_said(user_agent: str) -> None:
    assert ClientHints(ENGLISH).about(asked(user_agent), TARGET) == ()


def test_two_families_with_one_hint_hear_it_once() -> None:
    hints = ClientHints(ENGLISH)
    hints.about(asked("python-requests/2.32.5"), TARGET)

    assert hints.about(asked("python-httpx/0.28"), TARGET) == ()


def test_silence_is_noticed_after_a_while() -> None:
    said: queue.SimpleQueue[str] = queue.SimpleQueue()

    with hint_at_silence(Journal(), SENTENCE, said.put, timedelta()):
        assert said.get(timeout=LIMIT) == SENTENCE


def test_who_has_been_asked_is_not_told_of_silence() -> None:
    looked, said = threading.Event(), list[str]()

    class Asked(Journal):
        @property
        def recorded(self) -> int:
            looked.set()
            return 1

    with hint_at_silence(Asked(), SENTENCE, said.append, timedelta()):
        assert looked.wait(LIMIT)

    assert said == []


def test_who_stops_before_hears_nothing() -> None:
    said: list[str] = []

    with hint_at_silence(Journal(), SENTENCE, said.append, NEVER):
        pass

    assert said == []


@pytest.mark.parametrize(
    "user_agent", ["Acme/1.0 Sparkle/2.9.0", "Acme/1.0 WinSparkle/0.9.3", "curl/8", "Velopack/1.2"]
)
def test_hints_are_in_the_language_of_the_terminal(user_agent: str) -> None:
    assert re.search("[\u4e00-\u9fff]{4}", ClientHints(Translations.of("zh")).about(asked(user_agent), TARGET)[0])


def test_a_command_is_said_by_itself_to_be_copied() -> None:
    _, command = ClientHints(ENGLISH).about(asked("Acme Notes/1.2.0 Sparkle/2.9.0"), TARGET)

    assert command == "defaults delete BUNDLE-ID SULastCheckTime"
