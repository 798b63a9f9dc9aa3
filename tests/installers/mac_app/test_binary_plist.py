import plistlib
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ota_dev.errors import InstallerError
from ota_dev.installers.mac_app.binary_plist import top_level_values

texts = st.text(st.characters(codec="utf-16"), max_size=50)
numbers = st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False)


@given(st.dictionaries(texts, texts | numbers, max_size=20))
def test_strings_and_numbers_come_back_as_plistlib_wrote_them(entries: dict[str, str | float]) -> None:
    data = plistlib.dumps(entries, fmt=plistlib.FMT_BINARY)

    assert top_level_values(data, entries.keys()) == entries


def test_only_what_is_asked_for_and_plain_is_read() -> None:
    entries = {"CFBundleVersion": "130", "Other": "x", "Nested": {"CFBundleVersion": "1"}, "Date": b"data"}
    data = plistlib.dumps(entries, fmt=plistlib.FMT_BINARY)

    assert top_level_values(data, {"CFBundleVersion", "Nested", "Date", "Missing"}) == {"CFBundleVersion": "130"}


def binary_plist(objects: list[bytes], *, root: int = 0) -> bytes:
    """Write *objects* as they are, each referred to by one byte."""
    places, body = [], b"bplist00"
    for written in objects:
        places.append(len(body))
        body += written
    table = b"".join(struct.pack(">I", place) for place in places)
    return body + table + struct.pack(">6xBBQQQ", 4, 1, len(objects), root, len(body))


KEY = b"\x5f\x10\x0fCFBundleVersion"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"bplist00", "points outside", id="only a magic"),
        pytest.param(binary_plist([b"\x51a"]), "not begin with a dictionary", id="a string at the top"),
        pytest.param(binary_plist([b"\xd1\x01\x02", KEY]), "not there", id="a reference to nothing"),
        pytest.param(binary_plist([b"\xdf\x13" + b"\xff" * 8]), "of a sane size", id="a senseless count of keys"),
        pytest.param(binary_plist([b"\x51a"], root=2**63), "not there", id="a senseless root"),
        pytest.param(
            binary_plist([b"\xd1\x01\x02", KEY, b"\x5f\x13" + b"\x7f" * 8]), "points outside", id="an endless string"
        ),
    ],
)
def test_a_place_or_length_that_points_outside_is_an_error(data: bytes, reason: str) -> None:
    with pytest.raises(InstallerError, match=reason):
        top_level_values(data, {"CFBundleVersion"})


def test_a_dictionary_that_contains_itself_is_only_read_once() -> None:
    data = binary_plist([b"\xd2\x01\x02\x00\x03", KEY, b"\x51x", b"\x51y"])

    assert top_level_values(data, {"CFBundleVersion", "x"}) == {"x": "y"}


@given(st.binary(max_size=200))
def test_any_bytes_end_in_values_or_in_an_error_of_a_known_kind(rest: bytes) -> None:
    try:
        values = top_level_values(b"bplist00" + rest, {"a"})
    except (InstallerError, UnicodeDecodeError, struct.error):
        return
    assert values.keys() <= {"a"}
