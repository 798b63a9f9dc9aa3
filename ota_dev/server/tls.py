"""The TLS context of an https server, made from the user's certificate and key. Reads the two files."""

import ssl
from pathlib import Path

from ota_dev.errors import ServerError

__all__ = ["server_context"]


def server_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """Load a PEM certificate (with its chain) and its key.

    Raises:
        ServerError: a file is missing, cannot be read, is not PEM, is encrypted, or the two do not belong together.
    """
    for path, option in ((certificate, "--tls-cert"), (key, "--tls-key")):
        _check_readable(path, option)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_alpn_protocols(["http/1.1"])
    try:
        # Without a password at hand, OpenSSL would ask for one on the terminal.
        context.load_cert_chain(certificate, key, password=lambda: _refuse_encrypted(key))
    except ssl.SSLError as error:
        if error.reason == "KEY_VALUES_MISMATCH":
            raise ServerError(
                f"{key} is not the key of {certificate}: choose the pair that was made together"
            ) from error
        raise ServerError(
            f"{certificate} and {key} are not a PEM certificate and its PEM key: {error.reason or error}"
        ) from error
    return context


def _check_readable(path: Path, option: str) -> None:
    try:
        with path.open("rb") as file:
            file.read(1)
    except OSError as error:
        raise ServerError(f"the file {path} of {option} cannot be read: {error.strerror}") from error


def _refuse_encrypted(key: Path) -> str:
    raise ServerError(f"{key} is encrypted: give --tls-key a key without a password (openssl pkey -in {key} -out FILE)")
