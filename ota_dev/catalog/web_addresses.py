"""Addresses on the web, and of this machine alone, by their text: nothing is looked up. Pure."""

from ipaddress import ip_address
from urllib.parse import urlsplit

__all__ = ["is_loopback", "is_web_address", "is_web_origin"]


def is_web_address(text: str) -> bool:
    """Say whether *text* begins with http or https and a host that can be asked; the rest may be anything."""
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def is_web_origin(text: str) -> bool:
    """Say whether *text* is such a scheme and host, perhaps with a port, and nothing behind them, not even a slash."""
    return is_web_address(text) and text == "{0.scheme}://{0.netloc}".format(urlsplit(text))


def is_loopback(host: str) -> bool:
    """Say whether only this machine can reach *host*."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
