"""The Chromium that is installed, for tests, measurements and pictures."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

PROGRAM_VARIABLE = "OTA_DEV_CHROMIUM"  # the browser, where it has another name or place
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start it without a window, and end it.

    Raises:
        FileNotFoundError: none is installed.
    """
    with sync_playwright() as playwright:
        # It refuses to have a sandbox when root starts it, as in containers.
        is_root = hasattr(os, "geteuid") and os.geteuid() == 0
        browser = playwright.chromium.launch(executable_path=_program(), chromium_sandbox=not is_root)
        try:
            yield browser
        finally:
            browser.close()


def _program() -> str:
    for name in (os.environ.get(PROGRAM_VARIABLE), *NAMES):
        if name and (path := shutil.which(name)):
            return path
    raise FileNotFoundError(errno.ENOENT, "no browser is installed", NAMES[0])
