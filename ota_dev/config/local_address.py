"""How this machine reaches a server on it. Pure."""

__all__ = ["local_url"]

_EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - named by an address one can call


def local_url(host: str, port: int, *, is_https: bool) -> str:
    """Give the address at which this machine reaches a server that listens on *host*, without a final slash."""
    name = _EVERY_ADDRESS.get(host, host)
    name = f"[{name}]" if ":" in name and not name.startswith("[") else name
    return f"{'https' if is_https else 'http'}://{name}:{port}"
