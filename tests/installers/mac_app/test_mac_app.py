import plistlib
from collections.abc import Mapping

import pytest

from ota_dev.catalog.targets import Architecture
from ota_dev.errors import InstallerError
from ota_dev.installers.mac_app import ReadMember, read_only_app, top_level_apps

ARM64_HEADER = b"\xcf\xfa\xed\xfe\x0c\x00\x00\x01"
INFO = plistlib.dumps({"CFBundleVersion": "130", "CFBundleExecutable": "notes"})


def reading(files: Mapping[str, bytes]) -> ReadMember:
    return lambda path, limit: files[path][:limit] if path in files else None


@pytest.mark.parametrize(
    ("paths", "apps"),
    [
        pytest.param(["A.app/Contents/Info.plist", "A.app/Contents/MacOS/A"], ["A.app"], id="an app"),
        pytest.param(["Acme 1.3/A.app/Contents/Info.plist"], ["Acme 1.3/A.app"], id="an app in a folder"),
        pytest.param(["B.app/Contents/x", "A.APP/Contents/x"], ["A.APP", "B.app"], id="two apps, sorted"),
        pytest.param(
            ["A.app/Contents/Info.plist", "A.app/Contents/Frameworks/S.framework/Updater.app/Contents/Info.plist"],
            ["A.app"],
            id="a helper inside an app is none",
        ),
        pytest.param(["__MACOSX/A.app/Contents/._Info.plist"], [], id="nor is what macOS adds to a zip"),
        pytest.param(["._A.app/Contents/Info.plist", "B/._C.app/Contents/x"], [], id="nor is an AppleDouble file"),
        pytest.param(["com.acme.app/bin/notes", "notes.app"], [], id="nor is a folder or file that is called so"),
        pytest.param(["notes.exe", "readme.txt"], [], id="nothing of the kind"),
    ],
)
def test_the_apps_are_the_outermost_bundles(paths: list[str], apps: list[str]) -> None:
    assert top_level_apps(paths) == apps


def test_the_executable_named_in_the_plist_says_the_architectures() -> None:
    files = {
        "A.app/Contents/Info.plist": INFO,
        "A.app/Contents/MacOS/notes": ARM64_HEADER,
        "A.app/Contents/MacOS/A": b"#!/bin/sh",
    }

    facts = read_only_app(files, reading(files))

    assert facts is not None
    assert facts.architectures == (Architecture.ARM64,)
    assert facts.sources == {
        "version": "Info.plist",
        "platform": "Info.plist",
        "architectures": "Mach-O header",
    }


def test_an_executable_that_is_not_named_is_called_like_the_app() -> None:
    files = {
        "B/A.app/Contents/Info.plist": plistlib.dumps({"CFBundleVersion": "130"}),
        "B/A.app/Contents/MacOS/A": ARM64_HEADER,
    }

    facts = read_only_app(files, reading(files))

    assert facts is not None
    assert facts.architectures == (Architecture.ARM64,)


def test_an_executable_that_is_missing_leaves_the_architectures_unknown() -> None:
    files = {"A.app/Contents/Info.plist": INFO}

    facts = read_only_app(files, reading(files))

    assert facts is not None
    assert facts.architectures == ()


def test_without_an_app_nothing_is_known() -> None:
    assert read_only_app(["notes.exe"], reading({})) is None


def test_an_app_without_an_info_plist_is_an_error_that_names_it() -> None:
    with pytest.raises(InstallerError, match=r"A\.app has no Contents/Info\.plist"):
        read_only_app(["A.app/Contents/MacOS/A"], reading({}))


def test_several_apps_are_an_error_that_names_the_first_three() -> None:
    paths = [f"{letter}.app/Contents/Info.plist" for letter in "ABCDE"]

    with pytest.raises(InstallerError, match=r"it holds 5 apps \(A\.app, B\.app, C\.app, \.\.\.\)"):
        read_only_app(paths, reading(dict.fromkeys(paths, INFO)))
