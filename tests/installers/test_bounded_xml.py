import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.errors import InstallerError
from ota_dev.installers.bounded_xml import MAX_XML_SIZE, parse_xml

BOMB = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">]><a>&b;&b;&b;</a>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_document_is_read_in_every_unicode_encoding(encoding: str) -> None:
    document = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?><a>Müller 🚀</a>'

    assert parse_xml(document.encode(encoding), "manifest").text == "Müller 🚀"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_that_declares_types_or_entities_is_refused(encoding: str) -> None:
    with pytest.raises(InstallerError, match="manifest has a document type declaration"):
        parse_xml(BOMB.encode(encoding), "manifest")


def test_a_declared_encoding_cannot_hide_a_document_type() -> None:
    disguised = b'<?xml version="1.0" encoding="cp037"?>' + BOMB.encode("cp037")

    with pytest.raises(InstallerError, match="not well-formed"):
        parse_xml(disguised, "manifest")


def test_a_document_beyond_the_limit_is_refused() -> None:
    document = b"<a>" + b" " * (MAX_XML_SIZE - 7) + b"</a>"

    assert parse_xml(document, "manifest").tag == "a"
    with pytest.raises(InstallerError, match="longer than"):
        parse_xml(document + b" ", "manifest")


@given(st.binary(max_size=200))
def test_any_bytes_are_a_document_or_a_reason(data: bytes) -> None:
    with contextlib.suppress(InstallerError):
        parse_xml(data, "manifest")


@pytest.mark.parametrize("document", [b"", b"<a>", b"\x00" * 10, b"\xff\xfe<", b"<a>\xff</a>", b"<a>&unknown;</a>"])
def test_a_broken_document_is_refused_with_its_name(document: bytes) -> None:
    with pytest.raises(InstallerError, match="manifest is not well-formed XML"):
        parse_xml(document, "manifest")
