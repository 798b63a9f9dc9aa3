"""Velopack 1, the updater of apps that `vpk` packs.

Source: the core in Rust, by the client for Python of Velopack 1.2, observed; others share it. That for C# asks with
other parameters, and decides alike.
"""

from ota_dev.catalog.targets import Platform
from ota_dev.simulated_client.etiquette import Etiquette
from ota_dev.simulated_client.feed_kinds import FeedKind
from ota_dev.simulated_client.field_names import FieldNames
from ota_dev.simulated_client.interface import SimulatedClient
from ota_dev.simulated_client.profile import Profile
from ota_dev.simulated_client.semantic_versions import compare_as_rust
from ota_dev.simulated_client.velopack.address import address
from ota_dev.simulated_client.velopack.deciding import decide

__all__ = ["CLIENT"]


def _verifies_no_signature(_: Profile) -> bool:
    return False  # Neither the feed nor its packages are signed.


CLIENT = SimulatedClient(
    name="velopack",
    title="Velopack 1",
    platforms=(Platform.WINDOWS, Platform.MACOS, Platform.LINUX),
    home=None,
    comparator=compare_as_rust,
    decide=decide,
    reads=FeedKind.VELOPACK,
    fields=FieldNames(version="Version", length='"Size": {}', system="the channel"),
    address=address,
    usual_source="/",
    etiquette=Etiquette(
        headers={}, patience=60, on_error="its caller gets an error that names the status", checks_length=True
    ),
    verifies_downloads=_verifies_no_signature,
    knows_channels=True,
)
