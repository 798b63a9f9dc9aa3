"""The whole server in one piece: what it starts it ends, and what it offers it keeps."""

import os
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from ota_dev.catalog.policy import Policy
from ota_dev.dev_server import DevServer, ServerSettings
from ota_dev.errors import ConfigurationError, ServerError, UsageError
from ota_dev.journal import Exchange, Transfer
from ota_dev.publishing import Publication

LIMIT = 10  # seconds; far more than anything here takes
MakeZip = Callable[..., bytes]
WaitUntil = Callable[[Callable[[], object]], None]


class Heard:
    """An observer that remembers."""

    def __init__(self) -> None:
        self.urls: list[str] = []
        self.tokens: list[str] = []
        self.publications: list[tuple[Publication | None, Publication]] = []
        self.exchanges: list[Exchange] = []
        self.transfers: list[tuple[Transfer, ...]] = []
        self.notes: list[str] = []

    def listening(self, url: str, token: str) -> None:
        self.urls.append(url)
        self.tokens.append(token)

    def published(self, before: Publication | None, after: Publication) -> None:
        self.publications.append((before, after))

    def exchanged(self, exchange: Exchange) -> None:
        self.exchanges.append(exchange)

    def transferring(self, transfers: tuple[Transfer, ...]) -> None:
        self.transfers.append(transfers)

    def noted(self, sentence: str) -> None:
        self.notes.append(sentence)


def get(url: str) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False
        return session.get(url, timeout=LIMIT)


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def notes(dist: Path, mac_zip: MakeZip) -> Path:
    """Put Acme Notes 1.3.0 into the folder."""
    path = dist / "Acme-Notes-1.3.0.zip"
    path.write_bytes(mac_zip("1.3.0"))
    return path


def settings(folder: Path, **others: object) -> ServerSettings:
    return ServerSettings(**{"folder": folder, "port": 0, **others})  # type: ignore[arg-type]  # by name


@pytest.mark.usefixtures("notes")
def test_a_server_is_of_use_in_any_program(dist: Path) -> None:
    with DevServer(settings(dist)) as server:
        feed = get(f"{server.url}/appcast.xml")

    assert server.url == f"http://127.0.0.1:{server.port}"
    assert b"1.3.0" in feed.content
    assert [exchange.target for exchange in server.journal.exchanges] == ["/appcast.xml"]


@pytest.mark.usefixtures("notes")
def test_an_observer_hears_everything_in_order(dist: Path, heard: Heard, wait_until: WaitUntil) -> None:
    with DevServer(settings(dist), heard) as server:
        get(f"{server.url}/appcast.xml")
        wait_until(lambda: heard.exchanges)

    assert (heard.urls, heard.tokens) == ([server.url], [server.token])
    [(before, after)] = heard.publications
    assert (before, list(after.files)) == (None, ["Acme-Notes-1.3.0.zip"])
    assert [exchange.offered for exchange in heard.exchanges] == ["offered 1.3.0"]
    assert heard.notes == []


def opened() -> tuple[set[threading.Thread], set[str]]:
    """Give the threads and, where the system tells, the open files and sockets of this process."""
    descriptors = set()
    if sys.platform == "linux":
        for name in os.listdir("/proc/self/fd"):  # noqa: PTH208  # a path would keep the folder open
            try:
                descriptors.add(os.readlink(f"/proc/self/fd/{name}"))  # noqa: PTH115  # sockets are no paths
            except FileNotFoundError:  # the listing itself
                continue
    return set(threading.enumerate()), descriptors


@pytest.mark.parametrize("poll", [False, True], ids=["events", "polling"])
def test_a_server_leaves_no_thread_and_no_open_file_behind(notes: Path, poll: bool, wait_until: WaitUntil) -> None:
    before = opened()

    for _ in range(3):
        with DevServer(settings(notes.parent, poll=poll)) as server:
            get(f"{server.url}/downloads/{notes.name}")
            wait_until(lambda: server.publication)  # called at once
            during = opened()

    assert opened() == before
    assert during[0] > before[0]


