"""The targets of requests, in origin or absolute form (RFC 9112 section 3.2), taken apart. Pure."""

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import parse_qsl, unquote_to_bytes, urlsplit

__all__ = ["decoded_path", "parameters_of", "split_absolute"]

_NO_PARAMETERS: Mapping[str, str] = MappingProxyType({})
_MOST_PARAMETERS = 100


def split_absolute(target: str) -> tuple[str, str | None]:
    """Give *target* from its path on, and the host and port that it names; `None` where it names none."""
    if not target.lower().startswith(("http://", "https://")):
        return target, None
    try:
        parts = urlsplit(target)
    except ValueError:  # a broken IPv6 address
        return "", ""
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), parts.netloc


def decoded_path(path: str) -> str:
    """Decode *path* once; it is empty where it begins with no slash, or its encoding is broken or not UTF-8."""
    if not path.startswith("/"):
        return ""
    if path.isascii() and "%" not in path:
        return path
    raw = path.encode("utf-8", "surrogateescape")
    if any(not _is_hexadecimal(escape[:2]) for escape in raw.split(b"%")[1:]):
        return ""
    try:
        return unquote_to_bytes(raw).decode("utf-8")
    except UnicodeDecodeError:
        return ""


def parameters_of(query: str) -> Mapping[str, str]:
    """Give the first value of each parameter, of the first few parameters."""
    if not query:
        return _NO_PARAMETERS
    pairs = parse_qsl("&".join(query.split("&", _MOST_PARAMETERS)[:_MOST_PARAMETERS]), errors="replace")
    return MappingProxyType(dict(reversed(pairs)))


def _is_hexadecimal(digits: bytes) -> bool:
    return len(digits) == 2 and all(digit in b"0123456789abcdefABCDEF" for digit in digits)
