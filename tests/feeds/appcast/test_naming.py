import pytest

from ota_dev.feeds.appcast.naming import NAMES
from ota_dev.feeds.interface import FeedName


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("appcast.xml", FeedName()),
        ("appcast-macos.xml", FeedName(system="macos")),
        ("appcast-windows-x86-64.xml", FeedName(system="windows", architecture="x86-64")),
        ("appcast.zh-CN.xml", FeedName(language="zh-CN")),
        ("appcast-macos-aarch64.zh-CN.xml", FeedName(system="macos", architecture="aarch64", language="zh-CN")),
        ("appcast-.xml", FeedName(system="")),
        ("appcast-macos-.xml", FeedName(system="macos", architecture="")),
        ("appcast..xml", FeedName(language="")),
        ("appcastmacos.xml", None),
        ("appcast-macos.yml", None),
        ("appcast", None),
        ("APPCAST.XML", None),
    ],
)
def test_the_name_of_an_appcast_says_what_it_is_narrowed_to(name: str, said: FeedName | None) -> None:
    assert NAMES.read(name) == said


@pytest.mark.parametrize("parts", [(), ("macos",), ("macos", "arm64"), ("macos", "arm64", "de"), (None, None, "de")])
def test_every_name_is_read_back(parts: tuple[str | None, ...]) -> None:
    said = NAMES.read(NAMES.name(*parts))

    assert said
    assert [part for part in (said.system, said.architecture, said.language) if part] == [*filter(None, parts)]
