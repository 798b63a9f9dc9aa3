"""How scenarios and faults are written, in flags, addresses, configuration and the control API alike. Pure.

    name:parameter=value,parameter=value

1. What has a meaning here is split off first (the first `:`, every `,`, the first `=` of each parameter, and in an
   address every `+` between two specs); only then is each part percent-decoded, so that a value may hold anything that
   can be printed.
2. A `%` that begins no escape stands for itself, and `50pct` for `50%`, which an address cannot hold.

What the names and values mean is not known here.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import quote, unquote

from ota_dev.catalog.safe_text import escape_control
from ota_dev.documents import suggestion
from ota_dev.errors import UsageError

__all__ = ["Spec", "parse_spec", "parse_specs", "unknown_name"]

LONGEST_SPEC = 500  # characters
MOST_SPECS = 10  # in one address
MOST_PARAMETERS = 16
LONGEST_SHOWN = 60  # characters of what was written, in a message

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_PARAMETER = re.compile(r"[a-z][a-z0-9_]{0,31}")
_PER_CENT = re.compile(r"([0-9]+(?:\.[0-9]+)?)%")
_PER_CENT_IN_ADDRESS = re.compile(r"([0-9]+(?:\.[0-9]+)?)pct")
_MISLEADING = re.compile(r",|%(?=[0-9A-Fa-f]{2})")  # what parsing would take for a separator or an escape


@dataclass(frozen=True, slots=True)
class Spec:
    """A scenario or a fault as somebody wrote it: its name, and the parameters that are not left to their defaults."""

    name: str
    parameters: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __str__(self) -> str:
        return self._written(_escape_misleading)

    def __hash__(self) -> int:
        return hash((self.name, frozenset(self.parameters.items())))

    @property
    def url(self) -> str:
        """Give the spec as a part of an address: in ASCII, without `/`, `+` or `%` that stands for itself."""
        return self._written(_encode_for_address)

    def _written(self, encode: Callable[[str], str]) -> str:
        parameters = ",".join(f"{name}={encode(value)}" for name, value in self.parameters.items())
        return f"{self.name}:{parameters}" if parameters else self.name


def parse_spec(text: str) -> Spec:
    """Read one spec, such as `truncate:after=50%,times=2`.

    Raises:
        UsageError: it is written in another way, is too long, or says a parameter twice.
    """
    if len(text) > LONGEST_SPEC:
        raise UsageError(f"{_shown(text)}: it is longer than {LONGEST_SPEC} characters, so write fewer parameters")
    name, colon, rest = text.partition(":")
    name = _decoded(name, text)
    if not _NAME.fullmatch(name):
        raise UsageError(f"{_shown(text)}: write a name, or name:parameter=value,parameter=value")
    return Spec(name, MappingProxyType(_parameters(rest, text) if colon else {}))


def parse_specs(url_part: str) -> tuple[Spec, ...]:
    """Read the specs that stand between two slashes of an address, such as `slow-3g+truncate:after=50pct`.

    *url_part* is still percent-encoded.

    Raises:
        UsageError: one of them cannot be read, or there are too many.
    """
    texts = url_part.split("+", MOST_SPECS)
    if len(texts) > MOST_SPECS:
        raise UsageError(f"{_shown(url_part)}: there are more than {MOST_SPECS} of them, so leave some out")
    return tuple(map(parse_spec, texts))


def unknown_name(kind: str, name: str, known: Collection[str]) -> UsageError:
    """Build the error for a *name* that no *kind* of thing has, such as `fault`; it says what was perhaps meant."""
    return UsageError(f"{_shown(name)}: there is no such {kind}, {suggestion(name, known)}")


def _parameters(text: str, whole: str) -> dict[str, str]:
    parameters: dict[str, str] = {}
    parts = text.split(",", MOST_PARAMETERS)
    if len(parts) > MOST_PARAMETERS:
        raise UsageError(f"{_shown(whole)}: there are more than {MOST_PARAMETERS} parameters, so leave some out")
    for part in parts:
        name, equals, value = (_decoded(piece, whole) for piece in part.partition("="))
        if not equals or not value or not _PARAMETER.fullmatch(name):
            raise UsageError(f"{_shown(whole)}: {_shown(part)} is no parameter, write parameter=value")
        if name in parameters:
            raise UsageError(f"{_shown(whole)}: {name} is said twice, so leave one out")
        parameters[name] = _PER_CENT_IN_ADDRESS.sub(r"\1%", value) if _PER_CENT_IN_ADDRESS.fullmatch(value) else value
    return parameters


def _decoded(part: str, whole: str) -> str:
    try:
        decoded = unquote(part, errors="strict")
    except UnicodeDecodeError as error:
        raise UsageError(f"{_shown(whole)}: {_shown(part)} is no percent-encoded UTF-8, so encode it again") from error
    if not decoded.isprintable():
        raise UsageError(f"{_shown(whole)}: {_shown(part)} holds characters that cannot be printed, so leave them out")
    return decoded


def _escape_misleading(value: str) -> str:
    return _MISLEADING.sub(lambda match: f"%{ord(match[0]):02X}", value)


def _encode_for_address(value: str) -> str:
    return quote(_PER_CENT.sub(r"\1pct", value) if _PER_CENT.fullmatch(value) else value, safe="")


def _shown(text: str) -> str:
    return escape_control(text, LONGEST_SHOWN)
