import plistlib
from typing import Any

import pytest

from ota_dev.catalog.targets import Platform
from ota_dev.errors import InstallerError
from ota_dev.installers.mac_app.info_plist import MAX_SIZE, read_info_plist

FORMATS = [pytest.param(plistlib.FMT_XML, id="XML"), pytest.param(plistlib.FMT_BINARY, id="binary")]


def plist(fmt: Any = plistlib.FMT_XML, **entries: object) -> bytes:
    return plistlib.dumps({"CFBundleVersion": "130", **entries}, fmt=fmt)


@pytest.mark.parametrize("fmt", FORMATS)
def test_every_key_becomes_its_fact(fmt: Any) -> None:
    data = plist(
        fmt,
        CFBundleDisplayName="Acme Notes 🚀",
        CFBundleExecutable="acme-notes",
        CFBundleIdentifier="com.acme.notes",
        CFBundleShortVersionString="1.3.0",
        LSMinimumSystemVersion="12.0",
        SUFeedURL="https://updates.acme.example/appcast.xml",
        SUPublicEDKey="a2V5",
    )

    info = read_info_plist(data)

    assert info.executable == "acme-notes"
    assert info.facts.known() == {
        "name": "Acme Notes 🚀",
        "identifier": "com.acme.notes",
        "version": "130",
        "short_version": "1.3.0",
        "platform": Platform.MACOS,
        "minimum_os": "12.0",
        "public_key": "a2V5",
        "feed_url": "https://updates.acme.example/appcast.xml",
    }
    assert set(info.facts.sources.values()) == {"Info.plist"}
    assert info.facts.warnings == ()


def test_the_display_name_comes_before_the_name() -> None:
    both = read_info_plist(plist(CFBundleDisplayName="Acme Notes", CFBundleName="Notes"))
    blank = read_info_plist(plist(CFBundleDisplayName=" ", CFBundleName="Notes"))

    assert (both.facts.name, blank.facts.name) == ("Acme Notes", "Notes")


@pytest.mark.parametrize("value", [None, "", "  "], ids=["missing", "empty", "blank"])
def test_an_app_without_a_bundle_version_is_read_with_a_warning(value: str | None) -> None:
    entries = {"CFBundleName": "Notes", **({} if value is None else {"CFBundleVersion": value})}

    facts = read_info_plist(plistlib.dumps(entries)).facts

    assert (facts.name, facts.version) == ("Notes", None)
    assert facts.warnings == ("the Info.plist has no CFBundleVersion, without which Sparkle refuses the app",)


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize(("number", "text"), [(130, "130"), (1.5, "1.5"), (-1, "-1")])
def test_a_version_that_is_a_number_is_taken_with_a_warning(fmt: Any, number: float, text: str) -> None:
    facts = read_info_plist(plist(fmt, CFBundleVersion=number)).facts

    assert facts.version == text
    assert len(facts.warnings) == 1
    assert f"{text} in the Info.plist is a number" in facts.warnings[0]


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("value", [True, ["12.0"], {"a": "b"}, b"12.0", 2**63], ids=lambda value: type(value).__name__)
def test_a_value_that_is_neither_text_nor_a_common_number_is_not_a_fact(fmt: Any, value: object) -> None:
    assert read_info_plist(plist(fmt, LSMinimumSystemVersion=value)).facts.minimum_os is None


XML = b'<?xml version="1.0"?>'


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"CFBundleVersion = 130;", id="neither XML nor binary"),
        pytest.param(XML + b"<plist><dict><key>CFBundleVersion</key>", id="cut short"),
        pytest.param(XML + b"<plist><array/></plist>", id="not a dictionary"),
        pytest.param(XML + b"<plist><dict><string>a</string></dict></plist>", id="a value without a key"),
        pytest.param(XML + b"<plist><dict><key>a</key><integer>x</integer></dict></plist>", id="a bad number"),
        pytest.param(
            XML + b'<!DOCTYPE p [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><plist><string>&b;</string></plist>',
            id="entities",
        ),
        pytest.param(
            XML + b'<!DOCTYPE p [<!ENTITY a SYSTEM "file:///etc/hostname">]><plist><string>&a;</string></plist>',
            id="an external entity",
        ),
        pytest.param(XML + b"<plist><dict><key>a</key><integer>" + b"9" * 5000, id="a number of 5,000 digits"),
        pytest.param(b"bplist00" + bytes(40), id="a damaged binary list"),
    ],
)
def test_what_is_no_property_list_is_an_error_with_a_sentence(data: bytes) -> None:
    with pytest.raises(InstallerError, match=r"^its Info\.plist cannot be read: \S"):
        read_info_plist(data)


def test_a_list_larger_than_any_real_one_is_refused_unread() -> None:
    with pytest.raises(InstallerError, match="larger than 4 MiB"):
        read_info_plist(bytes(MAX_SIZE + 1))


def test_deep_nesting_does_no_harm() -> None:
    depth = 100_000
    nested = b"<array>" * depth + b"</array>" * depth
    data = (
        XML + b"<plist><dict><key>CFBundleVersion</key><string>130</string><key>a</key>" + nested + b"</dict></plist>"
    )

    assert read_info_plist(data).facts.version == "130"
