"""Whole feeds, each beside this test as a file to open."""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.feeds.appcast.appcast import AppcastFeed
from ota_dev.feeds.interface import Links

Builder = Callable[..., Artifact]
GOLDEN = Path(__file__).parent / "golden"


def mac(artifact: Builder) -> App:
    """Two releases of a universal Mac app, the newer one signed."""
    signature = base64.b64encode(bytes(range(64))).decode()
    return App.of(
        "acmenotes",
        "Acme Notes",
        [
            artifact(
                "Acme Notes 1.3.0.dmg",
                short_version="1.3.0",
                build="130",
                minimum_os="11.0",
                ed25519_signature=signature,
            ),
            artifact("Acme Notes 1.2.9.dmg", short_version="1.2.9", build="129", minimum_os="10.13"),
        ],
    )


def mixed(artifact: Builder) -> App:
    """One release for every platform; the zip of the Intel Mac app is an alternate."""
    arm64, x86_64 = Architecture.ARM64, Architecture.X86_64
    return App.of(
        "acmenotes",
        "Acme Notes",
        [
            artifact("Acme-Notes-1.3.0-arm64.dmg", architecture=arm64, minimum_os="11.0"),
            artifact("Acme-Notes-1.3.0-x86_64.dmg", architecture=x86_64, minimum_os="10.15"),
            artifact("Acme-Notes-1.3.0-x86_64.zip", architecture=x86_64),
            artifact("Acme-Notes-Setup-1.3.0-x64.exe", architecture=x86_64, minimum_os="10.0"),
            artifact("Acme-Notes-Setup-1.3.0-arm64.exe", architecture=arm64),
            artifact("Acme-Notes-1.3.0-x86_64.AppImage", architecture=x86_64),
            artifact("acme-notes-1.3.0-linux.tar.gz", platform=Platform.LINUX, architecture=Architecture.UNKNOWN),
        ],
    )


def empty(artifact: Builder) -> App:  # noqa: ARG001  # like the others
    """No release, of an app whose name is not known."""
    return App.of("", "", [])


def hostile(artifact: Builder) -> App:
    """Everything a name can do to a feed."""
    return App.of(
        "acme",
        "Acme & <Notes> ]]> \"'\x00\x1b \u202eeman\u202c \U0001f4dd\ud800\uffff",
        [
            artifact(
                "<script> & ]]> \"quoted\" 'names' \u202egmd \U0001f4dd\n.dmg",
                short_version='1.3.0"/><evil a="',
                build=" 130\n]]>\x00",
                minimum_os="11.0\u2028<!--",
                ed25519_signature="0123456789abcdef" * 4,
            )
        ],
    )


@pytest.mark.parametrize("build_app", [mac, mixed, empty, hostile], ids=lambda build: build.__name__)
def test_the_feed_is_the_golden_one(build_app: Callable[[Builder], App], artifact: Builder) -> None:
    golden = (GOLDEN / f"{build_app.__name__}.xml").read_text("utf-8")

    feed = AppcastFeed().render(build_app(artifact), Links("http://127.0.0.1:8080/downloads/"))

    assert feed.decode() == golden
