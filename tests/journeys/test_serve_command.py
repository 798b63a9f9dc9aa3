"""`ota-dev serve` as its user meets it: a real process, its terminal, and real clients."""

import io
import json
import plistlib
import re
import signal
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
import requests

from ota_dev.control_client import read_announcements
from tests.journeys.serving import LIMIT, Serving

MakeZip = Callable[..., bytes]
WaitUntil = Callable[[Callable[[], object]], None]
SPARKLE = "Acme Notes/1.2.0 Sparkle/2.9.4"


Serve = Callable[..., Serving]


def get(url: str, **headers: str) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False
        return session.get(url, headers=headers, timeout=LIMIT)


def enclosures(url: str) -> list[ElementTree.Element]:
    feed = ElementTree.fromstring(get(f"{url}/appcast.xml").content)  # noqa: S314  # the feed is ours
    return list(feed.iter("enclosure"))


def test_the_demo_shows_the_whole_loop_and_says_that_it_is_a_demo(serve: Serve) -> None:
    serving = serve("--demo")
    url = serving.url()

    newest = enclosures(url)[0]
    download = get(newest.attrib["url"])
    get(f"{url}/appcast.xml", **{"User-Agent": SPARKLE})
    request = serving.wait_for("Acme Notes 1.2.0")
    folder = Path(serving.wait_for("demo").rpartition(" made up in ")[2])
    existed = folder.is_dir()
    code = serving.stop()

    assert "sample app" in serving.said("demo")[0]
    with zipfile.ZipFile(io.BytesIO(download.content)) as archive:
        plist = next(name for name in archive.namelist() if name.endswith("Info.plist"))
        assert plistlib.loads(archive.read(plist))["CFBundleShortVersionString"] == "1.3.0"
    columns = r"\d\d:\d\d:\d\d  Acme Notes 1\.2\.0 +GET +/appcast\.xml +200 +\S+ kB +\d+ ms  (.*)"
    assert (match := re.fullmatch(columns, request))
    assert match[1] == "offered 1.3.0 to 1.2.0"
    assert (existed, folder.exists(), code) == (True, False, 0)


def test_the_start_says_what_is_served_and_how_in_under_twelve_lines(serve: Serve, notes: Path) -> None:
    for number in range(20):
        (notes.parent / f"unknown-{number}.zip").write_bytes(notes.read_bytes()[:50])
    serving = serve()
    url = serving.url()
    serving.wait_for("  more ")

    start = "\n".join(serving.lines)
    assert len(serving.lines) < 12
    for part in (
        "not for production",
        f"{url}/appcast.xml",
        "1 installer in dist: Acme Notes 1.3.0 for macos",
        "unknown-0.zip: ",
        "defaults write BUNDLE-ID SUFeedURL",
        "-v shows them",
    ):
        assert part in start


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_being_asked_to_end_is_success_even_during_a_download(serve: Serve, dist: Path, number: signal.Signals) -> None:
    (dist / "Acme-Notes-1.4.0.exe").write_bytes(bytes(50_000_000))  # more than fits between the two
    serving = serve()
    url = serving.url()

    with requests.get(f"{url}/downloads/Acme-Notes-1.4.0.exe", stream=True, timeout=LIMIT) as download:
        next(download.iter_content(1000))
        code = serving.stop(number)

    assert code == 0
    assert serving.process.stdout
    assert serving.process.stdout.read() == b""
    assert serving.said("Traceback") == []


def test_scripts_learn_the_port_from_a_file_and_from_the_ready_record(
    serve: Serve, notes: Path, tmp_path: Path, wait_until: WaitUntil
) -> None:
    serving = serve("--log-format", "json", "--port-file", "port.txt")
    ready = json.loads(serving.wait_for('"ready"'))
    wait_until((tmp_path / "port.txt").exists)
    port = int((tmp_path / "port.txt").read_text())

    answer = get(f"http://127.0.0.1:{port}/downloads/{notes.name}", **{"User-Agent": SPARKLE})
    serving.wait_for('"exchange"')
    code = serving.stop()

    token = ready.pop("token")
    assert not any(token in line for line in serving.lines[1:])
    assert ready == {
        "event": "ready",
        "url": f"http://127.0.0.1:{port}",
        "feed": f"http://127.0.0.1:{port}/appcast.xml",
        "folder": "dist",
        "demo": False,
        "public_key": None,
        "control": f"http://127.0.0.1:{port}/_ota/api/v1/",
    }
    assert answer.content == notes.read_bytes()
    events = {(record := json.loads(line))["event"]: record for line in serving.lines}
    assert list(events) == ["ready", "published", "exchange"]
    assert events["published"]["offers"] == {"acmenotes": "1.3.0"}
    client = events["exchange"]["client"]
    assert client == {"family": "Sparkle", "app": "Acme Notes", "version": "1.2.0", "os": None}
    assert events["exchange"]["completed"] is True
    assert (code, (tmp_path / "port.txt").exists()) == (0, False)


