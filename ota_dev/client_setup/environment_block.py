"""The environment that points an app with a hand-written client here. Pure.

It has the shape in which such apps keep it themselves, in `ota_config.yaml`.
"""

import json

__all__ = ["environment_block"]

NAME = "development"
CHANNEL = "dev"


def environment_block(server_url: str, *, name: str = NAME, path: str = "", channel: str = CHANNEL) -> str:
    """Write the environment *name* with the addresses of this server.

    *path* is that of the app's own appcast, with a slash before it and none after, and stays: a feed is recognised
    here by the end of its path.
    """
    values = {"ota_server": server_url, "appcast_base": f"{server_url}{path}", "channel": channel}
    # A JSON text is a YAML text too.
    lines = [f"    {key}: {json.dumps(value)}" for key, value in values.items()]
    return "\n".join([f"environment: {json.dumps(name)}", "environments:", f"  {json.dumps(name)}:", *lines, ""])
