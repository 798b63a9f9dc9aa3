"""Bytes that must not be seen. Pure."""

from typing import NoReturn

__all__ = ["Secret"]


class Secret:
    """Bytes that only `reveal` gives away; what prints, logs, copies or pickles a secret learns its length at most.

    Code that may raise keeps key material in secrets, since a traceback may show the local variables of its frames.
    """

    __slots__ = ("_value",)

    def __init__(self, value: bytes) -> None:
        self._value = value

    def __len__(self) -> int:
        return len(self._value)

    def __repr__(self) -> str:
        return f"<secret of {len(self)} bytes>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is neither pickled nor copied")

    def reveal(self) -> bytes:
        """Give the bytes themselves."""
        return self._value
