"""The whole server in one piece: scans, publishes, watches and serves a folder; usable from anyone's tests.

    with DevServer("dist", faults=["corrupt"]) as server:
        print(server.feed_url)
        print(server.wait_for("download"))

The composition root: it puts the rooms together and holds no rule of theirs. `DevServer` is made of what its parts
share (`server_state`), what publishes (`offering`), what the control API is made of (`controlling`) and what answers
(`answering`).
"""

from ota_dev.config import ServerSettings
from ota_dev.dev_server.dev_server import DevServer
from ota_dev.dev_server.observer import Observer

__all__ = ["DevServer", "Observer", "ServerSettings"]
