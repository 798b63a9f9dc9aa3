"""The control API of a whole server, over a real port and with real clients."""

import json
import re
import shlex
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from string import Template
from typing import Any

import pytest
import requests

from ota_dev.dev_server import DevServer, ServerSettings

LIMIT = 10  # seconds; far more than anything here takes
MANUAL = Path(__file__).parents[2] / "docs" / "reference" / "control-api.md"
COMMANDS = re.findall(r"^curl -s .*$", MANUAL.read_text(encoding="utf-8"), re.MULTILINE)
WaitUntil = Callable[[Callable[[], object]], None]


class Script:
    """A script that knows the token."""

    def __init__(self, server: DevServer) -> None:
        self.server = server
        self.session = requests.Session()
        self.session.trust_env = False

    def call(self, route: str, posted: object = None, **headers: str) -> requests.Response:
        url = f"{self.server.control_url}{route}"
        fields = {"Authorization": f"Bearer {self.server.token}", **headers}
        if posted is not None:
            return self.session.post(url, json=posted, headers=fields, timeout=LIMIT)
        return self.session.get(url, headers=fields, timeout=LIMIT, stream=route == "events")

    def events(self, last_seen: str | None = None) -> tuple[requests.Response, Iterator[dict[str, Any]]]:
        response = self.call("events", **({"Last-Event-ID": last_seen} if last_seen else {}))
        return response, _events(response.iter_lines(chunk_size=1, decode_unicode=True))


