"""The instructions: what there is to copy, and that it is all said in every language."""

import base64
import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from ota_dev.catalog.minisign_writing import packed_public_key
from ota_dev.client_setup import ClientSetup, Target, client_setups
from ota_dev.simulated_client.clients import APPCAST_CLIENTS
from ota_dev.translations import LANGUAGES, Translations

KEY = "/FHNjmIYoaONpH7QAjDwWAgW7RO6MwOsXeuRFUiQgCU="
TARGET = Target(server_url="http://127.0.0.1:8080")
SIGNED = replace(TARGET, public_key=KEY)
ONE_OF_SEVERAL = replace(TARGET, app="acmenotes")

NETSPARKLE = """\
var sparkle = new SparkleUpdater(
    "http://127.0.0.1:8080/appcast.xml",
    new Ed25519Checker(SecurityMode.Unsafe));"""

TAURI = """\
{
  "plugins": {
    "updater": {
      "endpoints": [
        "http://127.0.0.1:8080/tauri/{{target}}/{{arch}}/{{current_version}}",
        "http://127.0.0.1:8080/latest.json"
      ],
      "dangerousInsecureTransportProtocol": true,
      "pubkey": "THE PUBKEY OF YOUR APP"
    }
  }
}"""

TO_COPY = {
    "sparkle": "defaults write BUNDLE-ID SUFeedURL http://127.0.0.1:8080/appcast.xml",
    "winsparkle": 'win_sparkle_set_appcast_url("http://127.0.0.1:8080/appcast.xml");',
    "netsparkle": NETSPARKLE,
    "electron-updater": 'provider: "generic"\nurl: "http://127.0.0.1:8080"\nchannel: "latest"\n'
    'updaterCacheDirName: "ota-dev-updater"',
    "tauri": TAURI,
    "velopack": 'var manager = new UpdateManager("http://127.0.0.1:8080");',
    "squirrel": 'autoUpdater.setFeedURL({ url: "http://127.0.0.1:8080/update/" '
    '+ process.platform + "-" + process.arch + "/" + app.getVersion() })',
    "generic": 'environment: "development"\n'
    "environments:\n"
    '  "development":\n'
    '    ota_server: "http://127.0.0.1:8080"\n'
    '    appcast_base: "http://127.0.0.1:8080"\n'
    '    channel: "dev"',
}


def setup(client: str, target: Target = TARGET) -> ClientSetup:
    return next(setup for setup in client_setups(target) if setup.client == client)


def snippets(setup: ClientSetup) -> list[str]:
    steps = (*setup.steps, *setup.undo, setup.signing, *setup.if_silent)
    return [step.snippet.text for step in steps if step.snippet]


def said(setup: ClientSetup, translations: Translations) -> Iterator[str]:
    yield translations.text(setup.title)
    for step in (*setup.steps, *setup.undo, setup.signing, *setup.if_silent):
        yield step.said(translations)
    yield from (translations.text(address.when) for address in setup.other_addresses)


def test_there_are_instructions_for_every_client_that_check_knows() -> None:
    assert {setup.client for setup in client_setups(TARGET)} >= set(APPCAST_CLIENTS)


@pytest.mark.parametrize(("client", "text"), TO_COPY.items(), ids=list(TO_COPY))
def test_what_points_the_app_here_is_ready_to_copy(client: str, text: str) -> None:
    assert snippets(setup(client))[0] == text


def test_sparkles_address_is_taken_out_again_by_one_command() -> None:
    (step,) = setup("sparkle", replace(TARGET, bundle_id="com.acme.notes")).undo

    assert step.snippet
    assert step.snippet.text == "defaults delete com.acme.notes SUFeedURL"


def test_every_client_has_an_undo() -> None:
    assert all(one.undo for one in client_setups(TARGET))


