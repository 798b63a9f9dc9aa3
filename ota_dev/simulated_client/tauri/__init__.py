"""Tauri 2's updater plugin.

Source: `updater.rs` of tauri-plugin-updater in the state of October 2024; that a bundle's own entry is tried first, and
that downgrades can be allowed, came later.
"""

from ota_dev.catalog.targets import Platform
from ota_dev.simulated_client.etiquette import Etiquette
from ota_dev.simulated_client.feed_kinds import FeedKind
from ota_dev.simulated_client.field_names import FieldNames
from ota_dev.simulated_client.interface import SimulatedClient
from ota_dev.simulated_client.tauri.address import address
from ota_dev.simulated_client.tauri.comparator import compare
from ota_dev.simulated_client.tauri.deciding import decide

__all__ = ["CLIENT"]

CLIENT = SimulatedClient(
    name="tauri",
    title="Tauri 2",
    platforms=(Platform.MACOS, Platform.WINDOWS, Platform.LINUX),
    home=None,
    comparator=compare,
    decide=decide,
    reads=FeedKind.TAURI,
    fields=FieldNames(version="version", length="the size: {}", system="the platform"),
    address=address,
    usual_source="/tauri/{{target}}/{{arch}}/{{current_version}}",
    etiquette=Etiquette(
        headers={"User-Agent": "tauri-plugin-updater/2.0.2", "Accept": "application/octet-stream"},
        feed_headers={"Accept": "application/json"},
        patience=60,
        on_error='its caller gets "Could not fetch a valid release JSON from the remote", whatever the status',
    ),
)
