"""A hand-written client, such as many PyInstaller apps carry.

Source: the Python client of one such app, observed by running it.
"""

from ota_dev.catalog.targets import Platform
from ota_dev.simulated_client.etiquette import Etiquette
from ota_dev.simulated_client.generic.comparator import compare
from ota_dev.simulated_client.generic.deciding import decide
from ota_dev.simulated_client.generic.update_check import decide_answer
from ota_dev.simulated_client.interface import SimulatedClient

__all__ = ["CLIENT"]

CLIENT = SimulatedClient(
    name="generic",
    title="a hand-written client",
    platforms=(Platform.MACOS, Platform.WINDOWS, Platform.LINUX),
    home=None,
    comparator=compare,
    decide=decide,
    decide_answer=decide_answer,
    etiquette=Etiquette(
        headers={
            "User-Agent": "python-requests/2.32.5",
            "Accept-Encoding": "gzip, deflate",
            "Accept": "*/*",
            "Connection": "keep-alive",
        },
        patience=60,
        feed_pauses=(0, 1),
        download_pauses=(0, 1, 2),
        download_silence=15,
        least_rate=100_000,
        on_error="reads the error's body as a feed",
        takes_error_pages=True,
        checks_length=True,
        takes_digests=True,
    ),
    asks_for_its_target=True,
)
