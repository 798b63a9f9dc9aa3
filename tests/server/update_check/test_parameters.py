import pytest

from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.server.update_check.parameters import Asked
from ota_dev.server.update_check.refusals import RefusedError

QUERY = {"version": "1.2.0", "platform": "macos", "arch": "arm64"}


@pytest.mark.parametrize(
    ("spelling", "platform"),
    [
        *[(spelling, Platform.MACOS) for spelling in ("darwin", "Darwin", "macos", "osx", "mac")],
        *[(spelling, Platform.WINDOWS) for spelling in ("win32", "Windows", "win64", "windows")],
        *[(spelling, Platform.LINUX) for spelling in ("linux", "Linux")],
    ],
)
def test_a_platform_is_read_in_every_spelling(spelling: str, platform: Platform) -> None:
    assert Asked.read({**QUERY, "platform": spelling}).platform is platform


@pytest.mark.parametrize(
    ("spelling", "architecture"),
    [
        *[(spelling, Architecture.ARM64) for spelling in ("arm64", "aarch64", "ARM64", "arm64e")],
        *[(spelling, Architecture.X86_64) for spelling in ("x86_64", "AMD64", "amd64", "x64")],
        *[(spelling, Architecture.X86) for spelling in ("x86", "i386", "i686")],
    ],
)
def test_an_architecture_is_read_in_every_spelling(spelling: str, architecture: Architecture) -> None:
    assert Asked.read({**QUERY, "arch": spelling}).architecture is architecture


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"version": "soon"}, "version: 'soon' is no version, write one such as 1.3.0"),
        ({"platform": "beos"}, "platform: 'beos' is no operating system, use macos, windows or linux"),
        ({"arch": "sparc"}, "arch: 'sparc' is no architecture, use arm64, x86_64, x86 or universal"),
        ({"channel": "a b"}, "channel: 'a b' is no channel's name, use letters, digits, dots, dashes and underscores"),
        ({"language": "!"}, "language: '!' is no language, write a tag such as de or zh-CN"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_is_expected(changed: dict[str, str], sentence: str) -> None:
    with pytest.raises(RefusedError) as refused:
        Asked.read({**QUERY, **changed})

    assert (refused.value.status, refused.value.sentence) == (400, sentence)


def test_everything_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(RefusedError) as refused:
        Asked.read({"app": "ecan"})

    assert refused.value.sentence.split("; ") == [
        "version is missing: write version=1.2.0",
        "platform is missing: write platform=macos",
        "arch is missing: write arch=arm64",
    ]


def test_another_version_may_stand_for_a_missing_one() -> None:
    assert Asked.read({"platform": "macos", "arch": "arm64"}, version="0").version.text == "0"


@pytest.mark.parametrize(
    ("query", "header", "languages"),
    [
        ({}, "", ()),
        ({}, "de-AT,de;q=0.9,en;q=0.5", ("de-AT", "de", "en")),
        ({"language": "zh-CN"}, "de", ("zh-CN",)),
    ],
    ids=["neither", "header", "the query alone"],
)
def test_languages_come_from_the_query_and_then_from_the_header(
    query: dict[str, str], header: str, languages: tuple[str, ...]
) -> None:
    assert Asked.read({**QUERY, **query}, header).languages == languages
