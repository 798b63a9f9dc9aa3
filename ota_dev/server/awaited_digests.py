"""Digests that an answer prints: those that are known, else waited for, within a client's patience."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import timedelta

from ota_dev.catalog.artifacts import Artifact
from ota_dev.catalog.deltas import Delta
from ota_dev.publishing import Publication, PublishedFile

__all__ = ["AwaitedDigests", "DigestsOf", "MissingDigestsError"]

DigestsOf = Callable[[PublishedFile, frozenset[str]], Future[Mapping[str, str]]]


class MissingDigestsError(Exception):
    """There are no digests, as yet; the message is a sentence for whoever asked."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AwaitedDigests:
    """Gives digests of what is published; *digests_of* reads those of a file, or remembers them."""

    digests_of: DigestsOf
    patience: timedelta

    async def of(
        self, file: Artifact | Delta, publication: Publication, algorithms: frozenset[str]
    ) -> Mapping[str, str]:
        """Give the digests of *file* by *algorithms*, in lower-case hex.

        Raises:
            MissingDigestsError: the file cannot be read now, or is so large that the client would not wait.
        """
        name = file.download_name
        reading = asyncio.wrap_future(self.digests_of(publication.files[name], algorithms))
        digests: Mapping[str, str] = {}
        try:
            async with asyncio.timeout(self.patience.total_seconds()):
                # One client that goes away must not take the digests from the others that wait for them.
                digests = await asyncio.shield(reading)
        except TimeoutError:
            which = ", ".join(sorted(map(_titled, algorithms)))
            raise MissingDigestsError(
                f"The {which} of {name} is still being computed; ask again in a few seconds."
            ) from None
        if not algorithms.issubset(digests):
            raise MissingDigestsError(f"{name} is being replaced or cannot be read; ask again in a few seconds.")
        return digests


def _titled(algorithm: str) -> str:
    """Write `sha256` as `SHA-256`."""
    return algorithm.upper().replace("SHA", "SHA-")
