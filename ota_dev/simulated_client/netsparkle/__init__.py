"""NetSparkle 3.0, the updater of .NET apps.

Source: AppCastHelper.cs, XMLAppCastGenerator.cs, AppCastItem.cs, ChannelAppCastFilter.cs and SemVerLike.cs of
NetSparkle (70493547). The real client was not run.
"""

from ota_dev.catalog.targets import Platform
from ota_dev.simulated_client.etiquette import Etiquette
from ota_dev.simulated_client.interface import SimulatedClient
from ota_dev.simulated_client.netsparkle.comparator import compare
from ota_dev.simulated_client.netsparkle.deciding import decide
from ota_dev.simulated_client.netsparkle.rules import needs_signatures, verifies_downloads

__all__ = ["CLIENT"]

CLIENT = SimulatedClient(
    name="netsparkle",
    title="NetSparkle 3.0",
    platforms=(Platform.WINDOWS, Platform.MACOS, Platform.LINUX),
    home=Platform.WINDOWS,
    comparator=compare,
    decide=decide,
    etiquette=Etiquette(
        headers={},
        patience=60,
        on_error="tells its user that there is no internet",
        refuses_downgrades=True,
        asks_for_name=True,
        needs_length=True,
    ),
    verifies_downloads=verifies_downloads,
    wants_feed_signature=needs_signatures,
)
