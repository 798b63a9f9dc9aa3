"""A shelf of real files to publish, and requests and applications out of a few words."""

import asyncio
import hashlib
import queue
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ota_dev.catalog.artifacts import Artifact, FileIdentity
from ota_dev.catalog.facts import Facts
from ota_dev.catalog.package_kinds import PackageKind
from ota_dev.catalog.releases import App, Catalog
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.catalog.versions import Version
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.feeds.interface import EVERYTHING, Alternate, FeedFile, FeedName, Links, Question
from ota_dev.journal import Exchange
from ota_dev.publishing import LivePublication, Publication, PublishedFile
from ota_dev.server.adapter import HttpServer
from ota_dev.server.application import Application
from ota_dev.server.feed_making import FeedMaking
from ota_dev.server.guard import Guard
from ota_dev.server.messages import FileBody, Headers, Request, Response

Put = Callable[..., PublishedFile]
Publish = Callable[..., Publication]
MakeRequest = Callable[..., Request]
Ask = Callable[..., Response]


class StandInFeed:
    """A feed of one line per installer; it counts how often it is rendered."""

    format = AppcastFeed.format

    def __init__(self, required_digests: frozenset[str] = frozenset()) -> None:
        self.required_digests = required_digests
        self.rendered = 0

    def read_name(self, name: str) -> FeedName | None:
        return AppcastFeed().read_name(name)

    def file_names(self, _: App) -> tuple[str, ...]:
        return ("appcast.xml",)

    def files(self, _: App, __: Sequence[str] = (), ___: Sequence[str] = ()) -> Iterator[FeedFile]:
        yield from ()

    def offered(self, app: App) -> tuple[Artifact, ...]:
        return app.artifacts

    def alternates(self, _: App) -> tuple[Alternate, ...]:
        return ()

    def problems(self, _: App) -> tuple[str, ...]:
        return ()

    def render(self, app: App, links: Links, _: Question = EVERYTHING) -> bytes | None:
        self.rendered += 1
        lines = [f"{artifact.short_version} {links.download(artifact.download_name)}" for artifact in app.artifacts]
        return "\n".join([f"<feed app={app.key!r}>", *lines, "</feed>"]).encode()


@pytest.fixture
def feed() -> StandInFeed:
    return StandInFeed()


@pytest.fixture
def shelf() -> dict[str, list[tuple[Artifact, PublishedFile]]]:
    """Hold what was put, by app; filled by `put`, published by `publish`."""
    return {}


@pytest.fixture
def put(tmp_path: Path, shelf: dict[str, list[tuple[Artifact, PublishedFile]]]) -> Put:
    """Put a file on the shelf: `put("Acme.dmg", b"...", version="1.3.0", platform=..., app="notes", policy=...)`."""

    def put_file(
        name: str,
        content: bytes = b"installer",
        *,
        version: str = "1.0",
        platform: Platform = Platform.MACOS,
        architecture: Architecture = Architecture.UNIVERSAL,
        app: str = "notes",
        **said: Any,
    ) -> PublishedFile:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        identity = FileIdentity.of(path.stat())
        kind, _ = PackageKind.of_file(name) or (PackageKind.ZIP, name)
        artifact = Artifact(
            download_name=name,
            size=len(content),
            modified=identity.modified,
            kind=kind,
            platform=platform,
            architecture=architecture,
            build=Version(version),
            short_version=Version(version),
            facts=Facts(),
            **said,
        )
        published = PublishedFile(path=path, identity=identity, media_type=kind.media_type)
        shelf.setdefault(app, []).append((artifact, published))
        return published

    return put_file


@pytest.fixture
def publish(shelf: dict[str, list[tuple[Artifact, PublishedFile]]]) -> Publish:
    """Publish what is on the shelf: `publish(revision=2)`."""

    def publish_shelf(revision: int = 1) -> Publication:
        apps = [App.of(key, key.title(), [artifact for artifact, _ in entries]) for key, entries in shelf.items()]
        files = {artifact.download_name: file for entries in shelf.values() for artifact, file in entries}
        return Publication(revision=revision, catalog=Catalog(apps=tuple(apps)), files=files)

    return publish_shelf


@pytest.fixture
def request_for() -> MakeRequest:
    """Make a request: `request_for("/appcast.xml", "HEAD", Range="bytes=0-1", If_None_Match='"a"')`."""

    def make(target: str, method: str = "GET", **headers: str) -> Request:
        fields = {"Host": "127.0.0.1:8080", **{name.replace("_", "-"): value for name, value in headers.items()}}
        return Request.of(method, target, Headers(fields.items()), local="127.0.0.1", local_port=8080)

    return make


