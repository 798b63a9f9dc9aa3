"""What NetSparkle reads, refuses and chooses."""

from typing import Any

import pytest

from ota_dev.catalog.targets import Platform
from ota_dev.signing import PublicKey, sign_bytes
from ota_dev.signing.keys import PrivateKey
from ota_dev.signing.secret import Secret
from ota_dev.simulated_client.clients import ClientName
from ota_dev.simulated_client.profile import SecurityMode, System
from ota_dev.simulated_client.verification import AppKey
from tests.simulated_client.asking import ask, feed_of, item_of, verdicts

KEY = PrivateKey.from_seed(Secret(bytes(32)))
OTHER_KEY = AppKey(PublicKey(PrivateKey.from_seed(Secret(bytes([1] * 32))).public_key.raw))
APP_KEY = AppKey(KEY.public_key)
SIGNED = 'sparkle:signature="c2lnbmVk"'


def marked(os: str) -> str:
    return item_of("2.0", attributes=f'sparkle:os="{os}"')


def on(platform: Platform) -> dict[str, Any]:
    return {"system": System(platform=platform)}


BETA = {"channels": frozenset({"Beta"})}
RULES: dict[str, tuple[str, dict[str, Any], str]] = {
    "without a mark, on Windows": (item_of("2.0"), {}, "offered"),
    "without a mark, on macOS": (item_of("2.0"), on(Platform.MACOS), "refused: os-mark"),
    "with an empty mark, on Linux": (marked(""), on(Platform.LINUX), "refused: os-mark"),
    "with any mark that has win in it": (marked("Windows-x64"), {}, "offered"),
    "marked darwin, which has win in it": (marked("darwin"), {}, "offered"),
    "marked darwin, on macOS": (marked("darwin"), on(Platform.MACOS), "refused: os-mark"),
    "marked macos, on macOS": (marked("macos-arm64"), on(Platform.MACOS), "offered"),
    "marked osx, on macOS": (marked("OSX"), on(Platform.MACOS), "offered"),
    "marked linux, on Linux": (marked("linux"), on(Platform.LINUX), "offered"),
    "without a version": ('<enclosure url="https://acme.example/Acme_2.0.exe"/>', {}, "refused: version"),
    "without a file": (
        "<sparkle:version>2.0</sparkle:version><link>https://a.example</link>",
        {},
        "refused: enclosure-url",
    ),
    "on a channel, without a filter": (item_of("2.0", "<sparkle:channel>beta</sparkle:channel>"), {}, "offered"),
    "on the channel that is wanted": (item_of("2.0", "<sparkle:channel>my-beta</sparkle:channel>"), BETA, "offered"),
    "with a suffix that is wanted": (item_of("2.0-beta.1"), BETA, "offered"),
    "with another suffix": (item_of("2.0-alpha.1"), BETA, "refused: channel"),
    "on no channel, with a filter": (item_of("2.0"), BETA, "offered"),
    "for a newer system, which it ignores": (
        item_of("2.0", "<sparkle:minimumSystemVersion>99</sparkle:minimumSystemVersion>"),
        {"system": System.parse("windows-10")},
        "offered",
    ),
    "skipped": (item_of("2.0"), {"is_scheduled": True, "skipped": "2.0"}, "refused: skipped-version"),
    "a zero longer than what is installed": (item_of("1.0.0"), {}, "offered"),
    "unsigned, for an app without a key": (item_of("2.0"), {"security_mode": SecurityMode.IF_POSSIBLE}, "offered"),
    "unsigned, for an app that verifies downloads": (
        item_of("2.0"),
        {"security_mode": SecurityMode.DOWNLOADS, "trusted_key": APP_KEY},
        "offered",
    ),
    "unsigned, for an app that is not safe": (
        item_of("2.0"),
        {"security_mode": SecurityMode.UNSAFE, "trusted_key": APP_KEY},
        "offered",
    ),
}


@pytest.mark.parametrize(("item", "profile", "verdict"), RULES.values(), ids=RULES)
def test_an_item(item: str, profile: dict[str, Any], verdict: str) -> None:
    assert verdicts(ask(ClientName.NETSPARKLE, feed_of(item), **profile)) == [verdict]


def test_elements_come_before_attributes_and_the_first_file_counts() -> None:
    item = (
        "<sparkle:version>3.0</sparkle:version>"
        '<enclosure url="https://acme.example/1.exe" sparkle:version="2.0"/>'
        '<enclosure url="https://acme.example/2.exe" sparkle:version="4.0"/>'
    )

    offered = ask(ClientName.NETSPARKLE, feed_of(item)).offered

    assert offered
    assert (offered.version, offered.url) == ("3.0", "https://acme.example/1.exe")


@pytest.mark.parametrize(
    ("attributes", "signature"),
    [
        ('sparkle:edSignature="3" sparkle:dsaSignature="2" sparkle:signature="1"', "1"),
        ('sparkle:edSignature="3" sparkle:dsaSignature="2"', "2"),
        ('sparkle:edSignature="3"', "3"),
    ],
)
def test_any_signature_is_taken_whatever_its_algorithm(attributes: str, signature: str) -> None:
    offered = ask(ClientName.NETSPARKLE, feed_of(item_of("2.0", attributes=attributes))).offered

    assert offered
    assert offered.signature == signature


FEED = feed_of(item_of("2.0", attributes=SIGNED), item_of("3.0"))
GOOD = sign_bytes(FEED, KEY)
STRICT = {"security_mode": SecurityMode.STRICT}
SIGNATURES: dict[str, tuple[bytes, str | None, dict[str, Any], str]] = {
    "good": (FEED, f"{GOOD}\n", {"trusted_key": APP_KEY}, ""),
    "good in spite of a byte order mark": (b"\xef\xbb\xbf" + FEED, GOOD, {"trusted_key": APP_KEY}, ""),
    "missing": (FEED, None, {"trusted_key": APP_KEY}, "there is no signature of the feed"),
    "of the mark too": (
        b"\xef\xbb\xbf" + FEED,
        sign_bytes(b"\xef\xbb\xbf" + FEED, KEY),
        {"trusted_key": APP_KEY},
        "the bytes are not those that were signed",
    ),
    "of another key": (FEED, GOOD, {"trusted_key": OTHER_KEY}, "the bytes are not those that were signed"),
    "no signature": (FEED, "<html>", {"trusted_key": APP_KEY}, "the signature is not standard base64"),
    "needed without a key": (FEED, GOOD, STRICT, "the app has no public key"),
}


@pytest.mark.parametrize(("feed", "signature", "profile", "problem"), SIGNATURES.values(), ids=SIGNATURES)
def test_the_signature_beside_the_feed_is(
    feed: bytes, signature: str | None, profile: dict[str, Any], problem: str
) -> None:
    decision = ask(ClientName.NETSPARKLE, feed, signature=signature, **profile)

    if problem:
        assert decision.problem
        assert problem in decision.problem.reason
        assert verdicts(decision) == ["refused: feed-signature"] * 2
    else:
        assert verdicts(decision) == ["offered", "refused: signature"]
