"""What a server is told in a few words, as a program or a test says them, as full settings. Reads a private key
where one is named.
"""

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from ota_dev.config import ServerSettings
from ota_dev.scenarios.syntax import parse_spec

__all__ = ["chosen_settings"]


def chosen_settings(
    served: ServerSettings | str | os.PathLike[str],
    *,
    scenario: str | None = None,
    faults: str | Iterable[str] = (),
    sign: bool | str | os.PathLike[str] = False,
) -> ServerSettings:
    """Give the settings of *served*, with *scenario* and *faults* in force beside what they say.

    *sign* is the file of a private key, or `True` for a new one.

    Raises:
        UsageError: a scenario or fault is not written as one.
        SigningError: the file is not that of a private key.
    """
    settings = served if isinstance(served, ServerSettings) else _of_folder(Path(served))
    texts = (*([scenario] if scenario else []), *([faults] if isinstance(faults, str) else faults))
    settings = replace(settings, in_force=(*settings.in_force, *map(parse_spec, texts)))
    return _signed(settings, None if sign is True else Path(sign)) if sign else settings


def _of_folder(folder: Path) -> ServerSettings:
    # Tests run side by side, and none may depend on what another one learned.
    return ServerSettings(folder=folder, port=0, remember=False)


def _signed(settings: ServerSettings, key_file: Path | None) -> ServerSettings:
    # They bring the crypto library with them.
    from ota_dev.publishing.key_in_force import KeyInForce  # noqa: PLC0415
    from ota_dev.signing import PrivateKey, read_private_key  # noqa: PLC0415

    key = read_private_key(str(key_file)) if key_file else PrivateKey.generate()
    return replace(settings, key=KeyInForce(key=key, is_test=True))
