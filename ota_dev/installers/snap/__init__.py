"""Snaps, by the `meta/snap.yaml` in their squashfs."""

from typing import BinaryIO

from ota_dev.catalog.facts import Facts
from ota_dev.catalog.targets import Platform
from ota_dev.errors import InstallerError
from ota_dev.installers.architectures import architectures
from ota_dev.installers.containers.squashfs import MAGIC, SquashFs
from ota_dev.installers.interface import InstallerFormat
from ota_dev.installers.snap.snap_yaml import top_level_texts

__all__ = ["SNAP"]

MAX_YAML_SIZE = 1 << 18  # bytes

_PATH = "meta/snap.yaml"


def _recognises(head: bytes) -> bool:
    return head.startswith(MAGIC)


def _read(file: BinaryIO) -> Facts:
    data = SquashFs(file).read(_PATH, MAX_YAML_SIZE)
    if data is None:
        raise InstallerError(f"it is no snap: there is no {_PATH} in its file system")
    values = top_level_texts(data.decode("utf-8", "replace"))
    version = _first(values.get("version"))
    return Facts.read_from(
        _PATH,
        name=_first(values.get("title")) or _first(values.get("name")),
        version=version,
        short_version=version,
        platform=Platform.LINUX,
        architectures=architectures(*values.get("architectures", ())),
    )


def _first(texts: list[str] | None) -> str | None:
    return texts[0] if texts else None


SNAP = InstallerFormat(name="snap", recognises=_recognises, read=_read)
