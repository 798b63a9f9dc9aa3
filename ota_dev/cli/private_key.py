"""The private key that a command needs."""

from ota_dev.errors import UsageError
from ota_dev.signing import PRIVATE_KEY_VARIABLE, PrivateKey, find_private_key

__all__ = ["NO_KEY", "required", "required_private_key"]

NO_KEY = f"there is no key: name its file with --key FILE (- is standard input), or set {PRIVATE_KEY_VARIABLE}"


def required_private_key(name: str | None) -> PrivateKey:
    """Read the key of `--key`, else of the environment.

    Raises:
        UsageError: neither is given.
    """
    return required(find_private_key(name))


def required(key: PrivateKey | None) -> PrivateKey:
    """Give *key*.

    Raises:
        UsageError: there is none.
    """
    if key is None:
        raise UsageError(NO_KEY)
    return key
