"""What is found in a download, for each way in which an update goes wrong after it was offered."""

import gzip
import hashlib
from base64 import b64encode
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from ota_dev.catalog.targets import Platform
from ota_dev.signing import PublicKey, sign_bytes
from ota_dev.signing.keys import PrivateKey
from ota_dev.signing.secret import Secret
from ota_dev.simulated_client.clients import APPCAST_CLIENTS, ClientName, client_named
from ota_dev.simulated_client.decisions import DeltaOffer, Offer
from ota_dev.simulated_client.downloading import Downloaded, download
from ota_dev.simulated_client.profile import Profile, SecurityMode, System
from tests.conftest import build_mac_zip
from tests.simulated_client.answering import Server
from tests.simulated_client.asking import NOW

KEY = PrivateKey.from_seed(Secret(bytes(32)))
PLAIN = build_mac_zip("1.3.0")
WITH_KEY = build_mac_zip("1.3.0", public_key=KEY.public_key.base64)
SPARKLE, WINSPARKLE, NETSPARKLE, GENERIC = APPCAST_CLIENTS

Download = Callable[..., Downloaded]


@pytest.fixture
def pauses() -> list[float]:
    """Hold how long the client waited before each try at a download."""
    return []


@pytest.fixture
def offered(server: Server, pauses: list[float]) -> Download:
    """Serve a file, offer it and download it as a client does."""

    def run(
        content: bytes = PLAIN,
        *,
        client: ClientName = SPARKLE,
        key: PublicKey | None = None,
        page: dict[str, Any] | None = None,
        security_mode: SecurityMode = SecurityMode.IF_POSSIBLE,
        platform: Platform = Platform.MACOS,
        **claims: Any,
    ) -> Downloaded:
        url = server.put("/Acme-Notes.zip", content, **(page or {}))
        offer = Offer(
            **{
                "version": "1.3.0",
                "short_version": "1.3.0",
                "url": url,
                "length": len(content),
                "signature": sign_bytes(content, KEY),
                **claims,
            }
        )
        profile = Profile(installed="1.2.0", system=System(platform=platform), now=NOW, security_mode=security_mode)
        return download(offer, client_named(client), profile, key, lambda _: None, sleep=pauses.append)

    return run


def outcomes(downloaded: Downloaded) -> dict[str, str]:
    return {finding.part: finding.outcome.value for finding in downloaded.findings}


def reason(downloaded: Downloaded, part: str) -> str:
    return " ".join(finding.reason for finding in downloaded.findings if finding.part == part)


def test_all_is_good_when_the_file_is_what_the_feed_says(offered: Download) -> None:
    downloaded = offered(key=KEY.public_key)

    assert downloaded.is_good
    assert outcomes(downloaded) == dict.fromkeys(("download", "length", "signature", "installer", "version"), "good")
    assert reason(downloaded, "installer") == "Acme Notes 1.3.0"


def test_without_a_key_the_one_inside_the_installer_verifies(offered: Download) -> None:
    assert reason(offered(WITH_KEY), "signature") == "fits the file, with the key inside the installer"
    assert outcomes(offered(PLAIN))["signature"] == "skipped"


WRONG_KEY = PublicKey(bytes(31) + bytes([1]))
WEB_PAGE = b"<!-- moved -->\n<!DOCTYPE html><html><body>Please sign in</body></html>"
WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "a file that is gone": ({"page": {"status": 404}}, "download", "answers 404 Not Found: upload the file"),
    "another key": ({"key": WRONG_KEY}, "signature", "sign the file that is served with the key whose public half"),
    "no signature": ({"signature": "", "key": KEY.public_key}, "signature", "the feed has none, and the app has a key"),
    "no signature, and a key inside": ({"content": WITH_KEY, "signature": ""}, "signature", "the feed has none"),
    "a digest for a signature": (
        {"signature": hashlib.sha256(PLAIN).hexdigest(), "key": KEY.public_key},
        "signature",
        "is a digest in hex, not a signature",
    ),
    "half a signature": (
        {"signature": b64encode(bytes(32)).decode(), "key": KEY.public_key},
        "signature",
        "has 32 bytes, but an Ed25519 signature has 64: write into the feed what `ota-dev sign FILE` prints",
    ),
    "a signature of another file": (
        {"content": build_mac_zip("1.3.0", size=9), "signature": sign_bytes(PLAIN, KEY), "key": KEY.public_key},
        "signature",
        "the bytes are not those that were signed",
    ),
    "a web page in its place": ({"content": WEB_PAGE}, "installer", "it is a web page and no installer"),
    "an installer that is cut": ({"content": PLAIN[:-30]}, "installer", "build or upload it again"),
    "an empty file": ({"content": b""}, "installer", "it is empty"),
    "an older version inside": (
        {"version": "1.4.0"},
        "version",
        "the feed says 1.4.0, and the Info.plist inside says 1.3.0: write 1.3.0 into sparkle:version, or the app would "
        "offer the same update again and again",
    ),
    "a newer version inside": ({"version": "1.2.5"}, "version", "apps between the two are not offered the update"),
}


