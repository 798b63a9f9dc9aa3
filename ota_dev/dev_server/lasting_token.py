"""The token of a server that is started again and again: the same as before, so that an open page lives on.

It is derived from a secret of the user's, who alone can read it, and from what is served where. Reads and writes one
file, `token-secret`, in the user's data folder.
"""

import base64
import hashlib
import hmac
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from ota_dev.config import ServerSettings
from ota_dev.operating_system import is_open_to_others, make_private_folder, open_shared, write_private
from ota_dev.operating_system.own_folders import data_folder

__all__ = ["token_for"]

_FILE_NAME = "token-secret"
_LENGTH = 32  # bytes


def token_for(settings: ServerSettings) -> str:
    """Give the token of a server: the same for this user, host, port and folder, else one that nobody had before.

    It is another in every run when nothing may be remembered, the port is a free one, or no secret can be kept.
    """
    secret = _secret() if settings.remember and settings.port else None
    if secret is None:
        return secrets.token_urlsafe()
    server = "\0".join((settings.host, str(settings.port), str(settings.folder.absolute())))
    digest = hmac.digest(secret, os.fsencode(server), hashlib.sha256)
    return base64.urlsafe_b64encode(digest).decode("ascii").rstrip("=")


def _secret() -> bytes | None:
    """Read the secret, which is made on first use; `None` where that fails, or others could have read it."""
    if (folder := data_folder()) is None:
        return None
    path = folder / _FILE_NAME
    try:
        make_private_folder(folder)
        # Of several servers that start at once, one makes the secret, and all use it.
        with suppress(FileExistsError):
            if not path.exists():
                write_private(path, secrets.token_bytes(_LENGTH), replace=False)
        return _read(path)
    except OSError:
        return None


def _read(path: Path) -> bytes | None:
    with open_shared(path) as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or is_open_to_others(status):
            return None
        secret = file.read(_LENGTH + 1)
    return secret if len(secret) == _LENGTH else None