@pytest.fixture
def live() -> LivePublication:
    return LivePublication()


def digests_of(file: PublishedFile, algorithms: frozenset[str]) -> Future[Mapping[str, str]]:
    digests: Future[Mapping[str, str]] = Future()
    content = file.path.read_bytes()
    digests.set_result({algorithm: hashlib.new(algorithm, content).hexdigest() for algorithm in algorithms})
    return digests


@pytest.fixture
def application(live: LivePublication, feed: StandInFeed) -> Callable[..., Application]:
    """Make an application over `live`: `application(base_url="https://updates.acme.example")`."""

    def make(**options: Any) -> Application:
        said = {each.name: options.pop(each.name) for each in fields(FeedMaking) if each.name in options}
        making = FeedMaking(**{"feeds": {"appcast": feed}, "digests_of": digests_of, **said})
        return Application(live, making, **{"guard": Guard.of(), "first_wait": timedelta(milliseconds=50), **options})

    return make


@pytest.fixture
def ask(
    live: LivePublication, application: Callable[..., Application], publish: Publish, request_for: MakeRequest
) -> Ask:
    """Publish the shelf and ask an application, once: `ask("/appcast.xml", "HEAD", Range="bytes=0-1")`."""

    def ask_once(target: str, method: str = "GET", **headers: str) -> Response:
        live.offer(publish())
        return asyncio.run(application().answer(request_for(target, method, **headers)))

    return ask_once


@pytest.fixture
def content_of() -> Callable[[Response], bytes]:
    """Give the bytes of a response as they would be sent, and close it."""

    def read(response: Response) -> bytes:
        if isinstance(response.body, bytes):
            return response.body
        assert isinstance(response.body, FileBody)
        parts = []
        for piece in response.body.pieces:
            if isinstance(piece, bytes):
                parts.append(piece)
            else:
                response.body.file.seek(piece.first)
                parts.append(response.body.file.read(piece.length))
        response.close()
        return b"".join(parts)

    return read


MakePair = Callable[[Path, str], tuple[Path, Path]]


@pytest.fixture(scope="session")
def make_pair() -> MakePair:
    """Let openssl make a certificate for 127.0.0.1 and its key: `make_pair(tmp_path, "server")`."""

    def make(folder: Path, name: str) -> tuple[Path, Path]:
        certificate, key = folder / f"{name}.pem", folder / f"{name}.key"
        subprocess.run(
            [
                *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
                *("-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"),
                *("-keyout", key, "-out", certificate),
            ],
            check=True,
            capture_output=True,
        )
        return certificate, key

    return make


@pytest.fixture(scope="session")
def pair(make_pair: MakePair, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give a certificate and its key."""
    return make_pair(tmp_path_factory.mktemp("tls"), "server")


Serve = Callable[..., int]


@pytest.fixture
def exchanges() -> queue.Queue[Exchange]:
    """Hold what the server recorded, in order; waiting for the next is `exchanges.get(timeout=10)`."""
    return queue.Queue()


@pytest.fixture
def serve(
    live: LivePublication,
    application: Callable[..., Application],
    publish: Publish,
    exchanges: queue.Queue[Exchange],
) -> Iterator[Serve]:
    """Serve the shelf on a free loopback port until the test ends: `port = serve(limits=Limits(connections=1))`."""
    stops: list[Callable[[], None]] = []

    def start(**options: Any) -> int:
        live.offer(publish())
        answer = options.pop("answer", None) or application().answer
        server = HttpServer(answer, "127.0.0.1", 0, record=exchanges.put, **options)
        started: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()

        async def run() -> None:
            stopping = asyncio.Event()
            async with server:
                started.set_result((asyncio.get_running_loop(), stopping))
                await stopping.wait()
            assert asyncio.all_tasks() == {asyncio.current_task()}

        runner = ThreadPoolExecutor(1, thread_name_prefix="server-under-test")
        running = runner.submit(asyncio.run, run())
        loop, stopping = started.result(timeout=10)

        def stop() -> None:
            loop.call_soon_threadsafe(stopping.set)
            running.result(timeout=20)
            runner.shutdown()

        stops.append(stop)
        return server.port

    yield start
    for stop in stops:
        stop()
    assert not [thread.name for thread in threading.enumerate() if thread.name.startswith("ota-dev")]
