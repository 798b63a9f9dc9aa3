"""XML out of a file that may be hostile: small, without entities, in Unicode.

Package manifests need no document type, so one is refused instead of parsed: entity expansion and external entities
then cannot happen, whatever the parser beneath does. Reads only the bytes it is given.
"""

from xml.etree.ElementTree import Element, ParseError, fromstring

from ota_dev.errors import InstallerError

__all__ = ["MAX_XML_SIZE", "parse_xml"]

MAX_XML_SIZE = 1 << 20  # bytes

_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")


def parse_xml(data: bytes, what: str) -> Element:
    """Parse a UTF-8 or UTF-16 document of at most `MAX_XML_SIZE` bytes that declares no types and no entities.

    *what* names the document in errors. A caller that stops reading at `MAX_XML_SIZE` + 1 bytes gets the error for a
    document that is too long.

    Raises:
        InstallerError: it is none of that, or not well-formed.
    """
    if len(data) > MAX_XML_SIZE:
        raise InstallerError(f"{what} is longer than {MAX_XML_SIZE} bytes, which no real one is")
    try:
        text = data.decode("utf-16" if data.startswith(_BYTE_ORDER_MARKS) else "utf-8-sig")
        if "<!DOCTYPE" in text:  # the only place for <!ENTITY
            raise InstallerError(f"{what} has a document type declaration, which is refused in case it is an attack")
        # Text, unlike bytes, makes the parser ignore any encoding that the document declares.
        return fromstring(text)  # noqa: S314 - what makes this parser unsafe is refused above
    except (ParseError, UnicodeDecodeError) as error:
        raise InstallerError(f"{what} is not well-formed XML: {error}") from error
