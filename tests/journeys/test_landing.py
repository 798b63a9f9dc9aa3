"""From a file in the folder to the client that downloads it: over a real port, with real HTTP clients."""

import hashlib
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from xml.etree import ElementTree

import pytest
import requests

from ota_dev.cli.serving.log import TextLog
from ota_dev.dev_server import DevServer, ServerSettings
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.translations import Translations

LIMIT = 10  # seconds; far more than anything here takes
SPARKLE = "{http://www.andymatuschak.org/xml-namespaces/sparkle}"
MakeZip = Callable[..., bytes]


class Lines:
    """The lines of the text log, which a test can wait for."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._changed = threading.Condition()

    def write(self, line: str) -> None:
        with self._changed:
            self.all.append(line)
            self._changed.notify_all()

    def wait_for(self, part: str) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: any(part in line for line in self.all), LIMIT), self.all

    @property
    def of_changes(self) -> list[str]:
        """Give the lines that are about the folder, not about requests or the start."""
        return [line for line in self.all if re.match(r"[-+~!] ", line)]


class Client:
    """An update client: reads the feed, and downloads what it offers."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._session = requests.Session()
        self._session.trust_env = False

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def get(self, url: str) -> requests.Response:
        return self._session.get(url, timeout=LIMIT)

    def feed(self) -> bytes:
        response = self.get(f"{self.url}/appcast.xml")
        assert response.status_code == 200
        return response.content

    def enclosures(self) -> list[ElementTree.Element]:
        return list(ElementTree.fromstring(self.feed()).iter("enclosure"))  # noqa: S314 # our own feed

    def versions(self) -> list[str]:
        return [enclosure.attrib[f"{SPARKLE}version"] for enclosure in self.enclosures()]


