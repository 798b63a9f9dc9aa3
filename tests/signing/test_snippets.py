import plistlib

from ota_dev.signing import PrivateKey, public_key_snippets


def test_each_client_gets_its_own_lines(key: PrivateKey) -> None:
    text = key.public_key.base64

    snippets = {snippet.place: snippet.text for snippet in public_key_snippets(key.public_key)}

    assert snippets == {
        "Sparkle: the app's Info.plist": f"<key>SUPublicEDKey</key>\n<string>{text}</string>",
        "WinSparkle 0.9 and newer: before win_sparkle_init()": f'win_sparkle_set_eddsa_public_key("{text}");',
        "NetSparkle: the checker of the SparkleUpdater": f'new Ed25519Checker(SecurityMode.Strict, "{text}")',
        "openssl and hand-written clients: a PEM file": (
            "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA/FHNjmIYoaONpH7QAjDwWAgW7RO6MwOsXeuRFUiQgCU=\n"
            "-----END PUBLIC KEY-----"
        ),
    }


def test_sparkles_lines_fit_into_a_property_list(key: PrivateKey) -> None:
    sparkle = public_key_snippets(key.public_key)[0]

    plist = plistlib.loads(f'<plist version="1.0"><dict>{sparkle.text}</dict></plist>'.encode())

    assert plist == {"SUPublicEDKey": key.public_key.base64}
