"""How to point each client here, as the terminal tells it."""

import pytest
from rich.cells import cell_len

from ota_dev.catalog.releases import App
from ota_dev.cli.serving.setup_lines import setup_lines
from ota_dev.client_setup import Target, client_setups
from ota_dev.translations import LANGUAGES, Translations

URL = "http://127.0.0.1:8080"
KEY = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="


def lines(language: str = "en", *apps: str, key: str | None = None) -> list[str]:
    on_offer = [App(key=name.lower(), name=name) for name in apps]
    return list(setup_lines(Translations.of(language), URL, "secret", on_offer, key))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", [None, KEY], ids=["unsigned", "signed"])
def test_every_step_and_every_undo_of_every_client_is_told(language: str, key: str | None) -> None:
    texts, told = Translations.of(language), "\n".join(lines(language, key=key))

    for setup in client_setups(Target(server_url=URL, public_key=key)):
        assert f"\n  {texts.text(setup.title)}\n" in told
        for step in (*setup.steps, setup.signing, *setup.undo):
            assert step.said(texts) in told
            assert all(line in told for line in (step.snippet.text.split("\n") if step.snippet else []))


def test_of_several_apps_each_has_its_feed_and_the_first_is_the_example() -> None:
    told = lines("en", "Draw", "Notes")

    assert told[:2] == [
        f"  feed      Draw: {URL}/apps/draw/appcast.xml",
        f"  feed      Notes: {URL}/apps/notes/appcast.xml",
    ]
    assert f"      defaults write BUNDLE-ID SUFeedURL {URL}/apps/draw/appcast.xml" in told
    assert told[3].startswith("  For Draw, as an example")


def test_many_apps_do_not_fill_the_terminal() -> None:
    assert len(lines("en", *(f"App{number}" for number in range(50)))) == len(lines("en", "One", "Two")) + 1


def test_a_name_cannot_steer_the_terminal() -> None:
    assert all(line.isprintable() for line in lines("zh", "Draw\x1b[2J\n", "Notes"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_addresses_begin_in_one_column(language: str) -> None:
    columns = {cell_len(line[: line.index("http")]) for line in lines(language)[:2]}

    assert columns == {12}
