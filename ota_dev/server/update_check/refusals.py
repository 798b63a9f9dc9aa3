"""Why a client of the JSON API gets no answer, in JSON. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from ota_dev.server.messages import Response

__all__ = ["RefusedError"]

_NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class RefusedError(Exception):
    """A request that is not answered, with a sentence that says why and what to do."""

    def __init__(
        self, status: int, sentence: str, *, choices: Sequence[str] = (), headers: Mapping[str, str] = _NO_HEADERS
    ) -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.choices, self.headers = status, sentence, choices, headers

    @property
    def response(self) -> Response:
        """Give the answer that says so."""
        value = {"error": self.sentence, **({"choices": list(self.choices)} if self.choices else {})}
        return replace(Response.json(self.status, value, self.headers), reason=self.sentence)
