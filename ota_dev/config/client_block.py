"""The block that points an app with a hand-written client here, from what the configuration says of it. Pure."""

from urllib.parse import urlsplit

from ota_dev.client_setup import environment_block
from ota_dev.config.environments import ClientEnvironment

__all__ = ["client_block"]


def client_block(url: str, environment: ClientEnvironment | None) -> str:
    """Write the app's own *environment* with this server's *url* in it; its channel and its appcast's path stay."""
    if environment is None:
        return environment_block(url)
    path = urlsplit(environment.appcast_base or "").path.rstrip("/")
    if environment.channel is None:
        return environment_block(url, name=environment.name, path=path)
    return environment_block(url, name=environment.name, path=path, channel=environment.channel)
