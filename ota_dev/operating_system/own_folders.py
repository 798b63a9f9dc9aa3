"""Where a program keeps what belongs to its user: data, what it remembers, what runs. Reads the environment, and makes
nothing.
"""

import os
import warnings
from pathlib import Path

from platformdirs import user_cache_path, user_data_path, user_runtime_path

__all__ = [
    "CACHE_FOLDER_VARIABLE",
    "DATA_FOLDER_VARIABLE",
    "RUNTIME_FOLDER_VARIABLE",
    "cache_folder",
    "data_folder",
    "runtime_folder",
]

CACHE_FOLDER_VARIABLE = "OTA_DEV_CACHE_DIR"
DATA_FOLDER_VARIABLE = "OTA_DEV_DATA_DIR"
RUNTIME_FOLDER_VARIABLE = "OTA_DEV_RUNTIME_DIR"

_NAME = "ota-dev"


def data_folder() -> Path | None:
    """Give the folder that `OTA_DEV_DATA_DIR` names, else the user's own; `None` for a user without a home folder."""
    return _named_by(DATA_FOLDER_VARIABLE) or _absolute(user_data_path(_NAME, appauthor=False))


def cache_folder() -> Path | None:
    """Give the folder that `OTA_DEV_CACHE_DIR` names, else the user's own; `None` for a user without a home folder."""
    return _named_by(CACHE_FOLDER_VARIABLE) or _absolute(user_cache_path(_NAME, appauthor=False))


def runtime_folder() -> Path:
    """Give the folder that `OTA_DEV_RUNTIME_DIR` names, else the user's own for what lasts as long as a process."""
    if folder := _named_by(RUNTIME_FOLDER_VARIABLE):
        return folder
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Where systems have no such folder, one for temporary files takes its place.
        return user_runtime_path(_NAME, appauthor=False)


def _named_by(variable: str) -> Path | None:
    return Path(folder) if (folder := os.environ.get(variable)) else None


def _absolute(path: Path) -> Path | None:
    return path if path.is_absolute() else None  # containers have users without a home folder
