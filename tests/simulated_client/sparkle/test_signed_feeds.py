"""When Sparkle 2.9 refuses a feed for its signature."""

from typing import Any

import pytest

from ota_dev.signing import DsaPublicKey, sign_feed
from ota_dev.signing.keys import PrivateKey
from ota_dev.signing.secret import Secret
from ota_dev.simulated_client.clients import ClientName
from ota_dev.simulated_client.verification import AppKey
from tests.simulated_client.asking import ask, feed_of, item_of, verdicts

KEY = PrivateKey.from_seed(Secret(bytes(32)))
APP_KEY: dict[str, Any] = {"trusted_key": AppKey(KEY.public_key)}
PLAIN = feed_of(item_of("2.0", attributes='sparkle:edSignature="c2lnbmVk"'))
SIGNED = sign_feed(PLAIN, KEY)
REQUIRED = {"requires_signed_feed": True}

FEEDS: dict[str, tuple[bytes, dict[str, Any], str]] = {
    "signed well": (SIGNED, {**APP_KEY, **REQUIRED}, ""),
    "changed after it was signed": (
        SIGNED.replace(b"2.0", b"9.0"),
        APP_KEY,
        "the bytes are not those that were signed",
    ),
    "changed, for an app without a key": (SIGNED.replace(b"2.0", b"9.0"), {}, ""),
    "signed by another key": (
        sign_feed(PLAIN, PrivateKey.from_seed(Secret(bytes([1] * 32)))),
        APP_KEY,
        "the bytes are not those that were signed",
    ),
    "not signed": (PLAIN, APP_KEY, ""),
    "not signed, but it has to be": (PLAIN, {**APP_KEY, **REQUIRED}, "the feed is not signed"),
    "signed, for an app with an old key": (
        SIGNED,
        {"trusted_key": AppKey(DsaPublicKey(b""))},
        "signed feeds need an Ed25519 key",
    ),
}


@pytest.mark.parametrize(("feed", "profile", "problem"), FEEDS.values(), ids=FEEDS)
def test_a_feed_that_is(feed: bytes, profile: dict[str, Any], problem: str) -> None:
    decision = ask(ClientName.SPARKLE, feed, **profile)

    assert verdicts(decision) == ["refused: feed-signature" if problem else "offered"]
    assert problem in (decision.problem.reason if decision.problem else "")


def test_an_unsigned_item_is_offered_to_an_app_with_a_key_and_refused_later() -> None:
    decision = ask(ClientName.SPARKLE, feed_of(item_of("2.0")), **APP_KEY)

    assert decision.offered
    assert "has no sparkle:edSignature: Sparkle refuses it as improperly signed" in decision.warnings[0]
