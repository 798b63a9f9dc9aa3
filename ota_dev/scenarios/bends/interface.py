"""What every bend is."""

from typing import Protocol

from ota_dev.catalog.releases import Catalog
from ota_dev.scenarios.asker import Asker

__all__ = ["Bend"]


class Bend(Protocol):
    """What a scenario makes of a catalog: a frozen value, whose parameters are its fields."""

    def bend(self, catalog: Catalog, asker: Asker, /) -> Catalog:
        """Give what the feed says instead of *catalog*; the same arguments always give the same."""