@pytest.mark.usefixtures("notes")
def test_the_printed_address_is_the_same_after_a_restart_unless_nothing_may_be_remembered(
    serve: Serve,
    notes: Path,  # noqa: ARG001
) -> None:
    first = serve()
    port = first.url().rpartition(":")[2]
    first.stop()

    addresses = []
    for options in ([], [], ["--no-cache"]):
        serving = serve("--port", port, *options)
        addresses.append(serving.wait_for("  dashboard ").split()[1])
        serving.stop()

    assert addresses[0] == addresses[1]
    assert addresses[0] != addresses[2]


def test_a_port_in_use_is_an_error_that_names_the_remedy(serve: Serve) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        serving = serve("--port", str(port))
        code = serving.end()

    assert code == 3
    assert serving.lines == [
        f"ota-dev: port {port} is already in use on 127.0.0.1: "
        "stop the other program or choose another with --port (0 picks a free one)"
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "part"),
    [
        (["--tls-cert", "cert.pem"], 2, "--tls-cert and --tls-key belong together"),
        (["--tls-cert", "cert.pem", "--tls-key", "key.pem"], 3, "cert.pem of --tls-cert cannot be read"),
        (["--base-url", "ftp://acme.example"], 2, "it must begin with http:// or https://"),
        (["--template", "missing.j2"], 2, "missing.j2: the template cannot be read"),
        (["--allowed-host", "http://acme.example"], 2, "give it without http://"),
        (["--host", "192.0.2.1"], 3, "choose one that is with --host"),
        (["--port-file", "missing/port.txt"], 3, "--port-file missing/port.txt cannot be written"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
@pytest.mark.usefixtures("notes")
def test_what_cannot_work_ends_in_one_sentence(serve: Serve, arguments: list[str], code: int, part: str) -> None:
    serving = serve("--quiet", *arguments)

    assert serving.end() == code
    [line] = serving.lines
    assert line.startswith("ota-dev: ")
    assert part in line


def test_a_missing_folder_is_waited_for(serve: Serve, tmp_path: Path, mac_zip: MakeZip) -> None:
    serving = serve("--dir", "build/out")
    url = serving.url()
    serving.wait_for("build/out is not there: it is served as soon as it appears")
    before = enclosures(url)

    (tmp_path / "build/out").mkdir(parents=True)
    (tmp_path / "build/out/Acme-Notes-1.3.0.zip").write_bytes(mac_zip("1.3.0"))
    serving.wait_for("+ Acme-Notes-1.3.0.zip -> /appcast.xml now offers 1.3.0")

    assert before == []
    assert len(enclosures(url)) == 1


def test_https_is_served_with_a_certificate_that_openssl_made(serve: Serve, notes: Path, tmp_path: Path) -> None:
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"),
            *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"),
            *("-keyout", "key.pem", "-out", "cert.pem"),
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    serving = serve("--tls-cert", "cert.pem", "--tls-key", "key.pem")
    url = serving.url()

    def curl(address: str) -> bytes:
        command = ["curl", "--silent", "--fail", "--noproxy", "*", "--cacert", "cert.pem", address]
        return subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=LIMIT).stdout

    [enclosure] = ElementTree.fromstring(curl(f"{url}/appcast.xml")).iter("enclosure")  # noqa: S314  # it is ours

    assert url.startswith("https://127.0.0.1:")
    assert enclosure.attrib["url"] == f"{url}/downloads/{notes.name}"
    assert curl(enclosure.attrib["url"]) == notes.read_bytes()


def test_links_begin_with_the_base_url_and_its_host_may_ask(serve: Serve, notes: Path) -> None:
    url = serve("--base-url", "https://updates.acme.example/notes/").url()

    [enclosure] = enclosures(url)
    as_proxied = get(f"{url}/appcast.xml", Host="updates.acme.example")

    assert enclosure.attrib["url"] == f"https://updates.acme.example/notes/downloads/{notes.name}"
    assert as_proxied.status_code == 200


def test_a_foreign_host_is_refused_with_the_flag_that_allows_it(serve: Serve, notes: Path) -> None:
    strict, open_minded = serve().url(), serve("--allowed-host", "updates.acme.example").url()

    refused = get(f"{strict}/appcast.xml", Host="updates.acme.example")
    allowed = get(f"{open_minded}/appcast.xml", Host="updates.acme.example")

    assert refused.status_code == 403
    assert "--allowed-host updates.acme.example" in refused.text
    assert allowed.status_code == 200
    assert f"http://updates.acme.example/downloads/{notes.name}" in allowed.text


@pytest.mark.usefixtures("notes")
def test_listening_for_other_machines_says_what_that_exposes(serve: Serve) -> None:
    serving = serve("--host", "0.0.0.0")  # noqa: S104  # that is what this is about
    url = serving.url()

    assert "every machine that reaches this one" in serving.wait_for("--host 0.0.0.0")
    assert get(f"{url}/health").status_code == 200


def test_quiet_says_only_what_may_be_wrong(serve: Serve, notes: Path, tmp_path: Path, wait_until: WaitUntil) -> None:
    (notes.parent / "data.zip").write_bytes(zip_of("readme.txt"))
    serving = serve("--quiet", "--port-file", "port.txt")
    line = serving.wait_for("data.zip")
    wait_until((tmp_path / "port.txt").exists)

    get(f"http://127.0.0.1:{(tmp_path / 'port.txt').read_text().strip()}/appcast.xml")

    assert serving.stop() == 0
    assert serving.lines == [line]
    assert line.startswith("! data.zip is not on offer: ")


def test_verbose_says_where_each_version_is_from(serve: Serve, notes: Path) -> None:
    (notes.parent / "Acme-Notes-1.3.0-x64.msi").write_bytes(b"an installer")
    (notes.parent / "readme.txt").write_bytes(b"no installer")
    serving = serve("--verbose")
    serving.wait_for("ignored ")

    assert [line.partition("offered")[2].strip() for line in serving.said("  offered ")] == [
        "Acme-Notes-1.3.0.zip: 1.3.0 for macos, the version is from its Info.plist",
        "Acme-Notes-1.3.0-x64.msi: 1.3.0 for windows x86_64, the version is from its file name",
    ]
    assert serving.said("  ignored   1 files that are no installers")


def zip_of(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, b"")
    return buffer.getvalue()


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_nothing_that_a_client_or_a_file_name_holds_can_steer_the_terminal(
    serve: Serve, dist: Path, log_format: str
) -> None:
    hostile = "Acme\x1b[31m\n12:00:00 \u202e-1.3.0.exe"
    (dist / hostile).write_bytes(b"an installer")
    serving = serve("--log-format", log_format)
    origin = serving.url() if log_format == "text" else json.loads(serving.wait_for('"ready"'))["url"]
    host, _, port = origin.removeprefix("http://").partition(":")

    for target in ("/appcast.xml?x=%1b\\", "/appcast.xml?x=\x9b31m"):
        with socket.create_connection((host, int(port)), LIMIT) as client:
            head = f"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n"
            agent = "User-Agent: Evil\x9b31m\u202e/1.0 Sparkle/2\r\n\r\n"
            client.sendall((head + agent).encode())
            while client.recv(65536):
                pass
    serving.wait_for("Evil")
    serving.wait_for("400")
    (dist / f"new {hostile}").write_bytes(b"another installer")
    serving.wait_for("new ")

    assert serving.stop() == 0
    said = "\n".join(serving.lines)
    assert re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", said) is None
    assert len([line for line in serving.lines if line.startswith("12:00:00")]) == 0
    assert all(json.loads(line)["event"] for line in serving.lines if log_format == "json")


def test_a_client_that_leaves_during_a_download_is_seen(serve: Serve, dist: Path) -> None:
    with (dist / "Acme-Notes-1.3.0.exe").open("wb") as file:
        file.truncate(100_000_000)
    serving = serve()
    url = serving.url()

    with requests.get(f"{url}/downloads/Acme-Notes-1.3.0.exe", stream=True, timeout=LIMIT) as download:
        next(download.iter_content(10_000_000))
    line = serving.wait_for("aborted at ")

    percentage = re.search(r"GET +/downloads/Acme-Notes-1\.3\.0\.exe +200 +.* aborted at (\d+)%", line)
    assert percentage
    assert 10 <= int(percentage[1]) < 100


@pytest.mark.usefixtures("notes")
def test_colour_is_for_terminals_unless_asked_for(serve: Serve) -> None:
    plain, colourful = serve(), serve("--color", "always", NO_COLOR="1", TERM="xterm")
    plain.wait_for("serving")
    colourful.wait_for("1 installer in dist")

    assert "\x1b" not in "\n".join(plain.lines)
    assert "\x1b[" in "\n".join(colourful.lines)
    uncoloured = [re.sub(r"\x1b\[[\d;]*m", "", line) for line in colourful.lines]
    assert [line.split()[0] for line in uncoloured] == [line.split()[0] for line in plain.lines]


@pytest.mark.usefixtures("notes")
def test_whoever_stops_reading_the_log_does_not_stop_the_server(tmp_path: Path, wait_until: WaitUntil) -> None:
    command = [sys.executable, "-m", "ota_dev", "serve", "--port", "0", "--port-file", "port.txt"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE) as process:
        assert process.stderr
        process.stderr.close()
        wait_until((tmp_path / "port.txt").exists)
        url = f"http://127.0.0.1:{(tmp_path / 'port.txt').read_text().strip()}"

        answers = [get(f"{url}/appcast.xml").status_code for _ in range(3)]
        process.terminate()

        assert process.wait(LIMIT) == 0
    assert answers == [200, 200, 200]


@pytest.mark.usefixtures("notes")
def test_the_dashboard_is_opened_in_the_users_browser(serve: Serve, tmp_path: Path, wait_until: WaitUntil) -> None:
    browser = tmp_path / "browser"
    browser.write_text('#!/bin/sh\necho "$1" > opened.txt\n')
    browser.chmod(0o755)

    serving = serve("--open", BROWSER=str(browser))
    url = serving.url()
    wait_until(lambda: (tmp_path / "opened.txt").exists() and (tmp_path / "opened.txt").read_text())

    assert (tmp_path / "opened.txt").read_text().startswith(f"{url}/?token=")


def test_the_journal_is_a_file_of_what_clients_asked(serve: Serve, notes: Path, tmp_path: Path) -> None:
    serving = serve("--journal", "journal.jsonl", "--fault", "truncate:after=100")
    url = serving.url()
    get(f"{url}/appcast.xml", **{"User-Agent": SPARKLE})
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        get(f"{url}/downloads/{notes.name}")
    serving.stop()

    feed, download = map(json.loads, (tmp_path / "journal.jsonl").read_text("ascii").splitlines())
    assert (feed["number"], feed["client"]["app"], feed["offered"]) == (1, "Acme Notes", "offered 1.3.0 to 1.2.0")
    assert (download["name"], download["sent"], download["completed"]) == (notes.name, 100, False)
    assert download["in_force"] == ["truncate:after=100"]


@pytest.mark.usefixtures("notes")
def test_a_running_server_is_found_by_scenario_set_until_it_ends(serve: Serve, wait_until: WaitUntil) -> None:
    serving = serve()
    url = serving.url()
    wait_until(read_announcements)
    set_scenario = [sys.executable, "-m", "ota_dev", "scenario", "set", "no-update"]

    found = subprocess.run(set_scenario, capture_output=True, text=True, timeout=LIMIT, check=False)
    serving.stop()
    ended = subprocess.run(set_scenario, capture_output=True, text=True, timeout=LIMIT, check=False)

    assert (found.returncode, found.stdout) == (0, f"in force  {url}\nscenario  no-update\n")
    assert ended.returncode == 3
    assert read_announcements() == ()
