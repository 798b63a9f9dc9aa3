"""Which packages the deltas of Velopack and Squirrel.Windows lead to, by their names. Pure.

Both tools name the two files of a release alike but for their ends, `Acme.Notes-1.3.0-full.nupkg` and
`Acme.Notes-1.3.0-delta.nupkg`; a delta leads there from the release before, which no file says.
"""

from collections.abc import Mapping
from dataclasses import replace

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.deltas import PACKAGE_DELTA, Delta
from ota_dev.catalog.releases import Catalog

__all__ = ["is_package_delta", "match_package_deltas"]

_FULL = "-full.nupkg"


def is_package_delta(name: str) -> bool:
    """Say whether a delta of this name leads to a package."""
    return name.lower().endswith(PACKAGE_DELTA)


def match_package_deltas(catalog: Catalog, sizes: Mapping[str, int]) -> tuple[Catalog, dict[str, str]]:
    """Give each delta to the package beside it; *sizes* are the bytes of each by download name.

    Also gives, by download name, the reason why a delta leads to none.
    """
    deltas = {name.lower(): name for name in sizes if is_package_delta(name)}
    full = {delta.removesuffix(PACKAGE_DELTA) + _FULL: name for delta, name in deltas.items()}
    if not full:
        return catalog, {}

    def add(artifact: Artifact) -> Artifact:
        name = full.pop(artifact.download_name.lower(), None)
        if name is None:
            return artifact
        return replace(artifact, deltas=(Delta(download_name=name, from_build=None, size=sizes[name]),))

    return catalog.with_each(add), {name: _reason(name) for name in full.values()}


def _reason(name: str) -> str:
    return f"keep the package that it leads to beside it, {name[: -len(PACKAGE_DELTA)]}{_FULL}"
