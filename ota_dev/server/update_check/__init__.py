"""The JSON API of hand-written clients: is there an update, and where is the newest installer."""

from ota_dev.server.update_check.update_check import UpdateCheck

__all__ = ["UpdateCheck"]
