"""Signed updates as clients meet them: real servers, curl for the bytes on the wire, and openssl as the judge."""

import json
import re
import subprocess
import sys
import time
from base64 import b64decode
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree

import pytest

from ota_dev.signing import PrivateKey, personal_test_key, read_private_key, read_signature_block
from ota_dev.signing.small_files import LARGEST
from tests.journeys.serving import LIMIT, Serving
from tests.signing.leaks import leaks

Serve = Callable[..., Serving]
MakeZip = Callable[..., bytes]
WaitUntil = Callable[[Callable[[], object]], None]
Accepts = Callable[[bytes, str], bool]

_VERIFY = (
    *("pkeyutl", "-verify", "-pubin", "-inkey", "public.pem"),
    *("-rawin", "-in", "content", "-sigfile", "signature"),
)


@pytest.fixture
def key(tmp_path: Path) -> PrivateKey:
    """Make `acme.key`, and `public.pem` for openssl, as a user would."""
    for arguments in (["new", "acme.key"], ["export", "--key", "acme.key", "public.pem"]):
        command = [sys.executable, "-m", "ota_dev", "keys", *arguments]
        subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, timeout=30)
    return read_private_key(str(tmp_path / "acme.key"))


@pytest.fixture
def accepts(tmp_path: Path) -> Accepts:
    """Ask openssl whether `public.pem` fits: `accepts(content, signature)`."""

    def verify(content: bytes, signature: str) -> bool:
        (tmp_path / "content").write_bytes(content)
        (tmp_path / "signature").write_bytes(b64decode(signature, validate=True))
        judged = subprocess.run(["openssl", *_VERIFY], cwd=tmp_path, capture_output=True, check=False, timeout=LIMIT)
        return judged.stdout == b"Signature Verified Successfully\n"

    return verify


def curl(url: str, *arguments: str) -> bytes:
    command = ["curl", "--silent", "--show-error", "--fail", "--noproxy", "*", "--max-time", str(LIMIT)]
    return subprocess.run([*command, *arguments, url], capture_output=True, check=True).stdout


def installer_signatures(feed: bytes) -> list[str]:
    return [text.decode() for text in re.findall(rb'sparkle:edSignature="([^"]+)"', feed)]


def links(feed: bytes) -> list[str]:
    return [text.decode() for text in re.findall(rb'<enclosure\s+url="([^"]+)"', feed)]


@pytest.mark.usefixtures("key", "notes")
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "updates.acme.example"])
def test_openssl_accepts_all_signatures_of_the_bytes_on_the_wire_for_every_host(
    serve: Serve, accepts: Accepts, host: str
) -> None:
    url = serve("--key", "acme.key", "--sign-feed", "--allowed-host", "updates.acme.example").url()
    port = url.rpartition(":")[2]
    asked = ["--resolve", f"{host}:{port}:127.0.0.1"]

    feed = curl(f"http://{host}:{port}/appcast.xml", *asked)
    beside = curl(f"http://{host}:{port}/appcast.xml.signature", *asked)
    of_query = curl(f"http://{host}:{port}/appcast.xml?os=mac", *asked)
    beside_query = curl(f"http://{host}:{port}/appcast.xml?os=mac.signature", *asked)
    installer = curl(links(feed)[0], *asked)

    block = read_signature_block(feed)
    assert block is not None
    assert block.signature is not None
    assert links(feed) == [f"http://{host}:{port}/downloads/Acme-Notes-1.3.0.zip"]
    assert accepts(installer, installer_signatures(feed)[0])
    assert accepts(block.content, block.signature)
    assert accepts(feed, beside.decode())
    assert accepts(of_query, beside_query.decode())
    assert not accepts(feed + b"\n", beside.decode())


@pytest.mark.usefixtures("key")
def test_openssl_accepts_the_signatures_of_linked_notes_over_the_bytes_on_the_wire(
    serve: Serve, accepts: Accepts, notes: Path
) -> None:
    notes.with_suffix(".md").write_text("## Faster\n\nThan *ever*.\n", "utf-8")
    notes.with_suffix(".de.txt").write_text("Schöner", "utf-8")
    url = serve("--key", "acme.key", "--notes", "link").url()

    feed = curl(f"{url}/appcast.xml").decode()

    found = re.findall(r'<sparkle:releaseNotesLink.* sparkle:edSignature="(.*)" sparkle:length="(.*)">(.*)</', feed)
    assert len(found) == 2
    for signature, length, link in found:
        page = curl(link)
        assert len(page) == int(length)
        assert accepts(page, signature)
        assert not accepts(page + b"\n", signature)


