import base64
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.policy import Critical, Informational, Policy
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.feeds.appcast.items import DIGESTS, AppcastItem, appcast_app, appcast_items
from ota_dev.feeds.interface import Links

Builder = Callable[..., Artifact]
LINKS = Links("https://example.com/downloads/")

ARM64, X86_64, X86, ARM, UNIVERSAL, UNKNOWN = (
    Architecture.ARM64,
    Architecture.X86_64,
    Architecture.X86,
    Architecture.ARM,
    Architecture.UNIVERSAL,
    Architecture.UNKNOWN,
)


def show(*artifacts: Artifact, name: str = "Acme Notes") -> tuple[AppcastItem, ...]:
    return appcast_items(appcast_app(App(key="acmenotes", name=name)), artifacts, LINKS)


@pytest.mark.parametrize(
    ("architectures", "marks"),
    [
        pytest.param([X86_64], ["windows"], id="one architecture"),
        pytest.param([ARM64, ARM64], ["windows", "windows"], id="one architecture twice"),
        pytest.param([X86_64, ARM64], ["windows-x64", "windows-arm64"], id="several"),
        pytest.param([X86, X86_64, ARM], ["windows-x86", "windows-x64", "windows-arm"], id="every one"),
        pytest.param([X86_64, UNKNOWN], ["windows", "windows"], id="one known, one unknown"),
        pytest.param(
            [X86_64, X86, UNIVERSAL, UNKNOWN],
            ["windows-x64", "windows-x86", "windows", "windows"],
            id="several beside universal and unknown",
        ),
    ],
)
def test_the_windows_mark_is_the_least_specific_that_is_unambiguous(
    architectures: list[Architecture], marks: list[str], artifact: Builder
) -> None:
    items = show(*(artifact("Acme-Notes.exe", architecture=architecture) for architecture in architectures))

    assert [item.os for item in items] == marks


@pytest.mark.parametrize("platform", [Platform.MACOS, Platform.LINUX])
def test_macos_and_linux_are_always_marked_plainly(platform: Platform, artifact: Builder) -> None:
    items = show(*(artifact("a.zip", platform=platform, architecture=architecture) for architecture in Architecture))

    assert {item.os for item in items} == {platform.value}


def test_architectures_of_another_platform_do_not_make_windows_ambiguous(artifact: Builder) -> None:
    items = show(artifact("a.exe", architecture=X86_64), artifact("a.dmg", architecture=ARM64))

    assert [item.os for item in items] == ["windows", "macos"]


def test_no_client_takes_an_installer_of_unknown_platform(artifact: Builder) -> None:
    (item,) = show(artifact("a.zip", platform=Platform.UNKNOWN))

    assert item.os == "unknown"


@pytest.mark.parametrize(
    ("architecture", "arch"),
    [(ARM64, "arm64"), (X86_64, "x86_64"), (X86, "x86"), (ARM, "arm"), (UNIVERSAL, ""), (UNKNOWN, "")],
)
def test_the_architecture_is_written_where_it_is_known_and_not_universal(
    architecture: Architecture, arch: str, artifact: Builder
) -> None:
    (item,) = show(artifact(architecture=architecture))

    assert item.arch == arch


@pytest.mark.parametrize(
    ("name", "architecture", "requirements"),
    [
        ("a.dmg", ARM64, "arm64"),
        ("a.dmg", X86_64, ""),
        ("a.dmg", UNIVERSAL, ""),
        ("a.exe", ARM64, ""),
        ("a.deb", ARM64, ""),
    ],
)
def test_only_a_mac_app_without_intel_code_requires_hardware(
    name: str, architecture: Architecture, requirements: str, artifact: Builder
) -> None:
    (item,) = show(artifact(name, architecture=architecture))

    assert item.hardware_requirements == requirements


@pytest.mark.parametrize(
    ("name", "minimum_os", "written"),
    [("a.dmg", "11.0", "11.0"), ("a.dmg", None, ""), ("a.exe", "10.0", ""), ("a.deb", "22.04", "")],
)
def test_a_minimum_system_is_written_for_macos_only(
    name: str, minimum_os: str | None, written: str, artifact: Builder
) -> None:
    (item,) = show(artifact(name, minimum_os=minimum_os))

    assert item.minimum_system_version == written


@pytest.mark.parametrize(
    ("app_name", "title"), [("Acme Notes", "Acme Notes 1.3.0"), ("", "1.3.0"), (" Acme\n", "Acme 1.3.0")]
)
def test_the_title_is_the_app_and_the_version_that_people_read(app_name: str, title: str, artifact: Builder) -> None:
    (item,) = show(artifact(short_version="1.3.0", build="130"), name=app_name)

    assert item.title == title


def test_a_title_that_somebody_said_counts(artifact: Builder) -> None:
    (item,) = show(artifact(policy=Policy(title=" Kestrel\n")))

    assert item.title == "Kestrel"


