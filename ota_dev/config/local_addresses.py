"""What is on this machine, and how it is addressed. Pure: no name is looked up."""

from ipaddress import ip_address

__all__ = ["is_loopback", "local_url"]

_EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - named by an address one can call


def is_loopback(host: str) -> bool:
    """Say whether only this machine can reach *host*."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def local_url(host: str, port: int, *, is_https: bool) -> str:
    """Give the address at which this machine reaches a server that listens on *host*, without a final slash."""
    name = _EVERY_ADDRESS.get(host, host)
    name = f"[{name}]" if ":" in name and not name.startswith("[") else name
    return f"{'https' if is_https else 'http'}://{name}:{port}"