@pytest.mark.usefixtures("key", "notes")
def test_a_new_publication_is_signed_anew(serve: Serve, accepts: Accepts, dist: Path, mac_zip: MakeZip) -> None:
    serving = serve("--key", "acme.key", "--sign-feed")
    url = serving.url()
    before = curl(f"{url}/appcast.xml")

    (dist / "Acme-Notes-1.4.0.zip").write_bytes(mac_zip("1.4.0"))
    serving.wait_for("+ Acme-Notes-1.4.0.zip")
    after = curl(f"{url}/appcast.xml")

    block = read_signature_block(after)
    assert block is not None
    assert block.signature is not None
    assert (len(links(before)), len(links(after))) == (1, 2)
    assert accepts(block.content, block.signature)
    assert accepts(after, curl(f"{url}/appcast.xml.signature").decode())
    for link, signature in zip(links(after), installer_signatures(after), strict=True):
        assert accepts(curl(link), signature)


@pytest.mark.usefixtures("key", "notes")
def test_a_delta_that_lands_is_listed_signed_and_served(serve: Serve, accepts: Accepts, dist: Path) -> None:
    serving = serve("--key", "acme.key")
    url = serving.url()

    (dist / "Acme Notes1.3.0-1.2.0.delta").write_bytes(b"what changed")
    line = serving.wait_for("+ Acme Notes1.3.0-1.2.0.delta")
    feed = curl(f"{url}/appcast.xml")

    assert line.endswith("-> /appcast.xml still offers 1.3.0")
    assert links(feed)[1:] == [f"{url}/downloads/Acme%20Notes1.3.0-1.2.0.delta"]
    assert b'sparkle:deltaFrom="1.2.0"' in feed
    assert curl(links(feed)[1]) == b"what changed"
    assert accepts(b"what changed", installer_signatures(feed)[1])


@pytest.mark.usefixtures("notes")
def test_serve_signs_with_a_test_key_only_when_asked(serve: Serve) -> None:
    unsigned = serve()
    feed = curl(f"{unsigned.url()}/appcast.xml")
    signed = serve("--sign")
    signed_feed = curl(f"{signed.url()}/appcast.xml")
    line = signed.wait_for("TEST")

    assert unsigned.said("unsigned  ") != []
    assert installer_signatures(feed) == []
    assert len(installer_signatures(signed_feed)) == 1
    assert personal_test_key().public_key.base64 in line


@pytest.mark.usefixtures("key")
def test_what_an_app_with_another_key_will_do_is_said(serve: Serve, dist: Path, mac_zip: MakeZip) -> None:
    own = PrivateKey.generate().public_key.base64
    (dist / "Acme-Notes-1.3.0.zip").write_bytes(mac_zip("1.3.0", public_key=own))

    signed, unsigned = serve("--key", "acme.key"), serve()

    assert own in signed.wait_for("not the one in force")
    assert "refuses updates without a signature" in unsigned.wait_for("this app holds a public key")