@pytest.mark.parametrize("target", [TARGET, SIGNED, ONE_OF_SEVERAL], ids=["unsigned", "signed", "one of several apps"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_all_of_it_is_said_in_every_language(target: Target, language: str) -> None:
    texts = [text for one in client_setups(target) for text in said(one, Translations.of(language))]

    assert all(texts)


def test_every_text_about_clients_is_used() -> None:
    used = {
        key
        for target in (TARGET, SIGNED)
        for one in client_setups(target)
        for key in (
            one.title,
            *(step.prose for step in (*one.steps, *one.undo, one.signing, *one.if_silent)),
            *(address.when for address in one.other_addresses),
        )
    }

    kept = {f"client_setup.{key}" for key in Translations.of("en").area("client_setup")}
    assert {key for key in kept if not key.endswith(".key_place")} == used


def test_the_public_key_is_in_the_form_that_the_client_wants() -> None:
    steps = {client: setup(client, SIGNED).signing for client in APPCAST_CLIENTS}

    assert all(step.snippet and KEY in step.snippet.text for step in steps.values())
    assert KEY in snippets(setup("netsparkle", SIGNED))[0]


def test_tauris_public_key_is_packed_and_stands_in_the_configuration() -> None:
    updater = json.loads(snippets(setup("tauri", SIGNED))[0])["plugins"]["updater"]

    assert updater["pubkey"] == packed_public_key(base64.b64decode(KEY))


def test_without_a_key_there_is_none_to_copy() -> None:
    assert [one.client for one in client_setups(TARGET) if one.signing.snippet] == []


def test_one_of_several_apps_has_addresses_of_its_own() -> None:
    setups = client_setups(ONE_OF_SEVERAL)

    assert {one.feed_url for one in setups} == {
        "http://127.0.0.1:8080/apps/acmenotes/appcast.xml",
        "http://127.0.0.1:8080/apps/acmenotes/latest.yml",
        "http://127.0.0.1:8080/apps/acmenotes/latest.json",
        "http://127.0.0.1:8080/apps/acmenotes/releases.win.json",
        "http://127.0.0.1:8080/apps/acmenotes/RELEASES.json",
    }
    assert {address.url.rpartition("/apps/acmenotes/")[2] for one in setups for address in one.other_addresses} == {
        "appcast-macos-arm64.xml",
        "appcast-windows-arm64.xml",
        "appcast.json",
        "channels/beta/tauri/{{target}}/{{arch}}/{{current_version}}",
        "tauri/{{target}}/{{arch}}/{{current_version}}/{{bundle_type}}",
        "channels/beta/appcast.xml",
        *("latest.yml", "latest-mac.yml", "latest-linux.yml", "beta.yml"),
        *("releases.win.json", "releases.osx.json", "releases.linux.json", "releases.beta.json"),
        *("RELEASES", "darwin/arm64/RELEASES.json"),
    }
    block, question = snippets(setup("generic", ONE_OF_SEVERAL))[:2]
    assert 'appcast_base: "http://127.0.0.1:8080/apps/acmenotes"' in block
    assert "app=acmenotes&" in question


@pytest.mark.parametrize("bundle_id", ["a; rm -rf ~", "$(id)", "-g", "com.acme\nnotes", "a" * 300, ""])
def test_a_bundle_identifier_that_is_none_never_ends_in_a_command(bundle_id: str) -> None:
    texts = snippets(setup("sparkle", replace(TARGET, bundle_id=bundle_id)))

    assert texts == snippets(setup("sparkle"))


def test_an_address_with_signs_of_its_own_is_quoted_in_commands_and_code() -> None:
    target = replace(TARGET, server_url="http://127.0.0.1:8080/a&b$(id)")

    assert "'http://127.0.0.1:8080/a&b$(id)/appcast.xml'" in snippets(setup("sparkle", target))[0]


def test_an_app_key_is_percent_encoded() -> None:
    assert setup("sparkle", replace(TARGET, app="ü&x")).feed_url.endswith("/apps/%C3%BC%26x/appcast.xml")