def test_a_server_that_cannot_listen_leaves_nothing_behind(notes: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        before = opened()

        with (
            pytest.raises(ServerError, match="is already in use"),
            DevServer(settings(notes.parent, port=other.getsockname()[1])),
        ):
            pass

        assert opened() == before


class Failing(Heard):
    """An observer that fails at the start."""

    def listening(self, url: str, token: str) -> None:
        raise RuntimeError(f"no terminal for {url} and {len(token)} characters")


def test_a_server_whose_observer_fails_at_the_start_leaves_nothing_behind(notes: Path) -> None:
    before = opened()

    with pytest.raises(RuntimeError, match="no terminal"), DevServer(settings(notes.parent), Failing()):
        pass

    assert opened() == before


@pytest.mark.parametrize(
    ("others", "error", "message"),
    [
        ({"tls_cert": Path("cert.pem")}, UsageError, "belong together"),
        ({"tls_cert": Path("cert.pem"), "tls_key": Path("key.pem")}, ServerError, "cannot be read"),
        ({"base_url": "acme.example"}, UsageError, "must begin with"),
        ({"template": Path("missing.j2")}, ConfigurationError, "cannot be read"),
        ({"allowed_hosts": ("a b",)}, UsageError, "is not a host name"),
    ],
    ids=["half of TLS", "no certificate", "base URL", "template", "allowed host"],
)
def test_settings_that_cannot_be_used_are_refused_before_anything_starts(
    dist: Path, others: dict[str, object], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        DevServer(settings(dist, **others))


def has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


HOSTS = {"127.0.0.1": "127.0.0.1", "localhost": "localhost", "0.0.0.0": "127.0.0.1"}  # noqa: S104  # on purpose
IPV6_HOSTS = {"::1": "[::1]", "::": "[::1]"}


@pytest.mark.parametrize(("host", "shown"), {**HOSTS, **IPV6_HOSTS}.items())
def test_the_url_names_a_host_that_a_client_here_can_use(dist: Path, host: str, shown: str) -> None:
    assert DevServer(settings(dist, host=host)).url == f"http://{shown}:0"


@pytest.mark.parametrize("host", [*HOSTS, *(IPV6_HOSTS if has_ipv6() else ())])
def test_links_lead_to_the_address_that_the_client_used(notes: Path, host: str) -> None:
    with DevServer(settings(notes.parent, host=host)) as server:
        feed = get(f"{server.url}/appcast.xml")

    assert f'url="{server.url}/downloads/{notes.name}"'.encode() in feed.content


def test_a_failing_publication_keeps_the_last_good_one_and_says_so(
    dist: Path, heard: Heard, wait_until: WaitUntil
) -> None:
    version = dist / "VERSION"
    version.write_text("1.3.0\n")
    (dist / "Acme-Notes-macos.dmg").write_bytes(b"koly")

    with DevServer(settings(dist, version_from=version), heard) as server:
        wait_until(lambda: server.publication)
        good = get(f"{server.url}/appcast.xml").content
        version.write_text("soon\n")
        wait_until(lambda: heard.notes)
        meanwhile = get(f"{server.url}/appcast.xml").content
        version.write_text("1.4.0\n")
        wait_until(lambda: len(heard.publications) > 1)
        mended = get(f"{server.url}/appcast.xml").content

    assert b"1.3.0" in good
    assert meanwhile == good
    assert b"1.4.0" in mended
    assert "'soon' is no version" in heard.notes[0]
    assert heard.notes[0].endswith("; what was on offer before stays on offer")


def test_what_fails_at_first_offers_nothing_and_says_why(dist: Path, heard: Heard, wait_until: WaitUntil) -> None:
    with DevServer(settings(dist, version_from=dist / "missing"), heard) as server:
        feed = get(f"{server.url}/appcast.xml")
        wait_until(lambda: heard.publications)

    [(_, publication)] = heard.publications
    assert (feed.status_code, b"<item>" in feed.content) == (200, False)
    assert publication.files == {}
    assert "missing" in publication.notices[0]


def test_a_feed_waits_for_the_first_look_at_the_folder(notes: Path) -> None:
    with DevServer(settings(notes.parent)) as server:
        answers = [get(f"{server.url}{path}").status_code for path in ("/appcast.xml", f"/downloads/{notes.name}")]

    assert answers == [200, 200]


def digests(server: DevServer) -> list[dict[str, str]]:
    publication = server.publication
    return [dict(artifact.digests) for artifact in publication.catalog] if publication else []


@pytest.mark.usefixtures("notes")
def test_digests_that_no_feed_prints_come_later(dist: Path, heard: Heard, wait_until: WaitUntil) -> None:
    with DevServer(settings(dist), heard) as server:
        get(f"{server.url}/appcast.xml")
        wait_until(lambda: all("sha256" in found for found in digests(server)))
        publication = server.publication

    [(_, first)] = heard.publications
    assert [dict(artifact.digests) for artifact in first.catalog] == [{}]
    assert publication
    assert publication.revision == first.revision


@pytest.mark.usefixtures("notes")
def test_digests_that_the_feed_prints_are_there_from_the_first(
    dist: Path, tmp_path: Path, wait_until: WaitUntil
) -> None:
    template = tmp_path / "mine.xml.j2"
    template.write_text("<mine>{% for item in items %}{{ item.md5 }}{% endfor %}</mine>")

    with DevServer(settings(dist, template=template)) as server:
        at_once = get(f"{server.url}/appcast.xml").content
        wait_until(lambda: all("sha256" in found for found in digests(server)))
        afterwards = get(f"{server.url}/appcast-macos.xml").content

    assert len(at_once) == len(b"<mine></mine>") + 32
    assert afterwards == at_once


@pytest.mark.usefixtures("notes")
def test_what_is_said_of_the_newest_release_is_in_the_feed(dist: Path, mac_zip: MakeZip) -> None:
    (dist / "Acme-Notes-1.2.0.zip").write_bytes(mac_zip("1.2.0"))

    with DevServer(settings(dist, newest=Policy(title="Kestrel"))) as server:
        newest, older = get(f"{server.url}/appcast.xml").text.split("<item>")[1:]

    assert "<title>Kestrel</title>" in newest
    assert "<title>Acme Notes 1.2.0</title>" in older


def test_notes_are_linked_where_asked(dist: Path, notes: Path) -> None:
    notes.with_suffix(".txt").write_text("Faster", "utf-8")

    with DevServer(settings(dist, links_notes=True)) as server:
        feed = get(f"{server.url}/appcast.xml").text
        page = get(f"{server.url}/notes/{notes.name}.txt").text

    assert f">{server.url}/notes/{notes.name}.txt</sparkle:releaseNotesLink>" in feed
    assert page == "Faster"


@pytest.mark.parametrize(
    ("asked_for", "browser", "spoken"),
    [(None, "zh-CN,en;q=0.5", "zh"), (None, "fr", "en"), ("en", "zh-CN", "en"), ("zh", "en", "zh")],
)
def test_the_dashboard_follows_the_browser_unless_a_language_is_asked_for(
    dist: Path, asked_for: str | None, browser: str, spoken: str
) -> None:
    with DevServer(ServerSettings(folder=dist, port=0, remember=False, language=asked_for)) as server:
        headers = {"Accept": "text/html", "Accept-Language": browser}
        with requests.Session() as session:
            session.trust_env = False
            page = session.get(f"{server.url}/?token={server.token}", headers=headers, timeout=LIMIT)

    assert f'<html lang="{spoken}">' in page.text
