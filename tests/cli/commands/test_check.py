"""`ota-dev check`: what it shows, and how it ends."""

import io
import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from types import SimpleNamespace

import pytest

from ota_dev.cli.app import run
from ota_dev.signing import PublicKey, sign_feed
from ota_dev.signing.keys import PrivateKey
from ota_dev.signing.secret import Secret
from tests.simulated_client.answering import Server
from tests.simulated_client.asking import feed_of, item_of

KEY = PrivateKey.from_seed(Secret(bytes(32)))
MAC = 'sparkle:os="macos"'
FEED = feed_of(
    item_of("130", "<sparkle:shortVersionString>1.3.0</sparkle:shortVersionString>", attributes=MAC),
    item_of("140", "<sparkle:channel>beta</sparkle:channel>", attributes=MAC),
    item_of("1.3.0", attributes='sparkle:os="windows"'),
)
Check = Callable[..., tuple[int, str, str]]


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


@pytest.fixture
def check(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Check:
    """Check a feed in a file; give the exit code and what was said."""
    path = tmp_path / "appcast.xml"
    monkeypatch.setattr("platform.machine", lambda: "arm64")
    monkeypatch.setattr("platform.system", lambda: "Darwin")

    def end(*options: str, feed: bytes = FEED, source: str = str(path)) -> tuple[int, str, str]:
        path.write_bytes(feed)
        with pytest.raises(SystemExit) as ended:
            run(["check", source, *options])
        said = capsysbinary.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, said.out.decode(), said.err.decode()

    return end


def test_the_answer_comes_with_the_rule_and_the_reason_of_every_item(check: Check) -> None:
    assert check("--installed", "120") == (
        0,
        "Sparkle 2.9 on macos (arm64), 120 installed, check by hand\n"
        "offers 1.3.0 (build 130): https://acme.example/Acme.dmg\n"
        "\n"
        "line  version  verdict  rule     reason\n"
        "2     130      offered           passes every rule\n"
        "3     140      refused  channel  is on the channel beta, which the app does not ask for\n"
        "4     1.3.0    refused  os-mark  is marked for windows; only macos to the letter is for Macs\n",
        "",
    )


def test_nothing_to_offer_is_exit_code_1(check: Check) -> None:
    code, stdout, _ = check("--installed", "130")

    assert (code, stdout.splitlines()[1]) == (1, "offers nothing")


def test_json_has_one_shape(check: Check) -> None:
    code, stdout, _ = check("--installed", "120", "--format", "json")

    assert code == 0
    assert json.loads(stdout) == {
        "client": "sparkle",
        "installed": "120",
        "offered": {
            "version": "130",
            "short_version": "1.3.0",
            "url": "https://acme.example/Acme.dmg",
            "alternate_url": None,
            "length": None,
            "signature": None,
            "delta": None,
            "critical": False,
            "informational": False,
            "major_upgrade": False,
            "release_notes": None,
        },
        "problem": None,
        "warnings": [],
        "items": [
            {
                "version": "130",
                "short_version": "1.3.0",
                "line": 2,
                "verdict": "offered",
                "rule": None,
                "reason": "passes every rule",
            },
            {
                "version": "140",
                "short_version": "140",
                "line": 3,
                "verdict": "refused",
                "rule": "channel",
                "reason": "is on the channel beta, which the app does not ask for",
            },
            {
                "version": "1.3.0",
                "short_version": "1.3.0",
                "line": 4,
                "verdict": "refused",
                "rule": "os-mark",
                "reason": "is marked for windows; only macos to the letter is for Macs",
            },
        ],
    }


PHASED = feed_of(
    item_of(
        "130",
        "<pubDate>Sat, 07 Mar 2026 12:00:00 +0000</pubDate>",
        "<sparkle:phasedRolloutInterval>86400</sparkle:phasedRolloutInterval>",
        "<sparkle:minimumSystemVersion>14.2</sparkle:minimumSystemVersion>",
        "<sparkle:hardwareRequirements>arm64</sparkle:hardwareRequirements>",
    )
)
MAJOR = feed_of(item_of("2.1", "<sparkle:minimumAutoupdateVersion>2.0</sparkle:minimumAutoupdateVersion>"))
SIGNED = sign_feed(FEED, KEY)
CASES: dict[str, tuple[bytes, str, str]] = {
    "a channel": (FEED, "--channel beta", "offers 140"),
    "a client": (FEED, "--client netsparkle", "offers nothing"),
    "a system": (PHASED, "--os macos-14.1", "minimum-system-version"),
    "an architecture": (PHASED, "--arch x86_64", "hardware-requirements"),
    "a group before its turn": (PHASED, "--background --group 4 --at 2026-03-11T11:59:59Z", "phased-rollout"),
    "a group at its turn": (PHASED, "--background --group 4 --at 2026-03-11T12:00:00Z", "offers 130"),
    "a check by hand": (PHASED, "--group 4 --at 2026-03-08", "offers 130"),
    "a skipped version": (FEED, "--background --skipped 130", "skipped-version"),
    "a skipped major upgrade": (MAJOR, "--installed 1 --background --skipped-major 2.0:2.1", "skipped-major-version"),
    "a key": (FEED, f"--public-key {KEY.public_key}", "has no sparkle:edSignature"),
    "a signed feed": (SIGNED, f"--require-signed-feed --public-key {KEY.public_key}", "offers 1.3.0"),
    "a feed signed with another key": (SIGNED, f"--public-key {PublicKey(bytes(31) + bytes([1]))}", "feed-signature"),
    "a feed that has to be signed": (FEED, "--require-signed-feed", "feed-signature"),
    "a security mode": (FEED, "--client netsparkle --security-mode strict", "feed-signature"),
}


@pytest.mark.parametrize(("feed", "options", "part"), CASES.values(), ids=CASES)
def test_an_option_stands_for(feed: bytes, options: str, part: str, check: Check) -> None:
    code, stdout, _ = check("--installed", "120", *options.split(), feed=feed)

    assert part in stdout
    assert code == (0 if "\noffers nothing" not in stdout else 1)


def test_the_language_chooses_the_notes(check: Check) -> None:
    links = "".join(
        f'<sparkle:releaseNotesLink xml:lang="{lang}">https://acme.example/{lang}</sparkle:releaseNotesLink>'
        for lang in ("en", "de")
    )

    _, stdout, _ = check("--installed", "1", "--language", "de", "--format", "json", feed=feed_of(item_of("2", links)))

    assert json.loads(stdout)["offered"]["release_notes"] == "https://acme.example/de"


def test_the_answers_of_all_clients_stand_side_by_side(check: Check) -> None:
    code, stdout, _ = check("--installed", "1.2.0", "--all-clients")

    lines = stdout.splitlines()
    assert code == 0
    assert lines[0].split() == ["line", "version", "sparkle", "winsparkle", "netsparkle", "generic"]
    assert lines[3].startswith("4     1.3.0    refused: os-mark  offered")
    assert "WinSparkle 0.9 on windows (arm64), 1.2.0 installed, check by hand" in lines


def test_clients_that_get_different_feeds_stand_one_below_the_other(check: Check, server: Server) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        is_sparkle = " Sparkle/" in handler.headers.get("User-Agent", "")
        feed = FEED if is_sparkle else feed_of(item_of("9"))
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(feed)))
        handler.end_headers()
        handler.wfile.write(feed)

    url = server.act("/appcast.xml", answer)

    code, stdout, _ = check("--installed", "1.2.0", "--all-clients", source=url)

    assert code == 0
    assert stdout.count("line  version  verdict") == 4


