"""What can be said to a scenario or a fault: the fields of a frozen value, each with its kind, default and meaning.

    @dataclass(frozen=True, kw_only=True, slots=True)
    class Latency:
        delay: timedelta = parameter(DURATION, "2s", "how long the client waits for the first byte")

The value is then read from a spec, and its list of parameters printed, without saying any of it again. Pure.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeVar

from ota_dev.documents import suggestion
from ota_dev.errors import UsageError
from ota_dev.scenarios.syntax import Spec
from ota_dev.scenarios.values import Kind

__all__ = ["Parameter", "parameter", "parameters_of", "read_parameters"]

_KEY = "parameter"  # of a field's metadata

_Value = TypeVar("_Value")
_Made = TypeVar("_Made")


@dataclass(frozen=True, kw_only=True, slots=True)
class Parameter:
    """One parameter, as it is listed for people."""

    name: str
    kind: Kind[Any]
    default: str  # as one would write it; empty where there is none
    says: str


def parameter(kind: Kind[_Value], default: str | None, says: str, *, name: str | None = None) -> Any:
    """Declare a field as a parameter; *name* is for those that are no name in Python, such as `for`.

    Without a default the field is `None` until it is said.
    """
    declared = Parameter(name=name or "", kind=kind, default=default or "", says=says)
    return field(default=None if default is None else kind.read(default), metadata={_KEY: declared})


def parameters_of(made: type[Any]) -> dict[str, Parameter]:
    """Give the parameters of a type by name, in the order of its fields."""
    return {each.name: each for each, _ in _declared(made)}


def read_parameters(made: type[_Made], spec: Spec, others: Collection[str] = ()) -> _Made:
    """Make a *made* with what *spec* says and the defaults for all else; parameters called as *others* are passed over.

    Raises:
        UsageError: there is no such parameter, or its value is of another kind.
    """
    known = {each.name: (each, attribute) for each, attribute in _declared(made)}
    values = {}
    for name, text in spec.parameters.items():
        if name in known:
            declared, attribute = known[name]
            try:
                values[attribute] = declared.kind.read(text)
            except ValueError as error:
                raise UsageError(f"{spec}: {name}={text}: {error}") from error
        elif name not in others:
            remedy = suggestion(name, (*known, *others)) if known or others else "it takes none"
            raise UsageError(f"{spec}: there is no parameter {name}, {remedy}")
    return made(**values)


def _declared(made: type[Any]) -> Iterator[tuple[Parameter, str]]:
    """Give each parameter with the field that holds it."""
    for entry in fields(made):
        declared = entry.metadata.get(_KEY)
        if declared is not None:
            yield replace(declared, name=declared.name or entry.name), entry.name
