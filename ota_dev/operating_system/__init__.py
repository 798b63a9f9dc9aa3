"""The one place that knows how operating systems differ: opening, reading, the writers of a file, replacing a file,
files that are for one user only, a user's folders, ending a connection, signals, the user's language.

Each function does what its name says on Linux, macOS and Windows, or answers `None` where the system cannot tell. It
touches only the files and connections it is given, and turns no error into a sentence: callers know what they wanted.
"""

from ota_dev.operating_system.connections import ConnectedSocket, bytes_in_flight, reset_when_closed
from ota_dev.operating_system.opening import open_shared
from ota_dev.operating_system.private_files import is_open_to_others, make_private_folder, write_private
from ota_dev.operating_system.reading import read_at, read_cached
from ota_dev.operating_system.replacing import link_or_copy, replace_atomically
from ota_dev.operating_system.signals import ending_signals, fail_to_read_in_the_background
from ota_dev.operating_system.user_language import user_language
from ota_dev.operating_system.writers import open_for_writing

__all__ = [
    "ConnectedSocket",
    "bytes_in_flight",
    "ending_signals",
    "fail_to_read_in_the_background",
    "is_open_to_others",
    "link_or_copy",
    "make_private_folder",
    "open_for_writing",
    "open_shared",
    "read_at",
    "read_cached",
    "replace_atomically",
    "reset_when_closed",
    "user_language",
    "write_private",
]
