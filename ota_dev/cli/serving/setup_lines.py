"""Where everything is, and how to point each update client here, as lines of text for who asks. Pure."""

from collections.abc import Iterator, Sequence

from ota_dev.catalog.releases import App
from ota_dev.cli.console import printable
from ota_dev.cli.reports.clients import client_lines
from ota_dev.cli.serving.start_lines import labelled
from ota_dev.cli.wording import MOST_NAMES
from ota_dev.client_setup import client_setups, targets
from ota_dev.server.control import sign_in_url
from ota_dev.translations import Translations

__all__ = ["setup_lines"]


def setup_lines(
    texts: Translations, url: str, token: str, apps: Sequence[App], public_key: str | None = None
) -> Iterator[str]:
    """Say where the feeds and the dashboard are, and how to point each client at the first of *apps*."""
    all_targets = targets(url, apps, public_key)
    for target in all_targets[:MOST_NAMES]:
        feed = target.feed_url if target.app is None else f"{target.app_name}: {target.feed_url}"
        yield labelled(texts, "feed", feed)
    yield labelled(texts, "dashboard", sign_in_url(url, token))
    if len(all_targets) > 1:
        yield f"  {printable(texts.text('terminal.example_app', app=all_targets[0].app_name))}"
    for setup in client_setups(all_targets[0]):
        yield from client_lines(texts, setup, *setup.steps, setup.signing, *setup.undo)
