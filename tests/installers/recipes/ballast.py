"""What makes an installer large: text without a pattern, which compresses by a quarter, so that unpacking is work."""

import base64
import random
from pathlib import Path

PIECE = 3 << 18  # bytes of noise, which become a MiB of text


def write_ballast(path: Path, size: int) -> None:
    """Write *size* bytes, always the same."""
    noise = random.Random(size).randbytes
    with path.open("wb") as file:
        while (left := size - file.tell()) > 0:
            file.write(base64.b64encode(noise(PIECE))[:left])
