"""electron-updater 6, the updater of Electron apps that electron-builder packs.

Source: AppUpdater.js, MacUpdater.js, Provider.js and GenericProvider.js of electron-updater 6.8.10, and the real
client, observed.
"""

from ota_dev.catalog.targets import Platform
from ota_dev.simulated_client.electron_updater.address import address
from ota_dev.simulated_client.electron_updater.deciding import decide
from ota_dev.simulated_client.etiquette import Etiquette
from ota_dev.simulated_client.feed_kinds import FeedKind
from ota_dev.simulated_client.field_names import FieldNames
from ota_dev.simulated_client.interface import SimulatedClient
from ota_dev.simulated_client.profile import Profile
from ota_dev.simulated_client.semantic_versions import compare_as_npm

__all__ = ["CLIENT"]


def _verifies_no_signature(_: Profile) -> bool:
    return False  # The feed is not signed; what the system makes of the installer's own signature is not simulated.


CLIENT = SimulatedClient(
    name="electron-updater",
    title="electron-updater 6",
    platforms=(Platform.WINDOWS, Platform.MACOS, Platform.LINUX),
    home=None,
    comparator=compare_as_npm,
    decide=decide,
    reads=FeedKind.ELECTRON_UPDATER,
    fields=FieldNames(version="version", length="size: {}", system="the files"),
    address=address,
    usual_source="/",
    etiquette=Etiquette(
        headers={"User-Agent": "electron-builder", "Cache-Control": "no-cache"},
        # Of an app to which a staged rollout comes first.
        feed_headers={"x-user-staging-id": "00000000-0000-5000-8000-000000000000"},
        patience=120,
        on_error="its error event says HttpError, for 404 ERR_UPDATER_CHANNEL_FILE_NOT_FOUND",
    ),
    verifies_downloads=_verifies_no_signature,
    knows_channels=True,
)
