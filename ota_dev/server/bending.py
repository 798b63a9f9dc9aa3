"""A publication as scenarios and faults have it: bent for one request, and remembered while there is room."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace

from ota_dev.publishing import Publication
from ota_dev.scenarios.asker import Asker
from ota_dev.scenarios.faults import Struck, bend_catalog
from ota_dev.scenarios.scenario import Signing, bent
from ota_dev.server.disturbing import promises_of
from ota_dev.server.in_force import InForce

__all__ = ["Bending", "Resign"]

Resign = Callable[[Publication, Signing], Publication]  # reads installers where another key is to sign them

MOST_KEPT = 32


class Bending:
    """Bend publications; *resign* makes signatures wrong in the way that a scenario names."""

    def __init__(self, resign: Resign = lambda publication, _: publication) -> None:
        self._resign = resign
        self._kept: OrderedDict[Hashable, Publication] = OrderedDict()

    def bent(
        self, publication: Publication, in_force: InForce, struck: Sequence[Struck], host: str | None
    ) -> Publication:
        """Give what *publication* is under *in_force* for a client whose host version is *host*.

        The same arguments give the same value, with a `variant` that tells it from every other of its revision.
        """
        promises = promises_of(struck)
        if not in_force.scenarios and not promises:
            return publication
        # When it was put in force counts too: a scenario may begin a rollout at that moment.
        variant = (in_force.names, in_force.since, promises, host)
        key = (publication.revision, variant)
        if key not in self._kept:
            asker = Asker.of(in_force.since, host)
            catalog = bend_catalog(bent(publication.catalog, in_force.scenarios, asker), promises)
            self._kept[key] = self._resign(replace(publication, catalog=catalog, variant=variant), in_force.signing)
        self._kept.move_to_end(key)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return self._kept[key]
