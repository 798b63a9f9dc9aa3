"""What real resource compilers write is tested with the programs that they made."""

import contextlib
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.errors import InstallerError
from ota_dev.installers.portable_executable.version_resource import parse_version_resource


def block(key: str, value: bytes = b"", children: bytes = b"", *, is_text: bool = False) -> bytes:
    """Write a block as Microsoft describes it: length, length of the value, type, key, value, children."""
    head = padded(bytes(6) + f"{key}\0".encode("utf-16-le"))
    data = padded(head + value) + children if children else head + value
    return struct.pack("<3H", len(data), len(value) // (2 if is_text else 1), is_text) + data[6:]


def padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)


def resource(tables: dict[str, dict[str, str]]) -> bytes:
    written = b"".join(
        padded(block(language, children=b"".join(padded(string(*entry)) for entry in strings.items())))
        for language, strings in tables.items()
    )
    return block("VS_VERSION_INFO", children=block("StringFileInfo", children=written))


def string(key: str, value: str) -> bytes:
    return block(key, f"{value}\0".encode("utf-16-le"), is_text=True)


@given(st.dictionaries(st.text("ABCxyz", min_size=1), st.text(st.characters(exclude_categories=["Cs"])), min_size=1))
def test_every_string_is_read_back(strings: dict[str, str]) -> None:
    read = parse_version_resource(resource({"040904b0": strings})).strings

    assert read == {key: value.split("\0")[0] for key, value in strings.items()}


@pytest.mark.parametrize(
    ("languages", "chosen"),
    [
        (["040704b0", "040904b0", "000004b0"], "000004b0"),
        (["040704b0", "080904b0", "040904E4"], "040904E4"),
        (["040704b0", "080904b0"], "080904b0"),
        (["no number", "040c04b0", "040704b0"], "040704b0"),
    ],
    ids=["neutral", "American", "other English", "lowest number"],
)
def test_one_of_several_tables_is_chosen(languages: list[str], chosen: str) -> None:
    tables = {language: {"ProductName": language} for language in languages}

    assert parse_version_resource(resource(tables)).strings == {"ProductName": chosen}


def test_a_resource_without_tables_or_fixed_numbers_says_nothing() -> None:
    read = parse_version_resource(block("VS_VERSION_INFO", b"short"))

    assert (read.strings, read.fixed_product_version, read.fixed_file_version) == ({}, "", "")


@given(st.binary(max_size=300))
def test_any_bytes_are_a_resource_or_a_reason(data: bytes) -> None:
    with contextlib.suppress(InstallerError):
        parse_version_resource(resource({"040904b0": {"ProductName": "Acme"}})[: len(data)] + data)