@pytest.mark.parametrize(("changes", "part", "words"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_in_the_words_of_the_fix(
    changes: dict[str, Any], part: str, words: str, offered: Download
) -> None:
    downloaded = offered(**changes)

    assert not downloaded.is_good
    assert outcomes(downloaded)[part] == "wrong"
    assert words in reason(downloaded, part)


@pytest.mark.parametrize(
    ("client", "outcome"),
    [(SPARKLE, "warning"), (WINSPARKLE, "warning"), (NETSPARKLE, "warning"), (GENERIC, "wrong")],
)
def test_only_a_hand_written_client_refuses_another_length(client: ClientName, outcome: str, offered: Download) -> None:
    downloaded = offered(client=client, length=7)

    assert outcomes(downloaded)["length"] == outcome
    assert f'write length="{len(PLAIN)}"' in reason(downloaded, "length")


def test_a_length_that_is_not_there_is_not_compared(offered: Download) -> None:
    assert outcomes(offered(length=None))["length"] == "skipped"


@pytest.mark.parametrize(
    ("digest", "outcome"),
    [
        (hashlib.sha256(PLAIN).hexdigest(), "good"),
        (hashlib.sha256(b"").hexdigest(), "wrong"),
        (hashlib.sha256(PLAIN).hexdigest().upper(), "wrong"),
    ],
    ids=["of the file", "of another file", "in capital letters"],
)
def test_a_hand_written_client_takes_a_sha_256_for_a_signature(digest: str, outcome: str, offered: Download) -> None:
    downloaded = offered(client=GENERIC, signature=digest, key=KEY.public_key)

    assert outcomes(downloaded)["signature"] == outcome


def test_an_unsafe_netsparkle_verifies_nothing(offered: Download) -> None:
    downloaded = offered(client=NETSPARKLE, key=WRONG_KEY, security_mode=SecurityMode.UNSAFE)

    assert outcomes(downloaded)["signature"] == "skipped"


ASKED = {
    SPARKLE: [("GET", "ota-dev-check/1.2.0 Sparkle/2.9.6")],
    WINSPARKLE: [("GET", "ota-dev-check/1.2.0 WinSparkle/0.9.3 (Win64)")],
    NETSPARKLE: [("HEAD", None), ("GET", None)],
    GENERIC: [("GET", "python-requests/2.32.5")],
}


@pytest.mark.parametrize("client", APPCAST_CLIENTS)
def test_a_file_is_asked_for_as_the_client_does(client: ClientName, offered: Download, server: Server) -> None:
    assert offered(client=client).is_good

    assert [(method, headers.get("User-Agent")) for method, _, headers in server.requests] == ASKED[client]
    assert not any("Range" in headers for _, _, headers in server.requests)


def send_in_chunks(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    if handler.command == "GET":
        handler.wfile.write(b"%x\r\n%b\r\n0\r\n\r\n" % (len(PLAIN), PLAIN))


@pytest.mark.parametrize("client", APPCAST_CLIENTS)
def test_only_netsparkle_needs_a_content_length(client: ClientName, offered: Download, server: Server) -> None:
    downloaded = offered(client=client, url=server.act("/chunks.zip", send_in_chunks))

    assert outcomes(downloaded)["download"] == ("wrong" if client is NETSPARKLE else "good")


def test_a_content_encoding_is_undone_before_the_file_is_verified(offered: Download) -> None:
    downloaded = offered(gzip.compress(PLAIN), page={"Content_Encoding": "gzip"}, length=len(PLAIN))

    assert "which clients undo before they verify the file: serve archives without" in reason(downloaded, "download")
    assert outcomes(downloaded)["version"] == "good"


def test_a_delta_is_verified_and_costs_nothing_when_it_is_wrong(offered: Download, server: Server) -> None:
    patch = b"spk!patch"
    url = server.put("/a.delta", patch)
    delta = DeltaOffer(url=url, length=len(patch), signature=sign_bytes(b"another", KEY))

    downloaded = offered(key=KEY.public_key, delta=delta)

    assert downloaded.is_good
    assert {part: outcome for part, outcome in outcomes(downloaded).items() if part.startswith("delta")} == {
        "delta download": "good",
        "delta length": "good",
        "delta signature": "warning",
    }


def test_a_page_is_not_downloaded(offered: Download, server: Server) -> None:
    assert outcomes(offered(is_informational=True)) == {"download": "skipped"}
    assert server.requests == []


@pytest.mark.parametrize("url", ["Acme.zip", "http://[/", "http://127.0.0.1:1/Acme.zip"])
def test_what_cannot_be_fetched_is_wrong(url: str, offered: Download) -> None:
    assert outcomes(offered(url=url)) == {"download": "wrong"}


def test_a_file_for_another_system_is_wrong(offered: Download) -> None:
    downloaded = offered(client=WINSPARKLE, platform=Platform.WINDOWS)

    assert outcomes(downloaded)["system"] == "wrong"
    assert reason(downloaded, "system") == "the file is for macos, and was offered on windows: correct sparkle:os"


def test_a_hand_written_client_tries_three_times_and_then_elsewhere(
    offered: Download, server: Server, pauses: list[float]
) -> None:
    alternate = server.put("/elsewhere.zip", PLAIN)

    downloaded = offered(client=GENERIC, signature="", page={"status": 503}, alternate_url=alternate)

    assert downloaded.is_good
    assert pauses == [0, 1, 2, 0]
    assert [target for _, target, _ in server.requests] == ["/Acme-Notes.zip"] * 3 + ["/elsewhere.zip"]
    tries = [finding.outcome.value for finding in downloaded.findings if finding.part == "download"]
    assert tries == ["warning", "warning", "warning", "good"]


def test_a_hand_written_client_gives_up_after_three_tries_at_each_address(
    offered: Download, server: Server, pauses: list[float]
) -> None:
    downloaded = offered(client=GENERIC, page={"status": 503}, alternate_url=f"{server.url}/gone.zip")

    assert pauses == [0, 1, 2, 0, 1, 2]
    assert [finding.outcome.value for finding in downloaded.findings] == ["warning"] * 5 + ["wrong"]


@pytest.mark.parametrize("client", [SPARKLE, WINSPARKLE, NETSPARKLE])
def test_no_other_client_tries_again(client: ClientName, offered: Download, pauses: list[float]) -> None:
    assert not offered(client=client, page={"status": 503}).is_good

    assert pauses == [0]


def test_a_download_that_is_cut_short_is_tried_again(offered: Download, server: Server) -> None:
    times = iter(range(9))

    def cut_once(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(PLAIN)))
        handler.end_headers()
        handler.wfile.write(PLAIN if next(times) else PLAIN[:100])
        handler.close_connection = True

    downloaded = offered(client=GENERIC, url=server.act("/cut.zip", cut_once))

    assert downloaded.is_good
    assert "is cut short" in reason(downloaded, "download")


@pytest.mark.parametrize(
    ("is_short", "outcome"), [(True, "good"), (False, "wrong")], ids=["the short version", "the build"]
)
def test_the_version_of_a_json_api_is_compared_with_the_one_that_people_see(
    is_short: bool, outcome: str, offered: Download
) -> None:
    content = build_mac_zip("1.3.0", build="130")

    downloaded = offered(content, client=GENERIC, version_is_short=is_short)

    assert outcomes(downloaded)["version"] == outcome


@pytest.mark.parametrize(("status", "outcome"), [(200, "good"), (404, "warning")])
def test_notes_that_are_missing_keep_nothing_from_being_installed(
    status: int, outcome: str, offered: Download, server: Server
) -> None:
    downloaded = offered(release_notes=server.put("/notes.html", b"<p>Faster</p>", status=status))

    assert downloaded.is_good
    assert outcomes(downloaded)["notes"] == outcome
