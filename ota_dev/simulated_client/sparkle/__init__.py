"""Sparkle 2.9, the updater of Mac apps.

Source: SUAppcast.m, SUAppcastItem.m, SUAppcastDriver.m, SPUAppcastItemStateResolver.m and SUStandardVersionComparator.m
of Sparkle 2.9.
"""

from ota_dev.catalog.targets import Platform
from ota_dev.simulated_client.etiquette import APP_NAME, Etiquette
from ota_dev.simulated_client.interface import SimulatedClient
from ota_dev.simulated_client.sparkle.deciding import decide
from ota_dev.simulated_client.sparkle.rules import compare

__all__ = ["CLIENT"]

CLIENT = SimulatedClient(
    name="sparkle",
    title="Sparkle 2.9",
    platforms=(Platform.MACOS,),
    home=Platform.MACOS,
    comparator=compare,
    decide=decide,
    etiquette=Etiquette(
        headers={
            "User-Agent": f"{APP_NAME}/{{version}} Sparkle/2.9.6",
            "Accept": "*/*",
            "Accept-Encoding": "gzip, deflate",
        },
        feed_headers={"Accept": "application/rss+xml,*/*;q=0.1"},
        patience=30,
        on_error="says that it could not retrieve update information",
    ),
    knows_channels=True,
)
