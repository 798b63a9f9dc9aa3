"""The forms in which people have keys: Sparkle's and NetSparkle's base64, and PEM. Reads and writes no file."""

from ota_dev.signing.key_formats.base64_text import is_base64_of_key
from ota_dev.signing.key_formats.key_format import KeyFormat, format_private_key, format_public_key
from ota_dev.signing.key_formats.pem import is_pem
from ota_dev.signing.key_formats.recognition import (
    AnyKey,
    private_key_of,
    public_half_of,
    recognise_key,
    verifying_key_of,
)

__all__ = [
    "AnyKey",
    "KeyFormat",
    "format_private_key",
    "format_public_key",
    "is_base64_of_key",
    "is_pem",
    "private_key_of",
    "public_half_of",
    "recognise_key",
    "verifying_key_of",
]