def test_json_of_all_clients_is_by_their_names(check: Check) -> None:
    _, stdout, stderr = check("--installed", "120", "--all-clients", "--format", "json", "--os", "macos")

    answers = json.loads(stdout)
    assert {name: bool(answer["offered"]) for name, answer in answers.items()} == {
        "sparkle": True,
        "netsparkle": True,
        "generic": True,
    }
    assert stderr == "ota-dev: WinSparkle 0.9 does not run on macos\n"


def test_a_feed_comes_from_standard_input_for_all_clients(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(FEED)))

    code, stdout, _ = check("--installed", "1.2.0", "--all-clients", source="-")

    assert code == 0
    assert stdout.count("\noffers ") == 4


@pytest.mark.parametrize(("length", "is_good"), [(0, True), (7, False)], ids=["good", "wrong"])
def test_a_download_is_examined(
    length: int, is_good: bool, check: Check, server: Server, mac_zip: Callable[..., bytes]
) -> None:
    url = server.put("/Acme-Notes-1.3.0.zip", mac_zip("1.3.0"))
    feed = feed_of(item_of("1.3.0", attributes=f'length="{length}"', url=url))
    options = ("--installed", "1.2.0", "--client", "generic", "--download")

    ended, stdout, _ = check(*options, "--format", "json", feed=feed)
    _, text, _ = check(*options, feed=feed)

    downloaded = json.loads(stdout)["download"]
    assert (ended, downloaded["url"], downloaded["good"]) == (0 if is_good else 1, url, is_good)
    assert {finding["part"] for finding in downloaded["findings"]} == {
        *("download", "length", "signature", "installer", "version")
    }
    assert "  good     installer  Acme Notes 1.3.0\n" in text


def test_nothing_is_downloaded_when_nothing_is_offered(check: Check) -> None:
    code, stdout, _ = check("--installed", "999", "--download", "--format", "json")

    assert code == 1
    assert "download" not in json.loads(stdout)


WRONG = {
    "no feed": (["--installed", "1"], b"", 3, "the feed is empty"),
    "broken XML": (["--installed", "1"], b"<rss>", 3, "line 1, column 6: the feed ends before its elements are closed"),
    "two ways to say which client": (
        ["--installed", "1", "--client", "generic", "--all-clients"],
        FEED,
        2,
        "give one of them",
    ),
    "a system that is none": (["--installed", "1", "--os", "beos"], FEED, 2, "'beos' is no operating system"),
    "a client on a system where it is not": (
        ["--installed", "1", "--client", "winsparkle", "--os", "linux"],
        FEED,
        2,
        "WinSparkle 0.9 does not run on linux",
    ),
    "an architecture that is none": (["--installed", "1", "--arch", "z80"], FEED, 2, "'z80' is no architecture"),
    "a time that is none": (["--installed", "1", "--at", "today"], FEED, 2, "today is no date"),
    "a group that is none": (["--installed", "1", "--group", "7"], FEED, 2, "7 is not in the range"),
    "a key that is none": (["--installed", "1", "--public-key", "a" * 41], FEED, 2, "neither a whole public key nor"),
}


@pytest.mark.parametrize(("options", "feed", "code", "part"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_checked_is_told(options: list[str], feed: bytes, code: int, part: str, check: Check) -> None:
    ended, stdout, stderr = check(*options, feed=feed)

    assert (ended, stdout) == (code, "")
    assert part in stderr


def test_a_feed_cannot_steer_the_terminal(check: Check) -> None:
    feed = feed_of(
        item_of("2&#x202e;.0", "<sparkle:channel>a\u202eb</sparkle:channel>", attributes='sparkle:os="x&#10;y"')
    )

    _, stdout, _ = check("--installed", "1", feed=feed)

    assert "\u202e" not in stdout
    assert "x\\ny" in stdout
