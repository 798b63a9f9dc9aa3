"""Header fields of a request as a value. Pure."""

from collections.abc import Collection, Iterable

__all__ = ["Headers"]


class Headers:
    """Header fields of a request, found by name in any case."""

    __slots__ = ("_values",)

    def __init__(self, fields: Iterable[tuple[str, str]] = ()) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in fields:
            self._values.setdefault(name.lower(), []).append(value)

    def get(self, name: str) -> str | None:
        """Give a field's value, several joined with commas (RFC 9110 section 5.3), `None` where there is none."""
        values = self._values.get(name.lower())
        return ", ".join(values) if values else None

    def items(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        """Give each field's lower-case name and its values."""
        return ((name, tuple(values)) for name, values in self._values.items())

    def all(self, name: str) -> tuple[str, ...]:
        """Give the values of every field with this name."""
        return tuple(self._values.get(name.lower(), ()))

    def without(self, names: Collection[str]) -> "Headers":
        """Leave out the fields with these lower-case *names*."""
        return Headers((name, value) for name, values in self.items() if name not in names for value in values)
