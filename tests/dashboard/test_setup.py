"""How to point an app here."""

from collections.abc import Callable

import pytest

from ota_dev.catalog.releases import App, Catalog
from ota_dev.dashboard import State
from ota_dev.dashboard.views.setup import setup_view
from ota_dev.publishing import Publication

MakeState = Callable[..., State]


@pytest.fixture
def two_apps() -> Publication:
    catalog = Catalog(apps=(App(key="acmenotes", name="Acme Notes"), App(key="acmedraw", name="Acme Draw")))
    return Publication(catalog=catalog, files={}, revision=1)


def test_every_client_is_told_the_address_before_anything_is_on_offer(state: MakeState) -> None:
    view = setup_view(state(), {})

    assert {client.feed_url for client in view.clients} == {
        "http://127.0.0.1:8080/appcast.xml",
        "http://127.0.0.1:8080/latest.yml",
        "http://127.0.0.1:8080/latest.json",
        "http://127.0.0.1:8080/releases.win.json",
        "http://127.0.0.1:8080/RELEASES.json",
    }
    assert view.apps == ()


@pytest.mark.parametrize(("wanted", "shown"), [("acmedraw", "acmedraw"), ("", "acmenotes"), ("acmepaint", "acmenotes")])
def test_with_several_apps_one_is_chosen(state: MakeState, two_apps: Publication, wanted: str, shown: str) -> None:
    view = setup_view(state(publication=two_apps), {"setup-app": wanted})

    assert (view.app, [key for key, _ in view.apps]) == (shown, ["acmenotes", "acmedraw"])
    assert all(f"/apps/{shown}/" in client.feed_url for client in view.clients)


def test_the_public_key_comes_in_the_form_of_each_client(state: MakeState) -> None:
    view = setup_view(state(public_key="8Pvp4ZrHxlk4/chHNuCjWrWXGtrNajrg4DTIUfzQA7o="), {})

    assert len(view.key_forms) == len([client for client in view.clients if client.signing.snippet])


def test_without_a_key_there_is_no_form_of_it(state: MakeState) -> None:
    assert setup_view(state(), {}).key_forms == ()