def _events(lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    fields: dict[str, Any] = {}
    for line in lines:
        if line:
            name, _, value = line.partition(": ")
            fields[name] = json.loads(value) if name == "data" else value
        else:
            yield fields
            fields = {}


@pytest.fixture
def notes(dist: Path, mac_zip: Callable[..., bytes]) -> Path:
    path = dist / "Acme-Notes-1.3.0.zip"
    path.write_bytes(mac_zip("1.3.0"))
    return path


@pytest.fixture
def start(notes: Path, wait_until: WaitUntil) -> Iterator[Callable[[], Script]]:
    """Start a server whose folder is read, and a script that knows its token."""
    scripts: list[Script] = []

    def start_one() -> Script:
        server = DevServer(ServerSettings(folder=notes.parent, port=0)).__enter__()
        scripts.append(Script(server))
        wait_until(lambda: server.publication)
        return scripts[-1]

    yield start_one
    for script in scripts:
        script.session.close()
        script.server.__exit__()


@pytest.fixture
def script(start: Callable[[], Script]) -> Script:
    return start()


def test_a_script_waits_for_a_client_while_that_comes(script: Script) -> None:
    found: list[requests.Response] = []
    waiting = threading.Thread(target=lambda: found.append(script.call("wait?resource=feed&timeout=10s")))
    waiting.start()

    requests.get(f"{script.server.url}/appcast.xml", timeout=LIMIT)
    waiting.join(LIMIT)

    assert found[0].json()["request"]["target"] == "/appcast.xml"
    assert found[0].headers["Content-Security-Policy"] == "sandbox"


def test_a_new_installer_is_on_offer_when_a_rescan_is_answered(script: Script, mac_zip: Callable[..., bytes]) -> None:
    (script.server.settings.folder / "Acme-Notes-1.4.0.zip").write_bytes(mac_zip("1.4.0"))

    revision = script.call("rescan", {}).json()["revision"]

    assert revision >= 2
    assert b"1.4.0" in requests.get(f"{script.server.url}/appcast.xml", timeout=LIMIT).content


def test_a_stalled_download_is_listed_and_goes_on_when_it_is_released(
    script: Script, notes: Path, wait_until: WaitUntil
) -> None:
    contents: list[bytes] = []
    url = f"{script.server.url}/with/stall/downloads/{notes.name}?token=secret"
    download = threading.Thread(target=lambda: contents.append(requests.get(url, timeout=LIMIT).content))
    download.start()
    wait_until(lambda: script.call("stalls").json()["stalls"])

    [stall] = script.call("stalls").json()["stalls"]
    released = script.call("stalls/release", {"number": stall["number"]}).json()["released"]
    download.join(LIMIT)

    assert stall["target"] == f"/with/stall/downloads/{notes.name}?token=***"
    assert (released, contents) == (1, [notes.read_bytes()])


def test_a_download_is_shown_while_it_goes_on_and_its_request_keeps_the_samples(script: Script, notes: Path) -> None:
    response, events = script.events()
    with response:
        next(events)
        url = f"{script.server.url}/with/stall/downloads/{notes.name}"
        download = threading.Thread(target=requests.get, args=(url,), kwargs={"timeout": LIMIT})
        download.start()
        shown = next(event for event in events if event["event"] == "transfer")
        listed = script.call("transfers").json()["transfers"]
        number = listed[0]["transfer"]
        single = script.call(f"transfers/{number}").json()
        script.call("stalls/release", {})
        download.join(LIMIT)
        told = next(event for event in events if event["event"] == "exchange")
        none = next(event for event in events if event["event"] == "transfer" and not event["data"]["transfers"])

    request = script.call(f"requests/{told['data']['number']}").json()
    assert ("id" not in shown, shown["data"]["count"], len(shown["data"]["transfers"])) == (True, 1, 1)
    assert [each["transfer"] for each in (*shown["data"]["transfers"], *listed, told["data"])] == [number] * 3
    assert (single["completed"], single["name"], single["samples"][0]) == (False, notes.name, [0.0, 0])
    assert (request["completed"], request["samples"][-1][1]) == (True, notes.stat().st_size)
    assert none["data"]["count"] == 0
    assert script.call("transfers").json() == {"transfers": []}
    assert script.call(f"transfers/{number}").status_code == 404


def test_a_browser_is_signed_in_by_the_printed_address(script: Script) -> None:
    session = requests.Session()
    session.trust_env = False
    address = f"{script.server.url}/?token={script.server.token}"

    page = session.get(address, timeout=LIMIT)
    state = session.get(f"{script.server.control_url}state", timeout=LIMIT)
    session.close()

    assert (page.url, page.status_code, state.status_code) == (f"{script.server.url}/", 200, 200)


def test_the_token_is_in_no_record(script: Script, wait_until: WaitUntil) -> None:
    server = script.server
    address = f"{server.url}/?token={server.token}"

    requests.get(address, timeout=LIMIT)
    requests.get(f"{server.url}/health?token={server.token}", timeout=LIMIT)
    requests.get(f"{server.url}/appcast.xml", headers={"Referer": address, "Cookie": server.token}, timeout=LIMIT)
    script.call("state")
    wait_until(lambda: server.journal.recorded == 3)

    assert server.token not in repr(server.journal.exchanges)
    assert [each.target for each in server.journal.exchanges] == ["/", "/health?token=***", "/appcast.xml"]


def test_events_come_as_they_happen_and_go_on_where_the_reader_was(script: Script) -> None:
    feed = f"{script.server.url}/appcast.xml"

    response, events = script.events()
    with response:
        begin = next(events)
        requests.get(feed, timeout=LIMIT)
        first = next(events)
    script.call("requests/clear", {})
    response, events = script.events(first["id"])
    with response:
        next(events)
        second = next(events)

    assert "data" not in begin
    assert (first["event"], first["data"]["target"]) == ("exchange", "/appcast.xml")
    assert second["event"] == "cleared"


def test_what_a_program_chooses_is_told_once(script: Script) -> None:
    response, events = script.events()
    with response:
        next(events)

        script.server.choose("no-update")
        script.server.clear_journal()
        told = [next(events), next(events)]

    assert [each["event"] for each in told] == ["changed", "cleared"]
    assert told[0]["data"] == {"what": "scenario"}


def test_after_a_restart_a_reader_is_told_to_read_everything_again(start: Callable[[], Script]) -> None:
    response, events = start().events()
    with response:
        seen = next(events)["id"]

    response, events = start().events(seen)
    with response:
        next(events)
        missed, published = next(events), next(events)

    assert (missed["event"], missed["data"]) == ("changed", {"what": "all"})
    assert (published["event"], published["data"]["added"]) == ("published", ["Acme-Notes-1.3.0.zip"])


def test_a_server_ends_at_once_although_someone_listens_and_waits(script: Script) -> None:
    response, events = script.events()
    next(events)
    waiting = script.session.get(
        f"{script.server.control_url}wait?resource=download&timeout=10m",
        headers={"Authorization": f"Bearer {script.server.token}"},
        timeout=LIMIT,
        stream=True,
    )

    stopping = threading.Thread(target=script.server.__exit__)
    stopping.start()
    stopping.join(0.9)  # Answers that are not streams would be given a second to end.

    assert not stopping.is_alive()
    response.close()
    waiting.close()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.rpartition("}")[2].strip('"'))
def test_the_commands_in_the_manual_work(script: Script, command: str) -> None:
    requests.get(f"{script.server.url}/appcast.xml", timeout=LIMIT)
    script.call("wait?resource=feed")
    filled = Template(command).substitute(CONTROL=script.server.control_url, TOKEN=script.server.token)

    answer = subprocess.run(shlex.split(filled), capture_output=True, check=True, timeout=LIMIT)

    assert "error" not in json.loads(answer.stdout)
