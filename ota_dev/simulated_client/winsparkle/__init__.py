"""WinSparkle 0.9, the updater of Windows apps in C and C++.

Source: appcast.cpp and updatechecker.cpp of WinSparkle after 0.9.4 (baf83b10), and what the real client 0.9.3 was
seen to do.
"""

from ota_dev.catalog.targets import Platform
from ota_dev.simulated_client.etiquette import APP_NAME, Etiquette
from ota_dev.simulated_client.interface import SimulatedClient
from ota_dev.simulated_client.winsparkle.comparator import compare
from ota_dev.simulated_client.winsparkle.deciding import decide

__all__ = ["CLIENT"]

CLIENT = SimulatedClient(
    name="winsparkle",
    title="WinSparkle 0.9",
    platforms=(Platform.WINDOWS,),
    home=Platform.WINDOWS,
    comparator=compare,
    decide=decide,
    etiquette=Etiquette(
        headers={
            "User-Agent": f"{APP_NAME}/{{version}} WinSparkle/0.9.3 (Win64)",
            "Accept": "*/*",
            "Accept-Encoding": "gzip, deflate",
        },
        feed_headers={"Pragma": "no-cache"},
        patience=60,
        on_error="says that the update file was not found on the server",
    ),
)
