"""The server as tests use it: from a folder and a few words, with what they wait for, choose and look at."""

import threading
from collections.abc import Callable
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

import pytest

from ota_dev.dev_server import DevServer, ServerSettings
from ota_dev.errors import NotSeenError, UsageError
from ota_dev.journal import Exchange
from ota_dev.scenarios.syntax import parse_spec

LIMIT = 10  # seconds
MakeZip = Callable[..., bytes]


def get(url: str) -> bytes:
    with build_opener(ProxyHandler({})).open(url, timeout=LIMIT) as answer:
        content: bytes = answer.read()
        return content


@pytest.fixture
def notes(dist: Path, mac_zip: MakeZip) -> Path:
    """Put Acme Notes 1.3.0 into the folder."""
    path = dist / "Acme-Notes-1.3.0.zip"
    path.write_bytes(mac_zip("1.3.0"))
    return path


@pytest.mark.parametrize("kind", [str, Path])
def test_a_folder_is_served_on_a_free_port_and_nothing_of_it_is_remembered(
    notes: Path, kind: Callable[[Path], str | Path]
) -> None:
    with DevServer(kind(notes.parent)) as server, DevServer(kind(notes.parent)) as other:
        feed = get(server.feed_url)

    assert server.port != other.port
    assert server.feed_url == f"{server.url}/appcast.xml"
    assert server.folder == notes.parent
    assert not server.settings.remember
    assert b"1.3.0" in feed


def test_faults_bend_every_answer(notes: Path) -> None:
    with DevServer(notes.parent, faults=["corrupt:bytes=1"]) as server:
        download = get(f"{server.url}/downloads/{notes.name}")

    original = notes.read_bytes()
    assert sum(ours != theirs for ours, theirs in zip(original, download, strict=True)) == 1


def test_one_fault_need_not_stand_in_a_list(notes: Path) -> None:
    with DevServer(notes.parent, faults="status:code=503") as server, pytest.raises(HTTPError, match="503"):
        get(server.feed_url)


@pytest.mark.usefixtures("notes")
def test_a_scenario_bends_the_feed(dist: Path) -> None:
    with DevServer(dist, scenario="no-update") as server:
        assert b"<item>" not in get(server.feed_url)


@pytest.mark.usefixtures("notes")
def test_what_is_chosen_adds_to_what_settings_say(dist: Path) -> None:
    settings = ServerSettings(folder=dist, port=0, in_force=(parse_spec("critical"),))

    server = DevServer(settings, scenario="phased", faults=["corrupt"])

    assert list(map(str, server.settings.in_force)) == ["critical", "phased", "corrupt"]


@pytest.mark.usefixtures("notes")
def test_a_server_signs_with_a_key_of_its_own_that_an_app_can_be_given(dist: Path) -> None:
    with DevServer(dist, sign=True) as server, DevServer(dist, sign=True) as other:
        feed = get(server.feed_url)

    assert b"edSignature" in feed
    assert server.public_key is not None
    assert server.public_key != other.public_key


@pytest.mark.usefixtures("notes")
def test_nothing_is_signed_unless_asked_for(dist: Path) -> None:
    with DevServer(dist) as server:
        assert server.public_key is None
        assert b"edSignature" not in get(server.feed_url)


@pytest.mark.parametrize("wrong", ["no-updates", "status:code=7", "bad-signature"])
def test_what_cannot_be_in_force_is_refused_before_anything_starts(dist: Path, wrong: str) -> None:
    with pytest.raises(UsageError):
        DevServer(dist, scenario=wrong)


@pytest.mark.usefixtures("notes")
def test_what_is_in_force_changes_while_the_server_runs(dist: Path) -> None:
    with DevServer(dist) as server:
        server.choose("no-update", "latency:delay=1ms")
        bent = get(server.feed_url)
        server.choose()
        normal = get(server.feed_url)

    assert b"<item>" not in bent
    assert b"<item>" in normal


@pytest.mark.usefixtures("notes")
def test_an_address_has_conditions_of_its_own(dist: Path) -> None:
    with DevServer(dist) as server:
        without = get(f"{server.with_('no-update', 'latency:delay=1ms')}/appcast.xml")
        normal = get(server.feed_url)

    assert b"<item>" not in without
    assert b"<item>" in normal


def test_an_address_under_what_there_is_not_is_refused(dist: Path) -> None:
    with DevServer(dist) as server, pytest.raises(UsageError, match="no-update"):
        server.with_("no-updates")


def test_what_was_just_put_into_the_folder_is_on_offer_after_another_look(dist: Path, mac_zip: MakeZip) -> None:
    with DevServer(dist) as server:
        (dist / "Acme-Notes-2.0.0.zip").write_bytes(mac_zip("2.0.0"))
        server.rescan()
        assert b"2.0.0" in get(server.feed_url)


def test_one_waits_for_what_a_client_asks(notes: Path) -> None:
    with DevServer(notes.parent) as server:
        client = threading.Thread(target=get, args=(f"{server.url}/downloads/{notes.name}",))
        client.start()
        download = server.wait_for("download", timeout=LIMIT)
        client.join()

    assert download.target == f"/downloads/{notes.name}"
    assert download.completion == 1.0


@pytest.mark.usefixtures("notes")
def test_what_a_client_asked_already_is_not_waited_for_unless_another_is_wanted(dist: Path) -> None:
    with DevServer(dist) as server:
        get(server.feed_url)
        first = server.wait_for("feed")
        with pytest.raises(NotSeenError):
            server.wait_for("feed", timeout=0.01, since=first.number)
        get(server.feed_url)
        second = server.wait_for("feed", since=first.number)

    assert second.number > first.number


@pytest.mark.usefixtures("notes")
def test_any_question_can_be_waited_for(dist: Path) -> None:
    def is_of_1_2_0(exchange: Exchange) -> bool:
        return exchange.client.version == "1.2.0"

    with DevServer(dist) as server:
        get(f"{server.feed_url}?version=1.2.0")

        assert server.wait_for(is_of_1_2_0).target == "/appcast.xml?version=1.2.0"


@pytest.mark.usefixtures("notes")
def test_who_waited_in_vain_reads_what_came_instead(dist: Path) -> None:
    with DevServer(dist) as server:
        for number in range(7):
            get(f"{server.feed_url}?n={number}")
        server.wait_for(lambda exchange: exchange.target.endswith("n=6"))
        with pytest.raises(TimeoutError) as raised:
            server.wait_for("download", timeout=0.01)

    assert str(raised.value) == (
        "no client asked for a download within 0.01 s: it saw "
        + ", ".join(f"GET /appcast.xml?n={number} (200)" for number in range(2, 7))
        + " and 2 earlier"
    )


def test_who_waited_for_a_client_that_never_came_reads_what_to_check(dist: Path) -> None:
    with DevServer(dist) as server, pytest.raises(NotSeenError, match="uses the address of this server"):
        server.wait_for(lambda _: True, timeout=0.01)


def test_what_is_never_asked_for_is_not_waited_for(dist: Path) -> None:
    with DevServer(dist) as server, pytest.raises(UsageError, match="feed, signature, notes, download"):
        server.wait_for("downloads")
