"""Where a program keeps what belongs to its user. Reads the environment, and makes nothing."""

import os
from pathlib import Path

from platformdirs import user_data_path

__all__ = ["DATA_FOLDER_VARIABLE", "data_folder"]

DATA_FOLDER_VARIABLE = "OTA_DEV_DATA_DIR"


def data_folder() -> Path | None:
    """Give the folder that `OTA_DEV_DATA_DIR` names, else the user's own; `None` for a user without a home folder."""
    if folder := os.environ.get(DATA_FOLDER_VARIABLE):
        return Path(folder)
    path = user_data_path("ota-dev", appauthor=False)
    return path if path.is_absolute() else None  # containers have users without a home folder
