"""The folders that ota-dev keeps things in, and whether it can. Makes a file in each for a moment, and no folder."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from ota_dev.diagnosis.facts import Fact
from ota_dev.operating_system.own_folders import (
    CACHE_FOLDER_VARIABLE,
    DATA_FOLDER_VARIABLE,
    RUNTIME_FOLDER_VARIABLE,
    cache_folder,
    data_folder,
    runtime_folder,
)

__all__ = ["folders"]


def folders() -> Iterator[Fact]:
    """Give the path of each folder, and whether a file can be made there."""
    yield _folder("data", data_folder(), DATA_FOLDER_VARIABLE)
    yield _folder("cache", cache_folder(), CACHE_FOLDER_VARIABLE)
    yield _folder("runtime", runtime_folder(), RUNTIME_FOLDER_VARIABLE)
    yield _folder("temporary", Path(tempfile.gettempdir()), "TMPDIR")


def _folder(name: str, path: Path | None, variable: str) -> Fact:
    if path is None:
        return Fact(name=name, value="none", problem=f"there is no {name} folder: name one with {variable}")
    existing = next((folder for folder in (path, *path.parents) if folder.exists()), path)
    try:
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as error:
        reason = error.strerror or error
        problem = f"the {name} folder {path} cannot be written ({reason}): name another with {variable}"
        return Fact(name=name, value=f"{path}, not writable", problem=problem)
    return Fact(name=name, value=f"{path}, {'writable' if existing == path else 'not there yet, can be made'}")
