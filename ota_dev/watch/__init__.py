"""Says which files of a folder have settled. The only user of watchdog; knows nothing of updates.

Looks at names, sizes, dates and writers of files, and reads none of them. Works in threads of its own.
"""

from ota_dev.watch.folder_watch import FolderWatch
from ota_dev.watch.observing import NATIVE_EVENTS

__all__ = ["NATIVE_EVENTS", "FolderWatch"]
