"""What the parts of a feed are called in the format that a client reads, for advice. Pure."""

from dataclasses import dataclass

__all__ = ["OF_APPCASTS", "FieldNames"]


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldNames:
    """The names in one format."""

    version: str
    length: str  # with `{}` for its value
    system: str


OF_APPCASTS = FieldNames(version="sparkle:version", length='length="{}"', system="sparkle:os")