if sys.platform == "linux":

    def worker_with(file: Path, parent: int) -> Path | None:
        """Give the process that *parent* started and that has *file* mapped."""
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                is_child = int((process / "stat").read_text().rpartition(")")[2].split()[1]) == parent
                if is_child and str(file) in (process / "maps").read_text():
                    return process
        return None

    def wait_for_worker(file: Path, parent: int) -> Path:
        deadline = time.monotonic() + LIMIT
        while (worker := worker_with(file, parent)) is None:
            assert time.monotonic() < deadline, "nobody maps the file"
        return worker

    def large_installer(dist: Path) -> Path:
        path = dist / "Acme-Notes-9.0.exe"
        with path.open("wb") as file:
            file.truncate(1024 * 1024 * 1024)
        return path

    def cut(path: Path) -> None:
        with path.open("r+b") as file:  # as a build does: it closes the file, and so it is heard of
            file.truncate(1000)

    @pytest.mark.usefixtures("key", "notes")
    def test_an_installer_that_is_cut_while_it_is_signed_does_not_take_the_server_down(
        serve: Serve, dist: Path, accepts: Accepts, wait_until: WaitUntil
    ) -> None:
        large = large_installer(dist)
        serving = serve("--key", "acme.key")
        wait_for_worker(large, serving.process.pid)
        cut(large)
        url = serving.url()
        serving.wait_for("SIGBUS")
        wait_until(lambda: len(installer_signatures(curl(f"{url}/appcast.xml"))) == 2)

        feed = curl(f"{url}/appcast.xml")
        for link, signature in zip(links(feed), installer_signatures(feed), strict=True):
            assert accepts(curl(link), signature)
        assert serving.stop() == 0

    def had_a_worker(server: Serving) -> bool:
        """Say whether a child of the process has ended: whoever reads an installer to sign it is one."""
        fields = Path("/proc", str(server.process.pid), "stat").read_text().rpartition(")")[2].split()
        return int(fields[8]) > 0  # page faults of children that were waited for, cminflt of proc_pid_stat(5)

    @pytest.mark.usefixtures("key")
    def test_signatures_are_remembered_from_one_run_to_the_next(serve: Serve, notes: Path, mac_zip: MakeZip) -> None:
        notes.write_bytes(mac_zip("1.3.0", size=2 * LARGEST))
        assert notes.stat().st_size > LARGEST  # smaller ones need no worker
        first = serve("--key", "acme.key")
        signatures = installer_signatures(curl(f"{first.url()}/appcast.xml"))
        has_read = had_a_worker(first)
        first.stop()

        second = serve("--key", "acme.key")

        assert installer_signatures(curl(f"{second.url()}/appcast.xml")) == signatures != []
        assert (has_read, had_a_worker(second)) == (True, False)

    @pytest.mark.parametrize("log_format", ["text", "json"])
    @pytest.mark.parametrize("from_environment", [False, True], ids=["file", "environment"])
    def test_no_part_of_the_private_key_is_anywhere(
        serve: Serve,
        dist: Path,
        key: PrivateKey,
        tmp_path: Path,
        log_format: str,
        *,
        from_environment: bool,
    ) -> None:
        large = large_installer(dist)
        text = (tmp_path / "acme.key").read_text()
        environment = {"OTA_DEV_PRIVATE_KEY": text} if from_environment else {}
        arguments = [] if from_environment else ["--key", "acme.key"]
        serving = serve("--sign-feed", "--log-format", log_format, *arguments, OTA_DEV_DEBUG="1", **environment)
        worker = wait_for_worker(large, serving.process.pid)
        processes = [(worker / name).read_bytes() for name in ("cmdline", "environ", "comm")]
        processes += [Path("/proc", str(serving.process.pid), name).read_bytes() for name in ("cmdline", "comm")]
        cut(large)
        serving.wait_for("SIGBUS")
        url = re.findall(r"(http://127\.0\.0\.1:\d+)/appcast\.xml", "".join(serving.lines))[0]
        paths = ["", "appcast.xml", "appcast.xml.signature", "health", "acme.key", "downloads/..%2Facme.key"]
        responses = [curl(f"{url}/{path}", "--include", "--no-fail") for path in paths]
        assert serving.stop() == 0
        assert serving.process.stdout
        said = ["\n".join(serving.lines).encode(), serving.process.stdout.read()]

        assert b"sparkle-signatures" in responses[1]
        assert b"mapping_worker.py" in processes[0]
        assert key.public_key.base64.encode() in said[0]
        assert [leaks(seen, key.seed.reveal()) for seen in [*processes, *responses, *said]] == [[]] * 13
        if log_format == "json":
            assert json.loads(serving.lines[0])["public_key"] == key.public_key.base64


@pytest.mark.usefixtures("key", "notes")
@pytest.mark.parametrize("how", ["cut", "undeclared-prefix", "bad-entity", "wrong-encoding"])
def test_openssl_accepts_the_signatures_of_a_feed_that_no_parser_reads(
    serve: Serve, accepts: Accepts, how: str
) -> None:
    url = f"{serve('--key', 'acme.key', '--sign-feed').url()}/with/malformed-feed:how={how}/appcast.xml"

    feed, beside = curl(url), curl(f"{url}.signature")
    block = read_signature_block(feed)

    with pytest.raises(ElementTree.ParseError):
        ElementTree.fromstring(feed)  # noqa: S314  # our own feed
    assert accepts(feed, beside.decode())
    assert block is not None
    assert block.signature is not None
    assert accepts(block.content, block.signature)
    assert block.length == len(block.content)
