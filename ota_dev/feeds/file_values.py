"""What a feed says of a file, be it an installer or a delta, fit to be printed. Pure."""

import re

from ota_dev.catalog.safe_text import plain
from ota_dev.feeds.interface import Links

__all__ = ["encodable", "file_signature", "file_url"]

_ED25519_SIGNATURE = re.compile(r"[A-Za-z0-9+/]{85}[AQgw]==")  # the only base64 there is of 64 bytes


def encodable(name: str) -> str:
    """Give a download name without halves of surrogate pairs: percent-encoding starts from UTF-8, which has none."""
    return name.encode(errors="replace").decode()


def file_url(links: Links, name: str) -> str:
    """Give the absolute, percent-encoded URL of the file with this download name."""
    return plain(links.download(encodable(name)))


def file_signature(signature: str | None) -> str:
    """Give an Ed25519 signature in base64.

    Clients refuse an update whose signature is no signature, so anything else, such as a digest, is left out.
    """
    return signature if signature and _ED25519_SIGNATURE.fullmatch(signature) else ""
