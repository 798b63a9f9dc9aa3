import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.catalog.targets import Architecture
from ota_dev.installers.mac_app.mach_o import architectures

X86, X86_64, ARM64, POWERPC = 0x7, 0x01000007, 0x0100000C, 0x12


def thin(order: str, magic: int, processor: int) -> bytes:
    return struct.pack(order + "7I", magic, processor, 3, 2, 0, 0, 0)


def fat(*processors: int, order: str = ">", magic: int = 0xCAFEBABE) -> bytes:
    entry = order + ("5I" if magic == 0xCAFEBABE else "2I2Q2I")
    places = (0, 0, 0) if magic == 0xCAFEBABE else (0, 0, 0, 0)
    entries = (struct.pack(entry, processor, 3, *places) for processor in processors)
    return struct.pack(order + "2I", magic, len(processors)) + b"".join(entries)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        pytest.param(thin("<", 0xFEEDFACF, ARM64), [Architecture.ARM64], id="64 bit"),
        pytest.param(thin("<", 0xFEEDFACE, X86), [Architecture.X86], id="32 bit"),
        pytest.param(thin(">", 0xFEEDFACF, X86_64), [Architecture.X86_64], id="64 bit, big-endian"),
        pytest.param(thin(">", 0xFEEDFACE, POWERPC), [], id="a processor no feed knows"),
        pytest.param(fat(X86_64, ARM64), [Architecture.X86_64, Architecture.ARM64], id="universal"),
        pytest.param(fat(ARM64, magic=0xCAFEBABF), [Architecture.ARM64], id="fat with 64-bit places"),
        pytest.param(
            fat(X86_64, ARM64, magic=0xCAFEBABF), [Architecture.X86_64, Architecture.ARM64], id="two of those"
        ),
        pytest.param(fat(X86, X86_64, order="<"), [Architecture.X86, Architecture.X86_64], id="fat, little-endian"),
        pytest.param(fat(POWERPC, X86, X86), [Architecture.X86], id="each is named once, unknown ones never"),
        pytest.param(fat(X86_64, ARM64)[:30], [Architecture.X86_64], id="cut within the second slice's entry"),
        pytest.param(b"\xca\xfe\xba\xbe\x00\x00\x00\x41" + bytes(100), [], id="a Java 21 class"),
        pytest.param(b"#!/bin/sh\n", [], id="a script"),
        pytest.param(b"\xcf\xfa\xed\xfe", [], id="only a magic"),
        pytest.param(b"", [], id="nothing"),
    ],
)
def test_a_mach_o_header_names_its_architectures(header: bytes, expected: list[Architecture]) -> None:
    assert architectures(header) == tuple(expected)


@given(st.sampled_from([b"\xca\xfe\xba\xbe", b"\xca\xfe\xba\xbf", b"\xcf\xfa\xed\xfe"]), st.binary(max_size=4096))
def test_any_bytes_after_a_magic_are_read_without_an_error(magic: bytes, rest: bytes) -> None:
    assert len(architectures(magic + rest)) <= len(Architecture)
