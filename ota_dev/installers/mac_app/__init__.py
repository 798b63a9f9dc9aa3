"""A Mac app inside any archive: which bundle it is, and what its property list and its executable say."""

from ota_dev.installers.mac_app.mac_app import ReadMember, read_app, read_only_app, top_level_apps

__all__ = ["ReadMember", "read_app", "read_only_app", "top_level_apps"]
