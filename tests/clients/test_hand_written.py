"""The stand-in is the client it stands for: what was seen of that one, line by line."""

import gzip
import json
import tarfile
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
import requests
from requests.utils import get_encoding_from_headers

from ota_dev.signing import KeyFormat, PrivateKey, format_public_key, sign_bytes
from tests.clients.hand_written.client import HandWrittenClient
from tests.clients.hand_written.updates import ClientError, numbers_of
from tests.clients.hand_written.verification import check_format, check_signature

SERVER = "http://127.0.0.1:8080"
XML = "application/xml; charset=utf-8"
NOT_THERE = "<?xml version='1.0'?><Error><Code>NoSuchKey</Code></Error>"


def answer(body: str | bytes, content_type: str = XML, status: int = 200) -> requests.Response:
    response = requests.Response()
    response.status_code = status
    response._content = body.encode() if isinstance(body, str) else body
    response.headers["Content-Type"] = content_type
    response.encoding = get_encoding_from_headers(response.headers)
    return response


def item(version: str = "1.3.0", attributes: str = "", rest: str = "") -> str:
    marked = f'sparkle:version="{version}"' if version else ""
    return f'<item>{rest}<enclosure url="{SERVER}/{version or "x"}.zip" length="3" {marked} {attributes}/></item>'


def feed(*items: str) -> str:
    namespace = "http://www.andymatuschak.org/xml-namespaces/sparkle"
    return f'<rss xmlns:sparkle="{namespace}"><channel>{"".join(items)}</channel></rss>'


class Network:
    """Answers by address, and everything that was asked; an address without an answer refuses the connection."""

    def __init__(self, answers: dict[str, requests.Response]) -> None:
        self.answers = answers
        self.asked: list[str] = []
        self.pauses: list[float] = []

    def get(self, url: str, timeout: float) -> requests.Response:
        self.asked.append(url.removeprefix(SERVER))
        if url.removeprefix(SERVER) not in self.answers:
            raise requests.ConnectionError(f"nobody answers within {timeout} s")
        return self.answers[url.removeprefix(SERVER)]


MakeClient = Callable[..., HandWrittenClient]


@pytest.fixture
def client(tmp_path: Path) -> MakeClient:
    """Make a client of a network: `client(network, language="zh-CN")`."""

    def make(network: Network, **options: str) -> HandWrittenClient:
        told = {"version": "1.2.0", "system": "darwin", "machine": "arm64", "environment": "dev", **options}
        return HandWrittenClient(
            server=SERVER,
            folder=tmp_path,
            get=network.get,
            pause=network.pauses.append,
            **told,  # type: ignore[arg-type]  # by name
        )

    return make


ENGLISH = "/dev/channels/dev/appcast-macos-aarch64.xml"
CHINESE = "/dev/channels/dev/appcast-macos-aarch64.zh-CN.xml"


@pytest.mark.parametrize(
    ("version", "numbers"),
    [
        ("1.1.0", (1, 1, 0)),
        ("v1.1.0", (0, 0, 0)),
        ("1.1.0-beta.1", (1, 1, 0)),
        ("1.1.0+5", (1, 1, 0)),
        ("1.2.3.4", (1, 2, 3)),
        ("1.2", (1, 2, 0)),
        ("1.b.3", (1, 0, 0)),
    ],
)
def test_versions_are_three_numbers(version: str, numbers: tuple[int, int, int]) -> None:
    assert numbers_of(version) == numbers


@pytest.mark.parametrize(
    ("content", "version"),
    [
        (feed(item("1.3.0")), "1.3.0"),
        (feed(item("1.3.0"), item("1.4.0")), "1.4.0"),
        (feed(item("1.2.0")), None),
        (feed(item("", rest="<sparkle:version>1.3.0</sparkle:version>")), None),
        (feed(item(attributes='sparkle:os="macos"')), "1.3.0"),
        (feed(item(attributes='sparkle:os="windows"')), None),
        (feed(item(attributes='sparkle:os="macos-arm64"')), None),
        (feed(item(attributes='sparkle:arch="arm64e"')), "1.3.0"),
        (feed(item(attributes='sparkle:arch="x86_64"')), None),
        (feed(item(rest="<sparkle:minimumSystemVersion>99</sparkle:minimumSystemVersion>")), "1.3.0"),
        (feed(item(rest="<sparkle:channel>beta</sparkle:channel>")), "1.3.0"),
        (feed(), None),
        (NOT_THERE, None),
        ("\ufeff" + feed(item()), "1.3.0"),
    ],
    ids=[
        *("a newer one", "the newest", "the same", "a version in an element", "this system", "another system"),
        *("an exact mark", "another spelling", "another processor", "a minimum system", "a channel", "no items"),
        *("another document", "a byte order mark"),
    ],
)
def test_a_feed_is_read_by_the_attributes_of_enclosures(client: MakeClient, content: str, version: str | None) -> None:
    update = client(Network({ENGLISH: answer(content)})).check()

    assert (update.version if update else None) == version


