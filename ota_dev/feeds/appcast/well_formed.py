"""The last look at a feed before it leaves: is it XML that a client can read? Nothing of its meaning is judged."""

from xml.parsers import expat

from ota_dev.catalog.safe_text import plain
from ota_dev.errors import ConfigurationError

__all__ = ["require_well_formed"]

_EXCERPT = 80  # characters


def require_well_formed(feed: bytes, template: str) -> None:
    """Refuse a feed that is not well-formed XML in UTF-8.

    Raises:
        ConfigurationError: it names the *template*, and the place in the feed that it gave.
    """
    parser = expat.ParserCreate(namespace_separator=" ")  # so that an undeclared prefix is an error, as in the clients
    encodings: list[str] = []
    parser.XmlDeclHandler = lambda _version, encoding, _standalone: encodings.append(encoding or "utf-8")
    try:
        parser.Parse(feed, True)
    except expat.ExpatError as error:
        raise ConfigurationError(
            f"{template}: the feed it gives is not well-formed XML: {expat.ErrorString(error.code)} "
            f"at line {error.lineno} of the feed, column {error.offset + 1}{_excerpt(feed, error.lineno)}"
        ) from error
    if encodings and encodings[0].lower() != "utf-8":
        raise ConfigurationError(
            f'{template}: the feed it gives declares encoding="{encodings[0]}", but feeds are written in UTF-8: '
            "declare utf-8 in its first line"
        )


def _excerpt(feed: bytes, number: int) -> str:
    lines = feed.decode(errors="replace").split("\n")
    line = plain(lines[number - 1]) if number <= len(lines) else ""
    return f": {line[:_EXCERPT]}" if line else ""
