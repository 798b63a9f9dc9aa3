"""A public key as each client wants it."""

import plistlib

from ota_dev.catalog.minisign_writing import packed_public_key
from ota_dev.client_setup import public_key_forms
from ota_dev.signing import KeyFormat, PublicKey, format_public_key
from ota_dev.translations import Translations

KEY = PublicKey(bytes(range(200, 232)))


def test_each_client_gets_its_own_lines() -> None:
    texts = {form.title.split(".")[1]: form.snippet.text for form in public_key_forms(KEY.base64)}

    assert texts == {
        "sparkle": f"<key>SUPublicEDKey</key>\n<string>{KEY.base64}</string>",
        "winsparkle": f'win_sparkle_set_eddsa_public_key("{KEY.base64}");',
        "netsparkle": f'new Ed25519Checker(SecurityMode.Strict, "{KEY.base64}")',
        "tauri": f'"pubkey": "{packed_public_key(KEY.raw)}"',
        "generic": format_public_key(KEY, KeyFormat.PEM).rstrip("\n"),
    }


def test_sparkles_lines_fit_into_a_property_list() -> None:
    sparkle = public_key_forms(KEY.base64)[0].snippet

    plist = plistlib.loads(f'<plist version="1.0"><dict>{sparkle.text}</dict></plist>'.encode())

    assert plist == {"SUPublicEDKey": KEY.base64}


def test_each_form_says_where_it_goes() -> None:
    texts = Translations.of("en")

    assert all(texts.text(form.title) and texts.text(form.place) for form in public_key_forms(KEY.base64))