def test_a_minimum_system_is_written_for_windows_where_somebody_said_it(artifact: Builder) -> None:
    (item,) = show(artifact("a.exe", minimum_os="6.1", policy=Policy(minimum_os="10.0.17763")))

    assert item.minimum_system_version == "10.0.17763"


@pytest.mark.parametrize(("name", "arguments"), [("a.exe", "/SILENT"), ("a.dmg", ""), ("a.AppImage", "")])
def test_arguments_for_the_installer_are_written_for_windows_only(name: str, arguments: str, artifact: Builder) -> None:
    (item,) = show(artifact(name, policy=Policy(installer_arguments="/SILENT")))

    assert item.installer_arguments == arguments


@pytest.mark.parametrize(
    ("policy", "shown"),
    [
        pytest.param(Policy(), (False, "", False, (), ""), id="nothing said"),
        pytest.param(Policy(critical=Critical()), (True, "", False, (), ""), id="critical for all"),
        pytest.param(Policy(critical=Critical(below_version="9")), (True, "9", False, (), ""), id="critical below 9"),
        pytest.param(Policy(informational=Informational()), (False, "", True, (), ""), id="announced to all"),
        pytest.param(
            Policy(informational=Informational(versions=("1", "2"), below_version="9")),
            (False, "", True, ("1", "2"), "9"),
            id="announced to some",
        ),
    ],
)
def test_for_whom_an_update_is_critical_or_only_announced_is_shown(
    policy: Policy, shown: tuple[object, ...], artifact: Builder
) -> None:
    (item,) = show(artifact(policy=policy))

    assert shown == (
        *(item.is_critical, item.critical_below_version),
        *(item.is_informational, item.informational_versions, item.informational_below_version),
    )


def test_a_publication_date_that_somebody_said_counts(artifact: Builder) -> None:
    (item,) = show(artifact(policy=Policy(publication_date=datetime(2026, 3, 1, 9, 5, 7, tzinfo=UTC))))

    assert item.published == "Sun, 01 Mar 2026 09:05:07 +0000"


@pytest.mark.parametrize(
    "modified",
    [
        pytest.param(datetime(2026, 3, 1, 9, 5, 7, tzinfo=UTC), id="utc"),
        pytest.param(datetime(2026, 3, 1, 14, 35, 7, tzinfo=timezone(timedelta(hours=5.5))), id="another time zone"),
    ],
)
def test_the_date_is_rfc_822_in_english_with_a_numeric_offset(modified: datetime, artifact: Builder) -> None:
    (item,) = show(artifact(modified=modified))

    assert item.published == "Sun, 01 Mar 2026 09:05:07 +0000"


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("Acme Notes-1.3.0.dmg", "https://example.com/downloads/Acme%20Notes-1.3.0.dmg"),
        ("beta/Acmé & 100%.dmg", "https://example.com/downloads/beta/Acm%C3%A9%20%26%20100%25.dmg"),
        ("a\u202eb\n.dmg", "https://example.com/downloads/a%E2%80%AEb%0A.dmg"),
        ("half\ud800.dmg", "https://example.com/downloads/half%3F.dmg"),
    ],
)
def test_the_url_is_absolute_and_names_the_file_exactly(name: str, url: str, artifact: Builder) -> None:
    (item,) = show(artifact(name))

    assert item.url == url


def test_a_signature_of_64_bytes_is_written(artifact: Builder) -> None:
    signature = base64.b64encode(bytes(range(64))).decode()

    (item,) = show(artifact(ed25519_signature=signature))

    assert item.ed25519_signature == signature


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("0123456789abcdef" * 4, id="a SHA-256 in hex"),
        pytest.param("0123456789abcdef" * 8, id="a SHA-512 in hex"),
        pytest.param(base64.b64encode(bytes(32)).decode(), id="a SHA-256 in base64"),
        pytest.param(base64.b64encode(bytes(65)).decode(), id="65 bytes"),
        pytest.param(base64.urlsafe_b64encode(b"\xff" * 64).decode(), id="URL-safe base64"),
        pytest.param(base64.b64encode(bytes(64)).decode() + "\n", id="a line break behind it"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_no_signature_is_left_out(text: str, artifact: Builder) -> None:
    (item,) = show(artifact(ed25519_signature=text))

    assert item.ed25519_signature == ""


def test_each_digest_is_found_under_its_algorithm(artifact: Builder) -> None:
    (item,) = show(artifact(digests={algorithm: f"digest of {algorithm}" for algorithm in DIGESTS}))

    assert {algorithm: getattr(item, algorithm) for algorithm in DIGESTS} == {
        algorithm: f"digest of {algorithm}" for algorithm in DIGESTS
    }


def test_a_digest_that_nobody_computed_is_empty(artifact: Builder) -> None:
    (item,) = show(artifact())

    assert {getattr(item, algorithm) for algorithm in DIGESTS} == {""}
