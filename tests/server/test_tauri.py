"""A feed that is answered to the version that its address says, and whose clients verify in the form of minisign."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.catalog.minisign import MinisignSignature
from ota_dev.catalog.minisign_writing import key_id
from ota_dev.catalog.targets import Platform
from ota_dev.feeds.formats import feed_formats
from ota_dev.publishing import LivePublication, Publication, Publisher
from ota_dev.publishing.key_in_force import KeyInForce
from ota_dev.server.application import Application
from ota_dev.server.bending import Bending
from ota_dev.server.in_force import Conditions
from ota_dev.server.messages import Request, Response
from ota_dev.server.missigning import FeedSigning
from ota_dev.signing import PrivateKey
from ota_dev.store import Store

KEY = PrivateKey.generate()
ASKED = "/tauri/windows/x86_64/1.0.0"
Ask = Callable[[str], Response]


@pytest.fixture
def ask(
    dist: Path,
    live: LivePublication,
    application: Callable[..., Application],
    request_for: Callable[..., Request],
) -> Ask:
    """Ask as the plug-in does, of a folder that is signed: `ask("/tauri/windows/x86_64/1.0.0")`."""
    (dist / "Acme-Notes_1.1.0_x64-setup.exe").write_bytes(b"installer")
    key = KeyInForce(key=KEY)
    publisher = Publisher.of_folder(dist, Store.nowhere(), signer=key.file_signer)
    live.offer(publisher.complete(publisher.publish(), frozenset()))
    signing = FeedSigning(key, dist)
    answering = application(
        feeds=feed_formats(), signing=signing, bending=Bending(signing.resign), conditions=Conditions(has_key=True)
    )
    return lambda target: asyncio.run(
        answering.answer(request_for(target, User_Agent="tauri-plugin-updater/2.10.1", Accept="application/json"))
    )


def document(response: Response) -> dict[str, str]:
    assert isinstance(response.body, bytes)
    return dict(json.loads(response.body))


def signature(response: Response) -> MinisignSignature:
    return MinisignSignature.unpacked(document(response)["signature"])


def test_an_app_with_an_older_version_is_offered_the_newest(ask: Ask) -> None:
    response = ask(ASKED)

    assert (response.status, response.offered) == (200, "offered 1.1.0 to 1.0.0")
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    assert document(response)["url"] == "http://127.0.0.1:8080/downloads/Acme-Notes_1.1.0_x64-setup.exe"


@pytest.mark.parametrize(
    ("target", "offered"),
    [
        ("/tauri/windows/x86_64/1.1.0", "nothing newer than 1.1.0"),
        ("/tauri/windows/x86_64/1.0.0/msi", "nothing on offer"),
        ("/tauri/windows/x86_64/1.0.0?bundle_type=msi", "nothing on offer"),
        ("/tauri/windows/x86_64/1.0.0/msi?bundle_type=nsis", "nothing on offer"),
        ("/tauri/darwin/aarch64/1.0.0", "nothing on offer"),
        ("/with/no-update/tauri/windows/x86_64/1.0.0", "nothing on offer"),
    ],
)
def test_nothing_for_an_app_is_no_content_and_the_journal_says_so(ask: Ask, target: str, offered: str) -> None:
    response = ask(target)

    assert (response.status, response.body, response.offered) == (204, b"", offered)


@pytest.mark.parametrize(
    "target", ["/tauri/beos/x86_64/1.0.0", "/tauri/linux/sparc/1.0.0", "/tauri/linux/x86_64/a%0Ab"]
)
def test_what_no_plug_in_asks_is_answered_in_words(ask: Ask, target: str) -> None:
    response = ask(target)

    assert response.status == 404
    assert response.headers["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize(
    "target",
    [
        "/channels/beta/tauri/windows/x86_64/1.0.0",
        "/apps/acmenotes/tauri/windows/x86_64/1.0.0/nsis",
        "/tauri/windows/x86_64/1.0.0?bundle_type=nsis",
        "/latest.json",
        "/latest.json?bundle_type=msi",
    ],
)
def test_apps_channels_and_bundles_go_with_it(ask: Ask, target: str) -> None:
    assert document(ask(target))["version"] == "1.1.0"


def test_an_advertised_version_is_offered_to_who_has_the_newest(ask: Ask) -> None:
    response = ask("/with/update-available/tauri/windows/x86_64/1.1.0")

    assert document(response)["version"] == "1.1.1"
    assert signature(response) == signature(ask(ASKED))


def test_the_scenarios_of_signatures_change_them_alone(ask: Ask) -> None:
    right = signature(ask(ASKED))
    other_bytes, other_key = (signature(ask(f"/with/{name}{ASKED}")) for name in ("bad-signature", "wrong-key"))

    assert right.key_id == other_bytes.key_id == key_id(KEY.public_key.raw) != other_key.key_id
    assert len({right.signature, other_bytes.signature, other_key.signature}) == 3
    assert document(ask(f"/with/unsigned{ASKED}"))["signature"] == ""


def test_no_signature_file_is_looked_for_beside_it(ask: Ask) -> None:
    assert ask("/latest.json.signature").status == 404


def test_what_keeps_an_app_from_an_update_is_in_the_journal(
    put: Callable[..., object],
    publish: Callable[..., Publication],
    live: LivePublication,
    application: Callable[..., Application],
    request_for: Callable[..., Request],
) -> None:
    put("Acme_1.1.0_x64-setup.exe", version="1.1.0", platform=Platform.WINDOWS)
    live.offer(publish())

    response = asyncio.run(application(feeds=feed_formats()).answer(request_for(ASKED)))

    assert response.status == 204
    assert response.reason.startswith("Acme_1.1.0_x64-setup.exe is not in Tauri's feed: there is no")
