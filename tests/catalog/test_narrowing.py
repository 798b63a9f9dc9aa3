"""Narrowings of one app, and which of them come to the same."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.narrowing import Narrowing
from ota_dev.catalog.notes import Note, Notes, NotesFormat
from ota_dev.catalog.policy import Policy
from ota_dev.catalog.releases import App
from ota_dev.catalog.targets import Architecture, Platform
from ota_dev.catalog.versions import Version

TAGS = st.sampled_from(["de", "de-AT", "en", "fr", "pt", "pt-BR", "pt-PT", "zh-CN", "zh-Hant", "zh-TW"])
NARROWINGS = st.builds(
    Narrowing,
    platform=st.sampled_from([None, *Platform]),
    architecture=st.sampled_from([None, *Architecture]),
    channel=st.sampled_from([None, "beta", "nightly", "unknown", "unheard-of"]),
    languages=st.none() | st.lists(TAGS, max_size=3).map(tuple),
    newest=st.sampled_from([None, *map(Version, ("0.9", "1.0", "1", "1.5", "2.0", "3.0b1"))]),
)


@pytest.fixture
def app(artifact: Callable[..., Artifact]) -> App:
    """Give an app with three releases on two channels, whose notes are in different languages."""
    releases = [
        ("Acme-1.0.dmg", "1.0", None, (None, "de", "pt-BR")),
        ("Acme-2.0.exe", "2.0", "beta", ("de", "pt-PT", "zh-CN")),
        ("Acme-3.0b1.dmg", "3.0b1", None, ()),
    ]
    return App.of(
        "acme",
        "Acme",
        [
            replace(
                artifact(name, version),
                policy=Policy(channel=channel),
                notes=Notes.of(Note(language=tag, format=NotesFormat.HTML, text="") for tag in languages),
            )
            for name, version, channel, languages in releases
        ],
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=NARROWINGS, other=NARROWINGS)
def test_narrowings_of_equal_effect_make_the_same_of_an_app(app: App, one: Narrowing, other: Narrowing) -> None:
    assert one.effect_on(app) != other.effect_on(app) or one.of(app) == other.of(app)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(Narrowing(channel="unknown"), Narrowing(channel="other"), id="channels that there are not"),
        pytest.param(Narrowing(languages=("de",)), Narrowing(languages=("de-CH",)), id="regions of a language"),
        pytest.param(Narrowing(languages=("fr",)), Narrowing(languages=("it", "ja")), id="languages without notes"),
        pytest.param(Narrowing(newest=Version("1")), Narrowing(newest=Version("1.0.0")), id="spellings of a version"),
    ],
)
def test_what_comes_to_the_same_has_equal_effect(app: App, one: Narrowing, other: Narrowing) -> None:
    assert one.effect_on(app) == other.effect_on(app)


def test_what_is_asked_for_has_another_effect_than_nothing(app: App) -> None:
    asked = [Narrowing(), Narrowing(channel="beta"), Narrowing(channel="none"), Narrowing(languages=("pt",))]

    assert len({narrowing.effect_on(app) for narrowing in asked}) == len(asked)
