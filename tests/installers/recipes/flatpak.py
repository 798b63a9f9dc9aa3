"""Flatpak bundles, serialised by GLib as flatpak has it done; what they lack is an app in the delta."""

import ctypes
import ctypes.util
import gzip
from pathlib import Path

# The superblock of an ostree delta.
BUNDLE = "(a{sv}tayay(a{sv}aya(say)sstayay)aya(uayttay)a(yaytt))"
APPDATA = """<?xml version="1.0" encoding="UTF-8"?>
<components origin="flatpak">
  <component type="desktop">
    <id>com.acme.Notes</id>
    <name>Acme Notes</name>
    <name xml:lang="de">Acme Notizen</name>
    <releases><release version="1.2.3" timestamp="1767225600"/><release version="1.2.2"/></releases>
  </component>
</components>
"""


def serialised(kind: str, text: str) -> bytes:
    """Let GLib serialise a value that is written as its documentation of the text format says."""
    glib = ctypes.CDLL(ctypes.util.find_library("glib-2.0") or "libglib-2.0.so.0")
    glib.g_variant_parse.restype = glib.g_variant_get_data.restype = ctypes.c_void_p
    glib.g_variant_get_size.restype = ctypes.c_size_t
    variant = ctypes.c_void_p(glib.g_variant_parse(kind.encode(), text.encode(), None, None, None))
    assert variant.value, f"GLib does not read {text[:200]}"
    size = glib.g_variant_get_size(variant)
    data = ctypes.string_at(glib.g_variant_get_data(variant), size)
    glib.g_variant_unref(variant)
    return data


def byte_string(data: bytes) -> str:
    return f"[{', '.join(f'byte {value}' for value in data)}]" if data else "@ay []"


def bundle(ref: str = "app/com.acme.Notes/x86_64/stable", appdata: str | None = APPDATA, part: int = 10) -> bytes:
    """Make a bundle with one part of its delta of so many bytes."""
    entries = {
        "flatpak": "<uint32 3850960897>",
        "ref": f"<'{ref}'>",
        "metadata": "<'[Application]\\nname=com.acme.Notes\\n'>",
        "xx/yy/0": f"<(byte 0, b{'x' * part!r})>",
    }
    if appdata is not None:
        entries["appdata"] = f"<{byte_string(gzip.compress(appdata.encode()))}>"
    dictionary = ", ".join(f"'{key}': {value}" for key, value in entries.items())
    commit = "({}, @ay [], [], '', '', 0, @ay [], @ay [])"
    return serialised(BUNDLE, f"({{{dictionary}}}, 0, @ay [], @ay [], {commit}, @ay [], [], [])")


def flatpak(folder: Path, ballast: int = 10) -> Path:
    """Write a bundle of version 1.3.0."""
    (folder / "acme.flatpak").write_bytes(bundle(appdata=APPDATA.replace("1.2.3", "1.3.0"), part=ballast))
    return folder / "acme.flatpak"
