"""The block that points an app with a hand-written client here, ready to paste. Pure."""

import json
from urllib.parse import urlsplit

from ota_dev.config.environments import ClientEnvironment

__all__ = ["client_block"]

NAME = "development"
CHANNEL = "dev"


def client_block(url: str, environment: ClientEnvironment | None) -> str:
    """Write the environment for an app's own `ota_config.yaml` with this server's *url* in it.

    Its channel and the path of its appcast stay: a feed is recognised here by the end of its path.
    """
    name = environment.name if environment else NAME
    path = urlsplit(environment.appcast_base or "").path.rstrip("/") if environment else ""
    values = {
        "ota_server": url,
        "appcast_base": f"{url}{path}",
        "channel": (environment.channel if environment else None) or CHANNEL,
    }
    # A JSON text is a YAML text too.
    lines = [f"    {key}: {json.dumps(value)}" for key, value in values.items()]
    return "\n".join([f"environment: {json.dumps(name)}", "environments:", f"  {json.dumps(name)}:", *lines, ""])
