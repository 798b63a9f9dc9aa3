"""Disk images of a real app: real HFS+ by xorriso, in shells of our own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.installers.writers.hfs_plus import xorriso_disk


@pytest.fixture
def app_disk(write_app: Callable[..., Path], shelf: Path) -> bytes:
    """Give a disk with the app on it, as xorriso writes it: HFS+ in a partition of Apple's map."""
    write_app()
    return xorriso_disk(shelf)