class Site:
    """A folder that is served, what the terminal says of it, and a client."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self.lines = Lines()
        self._stack = stack
        self._sentinels = 0

    def open(self, *, poll: bool = False, follow_links: bool = False) -> None:
        log = TextLog(write=self.lines.write, texts=Translations.of("en"), feed=AppcastFeed(), folder="dist")
        settings = ServerSettings(folder=self.folder, port=0, remember=False, poll=poll, follow_links=follow_links)
        self.server = self._stack.enter_context(DevServer(settings, log))
        self.client = self._stack.enter_context(Client(self.server.url))
        self.lines.wait_for("  serving   ")

    @property
    def revision(self) -> int:
        publication = self.server.publication
        assert publication is not None
        return publication.revision

    def put(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path

    def said(self) -> list[str]:
        """Land one more, old installer; give what was said of the folder before that."""
        self._sentinels += 1
        name = f"Acme-Notes-0.{self._sentinels}.AppImage"
        self.put(name, b"the last to land")
        self.lines.wait_for(f"+ {name}")
        return [line for line in self.lines.of_changes if "Acme-Notes-0." not in line]


@pytest.fixture
def site(dist: Path) -> Iterator[Site]:
    with ExitStack() as stack:
        yield Site(dist, stack)


@pytest.fixture
def old(mac_zip: MakeZip) -> bytes:
    return mac_zip("1.2.0", size=300_000)


@pytest.fixture
def new(mac_zip: MakeZip) -> bytes:
    return mac_zip("1.3.0", size=400_000)


class Reader:
    """Reads the feed and downloads all it offers, again and again, and takes note of whatever does not fit together.

    *builds* are the contents there ever were, by name: nothing else may arrive as a whole answer. An installer that
    is being replaced may be refused or cut.
    """

    def __init__(self, url: str, builds: dict[str, list[bytes]], *, is_replacing: bool = False) -> None:
        self._url, self._builds, self._is_replacing = url, builds, is_replacing
        self._rounds = 0
        self._progress = threading.Condition()
        self._stop = threading.Event()
        self.problems: list[str] = []
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> "Reader":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(LIMIT)

    def wait_for_rounds(self, number: int) -> None:
        with self._progress:
            target = self._rounds + number
            assert self._progress.wait_for(lambda: self._rounds >= target or self.problems, LIMIT)

    def _run(self) -> None:
        with Client(self._url) as client:
            while not self._stop.is_set():
                try:
                    self._read(client)
                except Exception as error:  # whatever it is, the test must know
                    self.problems.append(repr(error))
                with self._progress:
                    self._rounds += 1
                    self._progress.notify_all()

    def _read(self, client: Client) -> None:
        for enclosure in client.enclosures():
            url, length = enclosure.attrib["url"], int(enclosure.attrib["length"])
            if url.endswith(".AppImage"):  # what `Site.said` lands
                continue
            try:
                answer = client.get(url)
            except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError):
                if not self._is_replacing:
                    raise
                continue
            if self._is_replacing and answer.status_code in (404, 503):
                continue
            if problem := self._problem(url, length, answer):
                self.problems.append(problem)

    def _problem(self, url: str, length: int, answer: requests.Response) -> str | None:
        known = {hashlib.sha256(build).digest() for build in self._builds[url.rpartition("/")[2]]}
        if answer.status_code != 200:
            return f"{url} answered {answer.status_code}"
        if hashlib.sha256(answer.content).digest() not in known:
            return f"{url} gave {len(answer.content)} bytes that are no build"
        if len(answer.content) != length and not self._is_replacing:
            return f"the feed says {length}, {url} gave {len(answer.content)} bytes"
        return None


def test_no_reader_sees_a_part_of_a_slow_copy_which_is_offered_once_complete(site: Site) -> None:
    old, new = bytes(200_000), bytes(range(256)) * 1000  # nothing in them says whether they are complete
    site.put("Acme-Notes-1.2.0.exe", old)
    site.open()

    with (
        Reader(site.client.url, {"Acme-Notes-1.2.0.exe": [old], "Acme-Notes-1.3.0.exe": [new]}) as reader,
        (site.folder / "Acme-Notes-1.3.0.exe").open("wb", buffering=0) as copy,
    ):
        for start in range(0, len(new), 50_000):
            copy.write(new[start : start + 50_000])
            reader.wait_for_rounds(2)
        before_the_end = site.said()
        while_copying = site.client.versions()
        copy.close()
        site.lines.wait_for("now offers 1.3.0")
        reader.wait_for_rounds(2)

    assert reader.problems == []
    assert (before_the_end, while_copying) == ([], ["1.2.0", "0.1"])
    assert site.client.versions() == ["1.3.0", "1.2.0", "0.1"]
    assert site.said() == ["+ Acme-Notes-1.3.0.exe -> /appcast.xml now offers 1.3.0"]


def test_a_look_at_the_whole_folder_during_a_slow_copy_does_not_offer_a_part(
    site: Site, old: bytes, new: bytes
) -> None:
    site.put("Acme-Notes-1.2.0.zip", old)
    site.open()

    with (site.folder / "Acme-Notes-1.3.0.zip").open("wb", buffering=0) as copy:
        copy.write(new[:-1])
        site.put("VERSION", b"1.0\n")  # concerns every installer
        site.lines.wait_for("still being written")
        while_copying = site.client.versions()
        copy.write(new[-1:])
    site.lines.wait_for("now offers 1.3.0")

    assert while_copying == ["1.2.0"]
    assert site.client.versions() == ["1.3.0", "1.2.0"]
    assert site.said()[1:] == ["+ Acme-Notes-1.3.0.zip -> /appcast.xml now offers 1.3.0"]


def test_a_build_that_is_moved_in_is_offered(site: Site, old: bytes, new: bytes, tmp_path: Path) -> None:
    site.put("Acme-Notes-1.2.0.zip", old)
    outside = tmp_path / "Acme-Notes-1.3.0.zip"
    outside.write_bytes(new)
    site.open()

    outside.rename(site.folder / outside.name)
    site.lines.wait_for("now offers 1.3.0")

    assert site.client.versions() == ["1.3.0", "1.2.0"]
    assert site.said() == ["+ Acme-Notes-1.3.0.zip -> /appcast.xml now offers 1.3.0"]


def replace_by_renaming(path: Path, content: bytes) -> None:
    beside = path.with_name(".Acme-Notes.part")
    beside.write_bytes(content)
    beside.replace(path)


def rewrite_in_place(path: Path, content: bytes) -> None:
    with path.open("r+b", buffering=0) as file:
        for start in range(0, len(content), 50_000):
            file.write(content[start : start + 50_000])
        file.truncate(len(content))


def truncate_and_rewrite(path: Path, content: bytes) -> None:
    with path.open("wb", buffering=0) as file:
        for start in range(0, len(content), 50_000):
            file.write(content[start : start + 50_000])


@pytest.mark.parametrize("replace", [replace_by_renaming, rewrite_in_place, truncate_and_rewrite])
def test_a_replaced_build_is_downloaded_whole_as_it_was_or_as_it_is(
    site: Site, mac_zip: MakeZip, replace: Callable[[Path, bytes], None]
) -> None:
    before, after = mac_zip("1.3.0", size=300_000), mac_zip("1.3.0", size=350_000)
    path = site.put("Acme-Notes-1.3.0.zip", before)
    site.open()

    with Reader(site.client.url, {path.name: [before, after]}, is_replacing=True) as reader:
        reader.wait_for_rounds(2)
        replace(path, after)
        site.lines.wait_for(f"~ {path.name}")
        reader.wait_for_rounds(2)
    [enclosure] = site.client.enclosures()

    assert reader.problems == []
    assert enclosure.attrib["length"] == str(len(after))
    assert site.client.get(enclosure.attrib["url"]).content == after
    assert site.said() == [f"~ {path.name} -> /appcast.xml still offers 1.3.0"]


def test_a_renamed_build_is_offered_under_its_new_name_in_one_step(site: Site, old: bytes, new: bytes) -> None:
    site.put("Acme-Notes-1.2.0.zip", old)
    path = site.put("Acme-Notes-1.3.0.zip", new)
    site.open()

    path.rename(site.folder / "Acme-Notes-stable.zip")
    site.lines.wait_for("- Acme-Notes-1.3.0.zip")

    assert site.client.versions() == ["1.3.0", "1.2.0"]
    assert site.client.enclosures()[0].attrib["url"].endswith("/Acme-Notes-stable.zip")
    assert site.said() == ["+ Acme-Notes-stable.zip, - Acme-Notes-1.3.0.zip -> /appcast.xml still offers 1.3.0"]


def test_a_deleted_build_is_no_longer_offered(site: Site, old: bytes, new: bytes) -> None:
    site.put("Acme-Notes-1.2.0.zip", old)
    path = site.put("Acme-Notes-1.3.0.zip", new)
    site.open()

    path.unlink()
    site.lines.wait_for("- Acme-Notes-1.3.0.zip")

    assert site.client.versions() == ["1.2.0"]
    assert site.client.get(f"{site.client.url}/downloads/{path.name}").status_code == 404
    assert site.said() == ["- Acme-Notes-1.3.0.zip -> /appcast.xml now offers 1.2.0"]


def test_a_burst_of_a_hundred_is_one_publication_and_one_line(site: Site, mac_zip: MakeZip, tmp_path: Path) -> None:
    names = [f"Acme-Notes-1.{number}.zip" for number in range(100)]
    for number, name in enumerate(names):
        (tmp_path / name).write_bytes(mac_zip(f"1.{number}"))
    site.open()
    revision = site.revision

    for name in names:
        (tmp_path / name).rename(site.folder / name)
    site.lines.wait_for("now offers 1.99")

    assert site.revision == revision + 1
    assert site.client.versions() == [f"1.{number}" for number in reversed(range(100))]
    first_names = ", ".join(sorted(names)[:3])
    assert site.said() == [f"+ 100 installers ({first_names}, …) -> /appcast.xml now offers 1.99"]


def test_a_folder_that_is_removed_and_made_again_is_served_again(site: Site, old: bytes, new: bytes) -> None:
    site.put("Acme-Notes-1.2.0.zip", old)
    site.open()

    shutil.rmtree(site.folder)
    site.lines.wait_for("is not there")
    without_folder = site.client.versions()
    site.folder.mkdir()
    site.put("Acme-Notes-1.3.0.zip", new)
    site.lines.wait_for("+ Acme-Notes-1.3.0.zip")

    assert without_folder == []
    assert site.client.versions() == ["1.3.0"]
    assert site.said() == [
        "- Acme-Notes-1.2.0.zip -> /appcast.xml now offers nothing",
        f"! {site.folder} is not there: it is served as soon as it appears",
        "+ Acme-Notes-1.3.0.zip -> /appcast.xml now offers 1.3.0",
    ]


def test_a_link_to_a_build_inside_the_folder_is_offered(site: Site, new: bytes) -> None:
    (site.folder / "builds").mkdir()
    target = site.put("builds/Acme-Notes.zip", new)
    site.open()

    (site.folder / "Acme-Notes-1.3.0.zip").symlink_to(target)
    site.lines.wait_for("now offers 1.3.0")
    [enclosure] = site.client.enclosures()

    assert site.client.get(enclosure.attrib["url"]).content == new
    assert site.said() == ["+ Acme-Notes-1.3.0.zip -> /appcast.xml now offers 1.3.0"]


def test_a_link_that_leads_out_of_the_folder_is_offered_only_when_asked_for(
    site: Site, new: bytes, tmp_path: Path
) -> None:
    target = tmp_path / "Acme-Notes.zip"
    target.write_bytes(new)
    site.open()

    (site.folder / "Acme-Notes-1.3.0.zip").symlink_to(target)
    site.lines.wait_for("is not on offer")

    assert site.client.versions() == []
    assert site.client.get(f"{site.client.url}/downloads/Acme-Notes-1.3.0.zip").status_code == 404
    [line] = site.said()
    assert line.startswith(f"! Acme-Notes-1.3.0.zip is not on offer: it links to {target}")
    assert "--follow-links" in line


def make_unreadable(path: Path, _: bytes) -> None:
    path.symlink_to(path.name)  # round in a circle, which not even the superuser can read


def cut_short(path: Path, build: bytes) -> None:
    path.write_bytes(build[:-100])


@pytest.mark.parametrize(
    ("spoil", "reason"), [(make_unreadable, "it cannot be read"), (cut_short, "it is cut short")], ids=["link", "cut"]
)
def test_a_build_that_cannot_be_read_is_reported_and_the_last_good_feed_stays(
    site: Site, old: bytes, new: bytes, spoil: Callable[[Path, bytes], None], reason: str
) -> None:
    site.put("Acme-Notes-1.2.0.zip", old)
    site.open()
    good = site.client.feed()

    spoil(site.folder / "Acme-Notes-1.3.0.zip", new)
    site.lines.wait_for("is not on offer")

    assert site.client.feed() == good
    [line] = site.said()
    assert line.startswith(f"! Acme-Notes-1.3.0.zip is not on offer: {reason}")


def test_a_spoilt_build_is_offered_once_a_good_one_takes_its_place(site: Site, new: bytes) -> None:
    path = site.folder / "Acme-Notes-1.3.0.zip"
    cut_short(path, new)
    site.open()

    path.write_bytes(new)
    site.lines.wait_for("now offers 1.3.0")

    assert site.client.versions() == ["1.3.0"]
    assert site.said() == ["+ Acme-Notes-1.3.0.zip -> /appcast.xml now offers 1.3.0"]


def test_a_network_drive_is_looked_at_again_and_again(site: Site, old: bytes, new: bytes) -> None:
    path = site.put("Acme-Notes-1.2.0.zip", old)
    site.open(poll=True)

    with (
        Reader(site.client.url, {"Acme-Notes-1.2.0.zip": [old], "Acme-Notes-1.3.0.zip": [new]}) as reader,
        (site.folder / "Acme-Notes-1.3.0.zip").open("wb", buffering=0) as copy,
    ):
        for start in range(0, len(new), 100_000):
            copy.write(new[start : start + 100_000])
            reader.wait_for_rounds(2)
        copy.close()
        site.lines.wait_for("now offers 1.3.0")
    path.unlink()
    site.lines.wait_for("- Acme-Notes-1.2.0.zip")

    assert reader.problems == []
    assert site.client.versions() == ["1.3.0"]
    assert site.lines.of_changes == [
        "+ Acme-Notes-1.3.0.zip -> /appcast.xml now offers 1.3.0",
        "- Acme-Notes-1.2.0.zip -> /appcast.xml still offers 1.3.0",
    ]


def test_what_is_in_the_folder_is_what_curl_and_requests_download(site: Site, new: bytes, tmp_path: Path) -> None:
    name = "Acme Notes & Föhn 100% 1.3.0.zip"
    path = site.put(name, new)
    site.open()
    url = site.client.enclosures()[0].attrib["url"]
    copy = tmp_path / "downloaded"

    subprocess.run(["curl", "--silent", "--fail", "--noproxy", "*", "--output", copy, url], check=True, timeout=LIMIT)
    by_requests = site.client.get(url).content
    sums = subprocess.run(["sha256sum", path, copy], check=True, capture_output=True, text=True).stdout

    digests = {line.split()[0].removeprefix("\\") for line in sums.splitlines()}
    assert digests == {hashlib.sha256(by_requests).hexdigest()}
    assert os.fsencode(name).decode() not in url
