"""Which packages the deltas of Velopack and Squirrel.Windows lead to."""

from collections.abc import Callable

import pytest

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.delta_matching import match_deltas
from ota_dev.catalog.grouping import group
from ota_dev.catalog.releases import Catalog

Shelf = Callable[..., Catalog]


@pytest.fixture
def shelf(artifact: Callable[..., Artifact]) -> Shelf:
    """Offer packages of one app, by the names of their files."""
    return lambda *names: group(artifact(name, name="Acme Notes") for name in names)


def test_a_delta_belongs_to_the_package_that_is_called_like_it(shelf: Shelf) -> None:
    catalog, reasons = match_deltas(
        shelf("Acme-1.3.0-full.nupkg", "Acme-1.2.0-full.nupkg"), {"Acme-1.3.0-DELTA.nupkg": 7}
    )

    found = {artifact.download_name: artifact.deltas for artifact in catalog if artifact.deltas}
    assert reasons == {}
    assert list(found) == ["Acme-1.3.0-full.nupkg"]
    (delta,) = found["Acme-1.3.0-full.nupkg"]
    assert (delta.download_name, delta.size, delta.from_build) == ("Acme-1.3.0-DELTA.nupkg", 7, None)


def test_a_delta_without_its_package_is_left_out_and_told(shelf: Shelf) -> None:
    _, reasons = match_deltas(shelf("Acme-1.2.0-full.nupkg"), {"old/Acme-1.2.0-delta.nupkg": 7})

    assert reasons == {
        "old/Acme-1.2.0-delta.nupkg": "keep the package that it leads to beside it, old/Acme-1.2.0-full.nupkg"
    }