def test_of_equal_versions_the_first_is_taken(client: MakeClient) -> None:
    update = client(Network({ENGLISH: answer(feed(item("1.3"), item("1.3.0")))})).check()

    assert update
    assert update.url == f"{SERVER}/1.3.zip"


@pytest.mark.parametrize(
    ("content_type", "is_readable"),
    [("text/xml", False), ("text/xml; charset=utf-8", True), (XML, True)],
)
def test_text_without_a_charset_is_read_as_latin_1(client: MakeClient, content_type: str, is_readable: bool) -> None:
    content = feed(item(rest="<description>更快</description>"))

    update = client(Network({ENGLISH: answer(content, content_type)})).check()

    assert update
    assert (update.description == "更快") is is_readable


@pytest.mark.parametrize(
    ("error", "version"), [(NOT_THERE, None), (feed(item("1.3.0")), "1.3.0")], ids=["an error of S3", "a feed"]
)
def test_the_body_of_an_error_is_read_as_the_feed_after_two_tries(
    client: MakeClient, error: str, version: str | None
) -> None:
    network = Network({CHINESE: answer(error, status=404), ENGLISH: answer(feed(item("9.9")))})

    update = client(network, language="zh-CN").check()

    assert (update.version if update else None) == version
    assert (network.asked, network.pauses) == ([CHINESE, CHINESE], [1.0])


@pytest.mark.parametrize("body", ["Not found", "<html><p>Not found<br></html>"])
def test_an_error_that_is_no_xml_is_one(client: MakeClient, body: str) -> None:
    with pytest.raises(ClientError, match="no XML"):
        client(Network({ENGLISH: answer(body, status=404)})).check()


def test_only_a_failed_connection_leads_to_the_english_feed(client: MakeClient) -> None:
    network = Network({ENGLISH: answer(feed(item("1.3.0")))})

    update = client(network, language="zh-CN").check()

    assert update
    assert network.asked == [CHINESE, CHINESE, ENGLISH]


@pytest.mark.parametrize(
    ("options", "asked"),
    [
        ({}, "/dev/channels/dev/appcast-macos-aarch64.xml"),
        ({"language": "fr"}, "/dev/channels/dev/appcast-macos-aarch64.xml"),
        (
            {"environment": "staging", "system": "windows", "machine": "AMD64", "language": "zh-CN"},
            "/staging/channels/stable/appcast-windows-amd64.zh-CN.xml",
        ),
        ({"environment": "test", "machine": "x86_64"}, "/test/channels/beta/appcast-macos-amd64.xml"),
        (
            {"environment": "production", "system": "linux", "machine": "aarch64"},
            "/api/check?app=ecan&version=1.2.0&platform=linux&arch=aarch64",
        ),
        (
            {"environment": "development", "system": "windows", "machine": "AMD64"},
            "/api/check?app=ecan&version=1.2.0&platform=windows&arch=AMD64",
        ),
    ],
)
def test_what_it_asks_for(client: MakeClient, options: dict[str, str], asked: str) -> None:
    network = Network({asked: answer(feed())})

    client(network, **options).check()

    assert network.asked == [asked]


CHECK = "/api/check?app=ecan&version=1.2.0&platform=darwin&arch=arm64"
OFFER = {"update_available": True, "latest_version": "1.0.0", "download_url": f"{SERVER}/a.zip", "file_size": 0}


@pytest.mark.parametrize(
    ("response", "version"),
    [
        (answer(json.dumps(OFFER)), "1.0.0"),
        (answer(json.dumps({**OFFER, "update_available": False})), None),
        (answer(json.dumps(OFFER), status=404), None),
        (answer(json.dumps([OFFER])), None),
        (answer("no JSON"), None),
    ],
    ids=["true, whatever the version", "false", "an error", "no object", "no JSON"],
)
def test_json_is_believed_and_everything_else_is_no_update(
    client: MakeClient, response: requests.Response, version: str | None
) -> None:
    update = client(Network({CHECK: response}), environment="development").check()

    assert (update.version if update else None) == version


def test_a_server_that_refuses_is_no_update(client: MakeClient) -> None:
    assert client(Network({}), environment="development").check() is None


def test_a_size_that_is_null_breaks_it(client: MakeClient) -> None:
    with pytest.raises(TypeError):
        client(Network({CHECK: answer(json.dumps({**OFFER, "file_size": None}))}), environment="development").check()


def test_each_address_of_a_download_is_tried_three_times(client: MakeClient) -> None:
    elsewhere = f'sparkle:alternateUrl="{SERVER}/b.zip"'
    network = Network({ENGLISH: answer(feed(item("1.3.0", elsewhere))), "/1.3.0.zip": answer("too long")})

    with pytest.raises(ClientError, match="cannot be downloaded"):
        client(network).update()

    assert network.asked == [ENGLISH, *["/1.3.0.zip"] * 3, *["/b.zip"] * 3]
    assert network.pauses == [0, 1, 2, 0, 1, 2]


KEY, OTHER_KEY = PrivateKey.generate(), PrivateKey.generate()
PEM = format_public_key(KEY.public_key, KeyFormat.PEM)
DIGEST = sha256(b"build").hexdigest()


@pytest.mark.parametrize(
    ("signature", "key", "is_required", "is_accepted"),
    [
        (None, None, False, True),
        (None, PEM, True, False),
        (DIGEST, None, True, True),
        (DIGEST.upper(), None, False, False),
        (sha256(b"other").hexdigest(), None, False, False),
        (sign_bytes(b"build", KEY), PEM, True, True),
        (sign_bytes(b"build", KEY), None, False, False),
        (sign_bytes(b"build", OTHER_KEY), PEM, False, False),
        ("c2lnbmVk", PEM, False, False),
    ],
    ids=[
        *("none", "none, where one is needed", "a digest, without a key", "a digest in capitals", "another digest"),
        *("a signature", "a signature without a key", "a signature of another key", "no signature"),
    ],
)
def test_a_signature_is_checked_wherever_there_is_one(
    tmp_path: Path, signature: str | None, key: str | None, *, is_required: bool, is_accepted: bool
) -> None:
    path = tmp_path / "a.dmg"
    path.write_bytes(b"build")

    try:
        check_signature(path, signature, key, is_required=is_required)
    except ClientError:
        accepted = False
    else:
        accepted = True

    assert accepted is is_accepted


def archive(path: Path, member: str) -> Path:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w") as written:
            written.writestr(member, b"")
    else:
        with tarfile.open(path, "w:gz") as packed:
            packed.addfile(tarfile.TarInfo(member))
    return path


@pytest.mark.parametrize(("name", "member"), [("a.zip", "app/run"), ("a.tar.gz", "app/run")], ids=["zip", "tarball"])
def test_an_archive_that_opens_is_accepted(tmp_path: Path, name: str, member: str) -> None:
    check_format(archive(tmp_path / name, member))


@pytest.mark.parametrize("suffix", ["dmg", "exe", "msi", "pkg"])
def test_other_kinds_are_accepted_by_their_suffix_alone(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(b"anything")

    check_format(path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        *[(f"a.{suffix}", b"") for suffix in ("AppImage", "deb", "DMG", "tgz", "tar.xz")],
        *[(f"a.{suffix}", b"no archive") for suffix in ("zip", "tar.gz", "tar", "tar.bz2")],
        ("a.tar.gz", gzip.compress(b"no tar")),
    ],
)
def test_other_suffixes_and_archives_that_do_not_open_are_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(ClientError):
        check_format(tmp_path / name)


@pytest.mark.parametrize("member", ["../evil", "/etc/evil", "a/../../evil"])
@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz"])
def test_an_archive_that_reaches_beyond_its_folder_is_refused(tmp_path: Path, name: str, member: str) -> None:
    with pytest.raises(ClientError, match="beyond"):
        check_format(archive(tmp_path / name, member))
